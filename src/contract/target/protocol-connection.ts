// Connections of the built-in adapter: maps the device socket of openapi/devices.asyncapi.yaml to the port's types.
import { openDeviceSocket, type WebSocketFactory } from '../../client/device-socket.ts';
import type { ClientNotification, ServerMessage } from '../../client/wire.ts';
import type { AdapterConnection, AdapterDevice, AdapterMessage, AdapterNotification } from './adapter.ts';
import { createMessageStream, type MessageStream } from './message-stream.ts';

export interface ConnectParts {
  readonly webSocket: WebSocketFactory;
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

/** Resolves when `connected` has arrived. */
export function connect({ webSocket, onMessage, device, socketUrl, cursor, token }: ConnectParts): Promise<AdapterConnection> {
  const stream = createMessageStream<AdapterMessage>();
  let resolveEnd: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    resolveEnd = resolve;
  });
  return new Promise((resolve, reject) => {
    let isConnected = false;
    const socket = openDeviceSocket({
      socketUrl,
      unsid: device.unsid,
      cursor,
      token,
      webSocket: watched(webSocket, onMessage),
      onMessage: (message) => {
        const translated = messageOf(message);
        if (translated) stream.push(translated);
        if (message.type !== 'connected') return;
        isConnected = true;
        resolve(connectionOf(stream, socket, ended));
      },
      // The checks report the violation; do not wait for a message that will not arrive.
      onInvalid: (reason) => {
        if (isConnected) return;
        reject(new Error(`The first message of the device socket is not a valid connected message: ${reason}`));
        socket.cut();
      },
      onClose: ({ code, reason, refusal }) => {
        stream.push({ kind: 'closed', code });
        stream.end();
        resolveEnd();
        // A socket that is accepted and then closed with an error code was refused too.
        if (refusal) reject(refused(`The device socket was refused with ${refusal.status}.`, refusal.status, refusal.retryAfterSeconds));
        else if (code >= 1002 && code !== 1006) reject(refused(`The device socket was closed with ${code} ${reason}.`, code));
        else reject(new Error(`The device socket did not open: ${code} ${reason}.`));
      },
    });
  });
}

function watched(webSocket: WebSocketFactory, onMessage: (text: string | undefined) => void): WebSocketFactory {
  return {
    tokenIn: webSocket.tokenIn,
    open: (request, handlers) =>
      webSocket.open(request, {
        closed: handlers.closed,
        message: (text) => {
          onMessage(text);
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
