// The handshake of the device socket: refused over HTTP with its reason, or opened and handed to the hub; never opened and closed.
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { validateParameters } from '../documents/parameters.ts';
import type { SocketSpec } from '../documents/socket-spec.ts';
import { type ErrorKind, Refusal, refusalForViolations } from '../domain/errors.ts';
import type { Caller, Subscription, UserCaller } from '../domain/model.ts';
import type { Clock } from '../domain/ports.ts';
import { queryValue } from '../net/request-target.ts';
import { type AdmitParts, admit, refuseWhenDraining } from '../service/admit.ts';
import type { Connection } from './connection.ts';
import { type DeviceWebSocket, endOf, noCloseFrame, noStatus } from './connection-end.ts';
import { checkProtocol, chosenSubprotocol, isHandshake, targetOf, tokenOf } from './handshake-request.ts';
import type { Hub } from './hub.ts';
import { createInbox } from './inbox.ts';
import { createSocketWriter } from './socket-writer.ts';

export interface UpgradeParts extends AdmitParts {
  readonly socket: SocketSpec;
  readonly hub: Hub;
  readonly clock: Clock;
  /** The caller's own subscription. @throws Refusal UnknownResource */
  readonly subscriptionOf: (caller: UserCaller, unsid: string) => Promise<Subscription>;
  /** Answers on the bare socket and ends it. */
  readonly refuse: (req: IncomingMessage, socket: Duplex, refusal: Refusal) => void;
  /** Serves a request that asks to be upgraded to something else, or elsewhere, as if it had not asked. */
  readonly serveIgnoringUpgrade: (req: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Who asks, also when they are refused afterwards. */
  readonly onCaller?: ((req: IncomingMessage, caller: Caller) => void) | undefined;
  readonly onError: (error: unknown) => void;
}

interface Admitted {
  readonly subscription: Subscription;
  readonly cursor: string | undefined;
  readonly tokenExpiresAt: number | undefined;
  readonly isPushChannel: boolean;
}

/** Names the handshake where operations are named, for admission. */
const operationId = 'connectDevice';

export interface Handshakes {
  /** Ends those that are still under way. */
  readonly cut: () => void;
}

export function attachSockets(server: Server, parts: UpgradeParts): Handshakes {
  const { socket: spec, onError, refuse } = parts;
  const webSockets = createWebSocketServer(spec);
  const pending = new Set<Duplex>();
  webSockets.on('wsClientError', (error: Error, socket: Duplex, req: IncomingMessage) => {
    refuse(req, socket, new Refusal('UnsupportedHeader', `The handshake is not valid: ${error.message}.`));
  });
  server.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if (!isHandshake(req, spec)) {
      parts.serveIgnoringUpgrade(req, socket, head);
      return;
    }
    pending.add(socket);
    admitDevice(parts, req)
      .then((admitted) => {
        if (socket.destroyed) return;
        refuseWhenDraining(parts);
        webSockets.handleUpgrade(req, socket, head, (webSocket) => connect(parts, webSocket, socket, admitted));
      })
      .catch((error: unknown) => {
        if (!(error instanceof Refusal)) onError(error);
        refuse(req, socket, error instanceof Refusal ? error : new Refusal('Internal', 'The service failed.'));
      })
      .finally(() => pending.delete(socket));
  });
  return {
    cut: () => {
      for (const socket of pending) socket.destroy();
    },
  };
}

/** The device is heard when its session is open, so that all it sends is handled in order. */
function connect(
  parts: UpgradeParts,
  webSocket: DeviceWebSocket,
  socket: Duplex,
  { subscription, cursor, tokenExpiresAt, isPushChannel }: Admitted,
): void {
  const { hub, onError } = parts;
  const writer = createSocketWriter(webSocket, socket);
  webSocket.pause();
  // After a protocol error `ws` closes the socket with the code of RFC 6455.
  webSocket.on('error', () => undefined);
  webSocket.on('ping', (data: Buffer) => writer.pong(data, hub.rules.limits.maxUnsentBytes));
  hub
    .open({ subscription, cursor, writer, tokenExpiresAt, isPushChannel })
    .then((connection) => {
      if (connection) serve(parts, webSocket, connection);
    })
    .catch((error: unknown) => {
      onError(error);
      writer.close(hub.rules.closeCodes.serverFault, 'the service failed');
    })
    .finally(() => webSocket.resume());
}

function serve({ hub, onError }: UpgradeParts, webSocket: DeviceWebSocket, connection: Connection): void {
  const inbox = createInbox({ connection, hub, pause: () => webSocket.pause(), resume: () => webSocket.resume(), onError });
  webSocket.on('message', (data: Buffer, isBinary: boolean) => inbox.accept(data, isBinary));
  webSocket.on('pong', () => hub.onPong(connection));
  hub.delivery.activity?.opened(connection, connection.resumed);
  const ended = (code: number, reason: string) => {
    hub.delivery.activity?.closed(connection, endOf(connection, { code, reason }, webSocket.closedWith));
    hub.onClosed(connection);
  };
  webSocket.on('close', (code, reason) => ended(code, reason.toString()));
  if (webSocket.readyState === WebSocket.CLOSED) ended(noCloseFrame, '');
}

/** `ws` reads, answers pings and closes; its own close code for a message over the limit is replaced by the document's. */
function createWebSocketServer(spec: SocketSpec) {
  const { limits, closeCodes } = spec;
  const tooBigByRfc = 1009;
  class OwnWebSocket extends WebSocket implements DeviceWebSocket {
    closedWith: DeviceWebSocket['closedWith'];
    override close(code?: number, data: string | Buffer = ''): void {
      const documented = code === tooBigByRfc ? closeCodes.messageTooBig : code;
      this.closedWith ??= { code: documented ?? noStatus, reason: data.toString() };
      super.close(documented, data);
    }
  }
  return new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // We answer pings ourselves: `ws` would end a connection that has many of them in one read.
    autoPong: false,
    perMessageDeflate: false,
    maxPayload: limits.maxMessageBytes,
    handleProtocols: (_offered, req) => chosenSubprotocol(req, spec),
    WebSocket: OwnWebSocket,
  });
}

/** Everything that can be refused, in the order of an ordinary call. @throws Refusal */
async function admitDevice(parts: UpgradeParts, req: IncomingMessage): Promise<Admitted> {
  const { socket: spec, clock } = parts;
  checkProtocol(req);
  const { searchParams } = targetOf(req);
  const caller = await admit(parts, {
    token: tokenOf(req, searchParams, spec),
    security: spec.security,
    operationId,
    onCaller: (known) => parts.onCaller?.(req, known),
  });
  if (caller.kind !== 'user') throw new Refusal('UserTokenRequired', 'The device socket needs a user token.');
  const { unsid, cursor } = queryOf(spec, searchParams, clock.now());
  const isPushChannel = chosenSubprotocol(req, spec) !== spec.subprotocol;
  return { subscription: await parts.subscriptionOf(caller, unsid), cursor, tokenExpiresAt: caller.expiresAt, isPushChannel };
}

/** @throws Refusal */
function queryOf(spec: SocketSpec, searchParams: URLSearchParams, now: number): { unsid: string; cursor: string | undefined } {
  const { values, violations } = validateParameters(spec.query, ({ name }) => queryValue(searchParams, name), now);
  const kind: ErrorKind | undefined = violations[0]?.kind;
  if (kind) {
    throw refusalForViolations(
      kind,
      violations.map(({ violation }) => violation),
    );
  }
  const { unsid, cursor } = values.query;
  return { unsid: String(unsid ?? ''), cursor: cursor === undefined ? undefined : String(cursor) };
}
