// A device's raw line: a WebSocket and the TCP socket under it, which can be ended in every way a line ends.
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { ServerMessage } from '../../src/index.ts';
import type { Ending } from './steps.ts';

export interface LineOptions {
  readonly url: string;
  readonly unsid: string;
  readonly token: string;
  readonly cursor: string | undefined;
  /** Called with every message as it comes, `connected` first; errors are answers to `confirm` and left out. */
  readonly onMessage: (message: ServerMessage) => void;
}

export interface Line {
  readonly isOpen: () => boolean;
  /** False while it is paused. */
  readonly isReading: () => boolean;
  /** All that the service has written by now has arrived; at once when the line does not read. */
  readonly roundTrip: () => Promise<void>;
  readonly ack: (cursor: string) => void;
  /** True when the service has handled everything sent before; needs a line that reads. */
  readonly confirm: () => Promise<boolean>;
  readonly pause: () => void;
  readonly resume: () => void;
  /** Ends the line; with a cursor its acknowledgement goes out in the same write. True when that has certainly arrived. */
  readonly end: (how: Ending, cursor?: string) => Promise<boolean>;
  readonly closed: Promise<number>;
}

const subprotocol = 'notifications.v1.json';
const withoutCloseFrame = 1006;

/** Resolves when the first message, `connected`, has come. */
export async function openLine({ url, unsid, token, cursor, onMessage }: LineOptions): Promise<Line> {
  const query = new URLSearchParams({ unsid, ...(cursor !== undefined && { cursor }) });
  const webSocket = new WebSocket(`${url.replace(/^http/, 'ws')}/client/v1/socket?${query}`, [subprotocol], {
    headers: { Authorization: `Bearer ${token}` },
  });
  let socket: Duplex | undefined;
  webSocket.once('upgrade', (response) => {
    socket = response.socket;
  });
  webSocket.on('error', () => undefined);
  const closed = new Promise<number>((resolve) => webSocket.once('close', resolve));
  const errors: (() => void)[] = [];
  // What is read after the device has ended its line was never seen by it.
  let isDeaf = false;
  await new Promise<void>((resolve, reject) => {
    closed.then((code) => reject(new Error(`the line of ${unsid} was closed with ${code} before it was connected`)));
    webSocket.on('message', (data) => {
      const message = JSON.parse(data.toString()) as ServerMessage;
      if (message.type === 'error') errors.shift()?.();
      else if (!isDeaf) onMessage(message);
      if (message.type === 'connected') resolve();
    });
  });
  const isOpen = () => webSocket.readyState === WebSocket.OPEN;
  const isReading = () => isOpen() && !webSocket.isPaused;
  const send = (sent: string) => webSocket.send(JSON.stringify({ type: 'ack', cursor: sent }));

  async function roundTrip(): Promise<void> {
    if (!isReading()) return;
    const pong = new Promise<void>((resolve) => webSocket.once('pong', () => resolve()));
    webSocket.ping();
    await Promise.race([pong, closed]);
  }

  async function confirm(): Promise<boolean> {
    const answered = new Promise<true>((resolve) => errors.push(() => resolve(true)));
    send('unknown');
    return Promise.race([answered, closed.then(() => false)]);
  }

  async function end(how: Ending, cursor?: string): Promise<boolean> {
    isDeaf = true;
    socket?.cork();
    if (cursor !== undefined) send(cursor);
    if (how === 'close') webSocket.close();
    if (how === 'fin') socket?.end();
    socket?.uncork();
    if (how === 'terminate') webSocket.terminate();
    if (how === 'reset' && socket && 'resetAndDestroy' in socket && typeof socket.resetAndDestroy === 'function') socket.resetAndDestroy();
    const code = await closed;
    return how === 'fin' || (how === 'close' && code !== withoutCloseFrame);
  }

  return {
    isOpen,
    isReading,
    roundTrip,
    ack: send,
    confirm,
    end,
    closed,
    pause: () => webSocket.pause(),
    resume: () => webSocket.resume(),
  };
}
