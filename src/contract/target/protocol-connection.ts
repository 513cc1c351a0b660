// Connections of the built-in adapter: maps the device socket of openapi/devices.asyncapi.yaml to the port's types.
import {
  type DeviceSocket,
  type DeviceSocketOptions,
  type LineHandlers,
  openDeviceSocket,
  type WebSocketFactory,
} from '../../client/device-socket.ts';
import { busyStatuses } from '../../client/throttling.ts';
import type { ClientNotification, ServerMessage } from '../../client/wire.ts';
import type { AdapterConnection, AdapterDevice, AdapterMessage, AdapterNotification } from './adapter.ts';
import { createMessageStream, type MessageStream } from './message-stream.ts';
import type { ResponseWatch } from './response-watch.ts';

/** How long connections may take, and how long they may last. */
export interface ConnectionLimits {
  /** Time for the handshake and the message `connected`. */
  readonly timeoutMs: number;
  /** Terminates the connection. */
  readonly over: AbortSignal;
  /** Counts handshakes with and without a response. */
  readonly handshakes: ResponseWatch;
}

export interface ConnectParts {
  readonly webSocket: WebSocketFactory;
  readonly limits: ConnectionLimits;
  /** Called for every raw message; undefined stands for a binary message. */
  readonly onMessage: (text: string | undefined) => void;
  readonly device: AdapterDevice;
  readonly socketUrl: string;
  readonly cursor: string | undefined;
  readonly token: string;
}

/** Creates the error that the port uses for a refusal: it has a status. */
export function refused(message: string, status: number, retryAfterSeconds?: number): Error {
  return Object.assign(new Error(message), { status, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) });
}

/** Resolves when `connected` has arrived, and rejects if it does not in time. */
export function connect({ webSocket, limits, onMessage, device, socketUrl, cursor, token }: ConnectParts): Promise<AdapterConnection> {
  const stream = createMessageStream<AdapterMessage>();
  let resolveEnd: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    resolveEnd = resolve;
  });
  return new Promise((resolve, reject) => {
    limits.over.throwIfAborted();
    let isConnected = false;
    const handshake = watchHandshake(limits, (reason) => {
      reject(new Error(reason));
      socket.cut();
    });
    const cut = () => socket.cut();
    const socket = openOrEnd(handshake, {
      socketUrl,
      unsid: device.unsid,
      cursor,
      token,
      webSocket: watched(webSocket, { message: onMessage, opened: handshake.opened }),
      onMessage: (message) => {
        const translated = messageOf(message);
        if (translated) stream.push(translated);
        if (message.type !== 'connected') return;
        isConnected = true;
        handshake.end();
        resolve(connectionOf(stream, socket, ended));
      },
      // The checks report the violation; do not wait for a message that will not arrive.
      onInvalid: (reason) => {
        if (isConnected) return;
        reject(new Error(`The first message of the device socket is not a valid connected message: ${reason}`));
        socket.cut();
      },
      onClose: ({ code, reason, refusal }) => {
        handshake.end(refusal?.status);
        limits.over.removeEventListener('abort', cut);
        stream.push({ kind: 'closed', code });
        stream.end();
        resolveEnd();
        // A socket that is accepted and then closed with an error code was refused too.
        if (refusal) reject(refused(`The device socket was refused with ${refusal.status}.`, refusal.status, refusal.retryAfterSeconds));
        else if (code >= 1002 && code !== 1006) reject(refused(`The device socket was closed with ${code} ${reason}.`, code));
        else reject(new Error(`The device socket did not open: ${code} ${reason}.`));
      },
    });
    limits.over.addEventListener('abort', cut, { once: true });
  });
}

/** A target may give a socketUrl that cannot be opened at all. @throws what opening throws; then nothing is left to wait for */
function openOrEnd(handshake: ReturnType<typeof watchHandshake>, options: DeviceSocketOptions): DeviceSocket {
  try {
    return openDeviceSocket(options);
  } catch (error) {
    handshake.end();
    throw error;
  }
}

/** Ends a connection that is not established in time, and reports whether the handshake got a response. */
function watchHandshake({ timeoutMs, handshakes }: ConnectionLimits, onLate: (reason: string) => void) {
  let isAnswered = false;
  const answered = (): void => {
    if (!isAnswered) handshakes.answered();
    isAnswered = true;
  };
  const timer = setTimeout(() => {
    if (!isAnswered) handshakes.unanswered();
    const what = isAnswered ? 'sent no connected message' : 'not responded to the WebSocket handshake';
    onLate(`The target has ${what} within ${timeoutMs / 1000} s.`);
  }, timeoutMs);
  return {
    opened: answered,
    /** @param refused the status of a refusal; one that throttles is reported where it is retried */
    end: (refused?: number): void => {
      clearTimeout(timer);
      if (refused !== undefined && !busyStatuses.has(refused)) answered();
    },
  };
}

function watched(webSocket: WebSocketFactory, observer: Pick<Required<LineHandlers>, 'message' | 'opened'>): WebSocketFactory {
  return {
    tokenIn: webSocket.tokenIn,
    open: (request, handlers) =>
      webSocket.open(request, {
        opened: observer.opened,
        closed: handlers.closed,
        message: (text) => {
          // Not every WebSocket reports that it is open.
          observer.opened();
          observer.message(text);
          handlers.message(text);
        },
      }),
  };
}

function connectionOf(
  stream: MessageStream<AdapterMessage>,
  socket: ReturnType<typeof openDeviceSocket>,
  ended: Promise<void>,
): AdapterConnection {
  return {
    messages: () => stream.read(),
    acknowledge: async (cursor) => socket.acknowledge(cursor),
    close: async (how) => {
      if (how?.abruptly) socket.cut();
      else socket.close();
      await ended;
    },
  };
}

function messageOf(message: ServerMessage): AdapterMessage | undefined {
  switch (message.type) {
    case 'connected':
      return { kind: 'connected', resumed: message.resumed, cursor: message.cursor };
    case 'notification':
      return { kind: 'notification', change: message.change, notification: notificationOf(message.notification), cursor: message.cursor };
    case 'toast':
      return { kind: 'toast', notificationId: message.notificationId, visualContent: message.visualContent };
    case 'signal':
      return { kind: 'signal', cursor: message.cursor };
    default:
      return undefined;
  }
}

export function notificationOf(notification: ClientNotification): AdapterNotification {
  if (notification.status === 'Deleted') return { id: notification.id, status: 'Deleted' };
  const { id, appNotificationId, groupName, priority, payload, readState, userActionState } = notification;
  return {
    id,
    appNotificationId,
    groupName,
    priority,
    ...(payload.rawContent === undefined ? {} : { rawContent: payload.rawContent }),
    ...(payload.visualContent === undefined ? {} : { visualContent: payload.visualContent }),
    status: 'Active',
    readState,
    userActionState,
  };
}
