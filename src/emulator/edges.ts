// The edges of an emulator: the HTTP app and the handshake of the device socket, over its core.
import type { IncomingMessage, Server } from 'node:http';
import type { Caller } from '../domain/model.ts';
import { createHttpApp } from '../http/app.ts';
import { beginRequest } from '../http/context.ts';
import type { ControlParts } from '../http/handlers/control.ts';
import { createHandlers } from '../http/handlers/handlers.ts';
import { refuseOnSocket } from '../http/server.ts';
import type { createCallers } from '../identity/callers.ts';
import { serveIgnoringUpgrade } from '../net/bare-socket.ts';
import { version } from '../runtime/version.ts';
import { attachSockets } from '../socket/upgrade.ts';
import type { EmulatorCore } from './core.ts';
import type { EmulatorOptions } from './emulator-options.ts';
import type { Foundation } from './foundation.ts';

export interface EdgesParts {
  readonly foundation: Foundation;
  readonly core: EmulatorCore;
  readonly callers: Awaited<ReturnType<typeof createCallers>>;
  readonly control: Pick<ControlParts, 'reset' | 'advance'>;
  /** Shutting down: new calls are refused. */
  readonly draining: () => boolean;
}

export function createEdges(options: EmulatorOptions, { foundation, core, callers, control, draining }: EdgesParts) {
  const { spec, clock, timer, ids, log, stores, onError, onViolation } = foundation;
  const { service, hub } = core;
  const { authenticator, admission, identity } = callers;
  const { publicOrigin, keepAliveSeconds, validateResponses = false } = options;
  const handlers = createHandlers({
    service,
    identity,
    clock,
    socketPath: spec.socket.path,
    control: { ...control, startedAt: clock.now(), stores, hub, clock, version },
  });
  const answering = { spec, clock, timer, ids, log, version, publicOrigin, keepAliveSeconds, validateResponses, draining, onViolation };
  const handshakeCallers = new WeakMap<IncomingMessage, Caller>();
  return {
    app: createHttpApp({ ...answering, handlers, authenticator, admission }),
    attachSockets: (server: Server) =>
      attachSockets(server, {
        socket: spec.socket,
        hub,
        authenticator,
        admission,
        clock,
        subscriptionOf: service.subscriptions.own,
        refuse: (req, socket, refusal) => {
          const request = beginRequest(answering, req, socket);
          refuseOnSocket(answering, socket, { req, request, refusal, caller: handshakeCallers.get(req) });
        },
        serveIgnoringUpgrade: (req, socket, head) => serveIgnoringUpgrade(server, req, socket, head),
        onCaller: log.events && ((req, caller) => void handshakeCallers.set(req, caller)),
        draining,
        onError,
      }),
  };
}
