// A device's end of the socket, without any behaviour of its own: what came, how it was closed, or why it was refused.
import { WebSocket } from 'ws';
import { type Answer, answerOf, readText } from './exchange.ts';

export interface Device {
  /** The answer over HTTP when there is no socket. */
  readonly refusal: Answer | undefined;
  readonly messages: Readonly<Record<string, unknown>>[];
  closed(): number | undefined;
  send(data: string | Buffer): void;
  /** Waits for this number of messages, or the close; gives up after a while. */
  until(count: number): Promise<void>;
  untilClosed(): Promise<void>;
  /** One turn to the server and back: what it sent before has come. */
  turn(): Promise<void>;
  /** From now on nothing is read, until it is again. */
  pause(): void;
  resume(): void;
  end(): void;
}

export interface DeviceOptions {
  readonly token?: string;
  readonly protocol?: string;
  readonly path?: string;
  /** Version of the WebSocket protocol; 13 by default. */
  readonly version?: number;
  /** Answers no pings. */
  readonly isDeaf?: boolean;
}

/** A message that has not come in this time is taken to be missing. */
const timerMs = 4_000;

export function openDevice(url: string, query: string, options: DeviceOptions): Promise<Device> {
  const { token, protocol = 'notifications.v1.json', path = '/client/v1/socket', isDeaf = false, version = 13 } = options;
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  const address = `${url.replace('http', 'ws')}${path}?${query}`;
  const webSocket = new WebSocket(address, protocol === '' ? [] : [protocol], {
    headers,
    autoPong: !isDeaf,
    protocolVersion: version,
    perMessageDeflate: false,
  });
  const messages: Record<string, unknown>[] = [];
  let closed: number | undefined;
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const one of waiting) one();
  };
  const until = (isDone: () => boolean) =>
    new Promise<void>((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        waiting.delete(look);
        resolve();
      };
      const look = () => {
        if (isDone()) finish();
      };
      const timer = setTimeout(finish, timerMs);
      waiting.add(look);
      look();
    });
  webSocket.on('message', (data: Buffer) => {
    messages.push(JSON.parse(data.toString('utf8')) as Record<string, unknown>);
    wake();
  });
  webSocket.on('close', (code) => {
    closed = code;
    wake();
  });
  let pongs = 0;
  webSocket.on('pong', () => {
    pongs += 1;
    wake();
  });
  const turn = async () => {
    if (webSocket.readyState !== WebSocket.OPEN) return;
    const before = pongs;
    webSocket.ping();
    await until(() => pongs > before || closed !== undefined);
  };
  const device: Device = {
    refusal: undefined,
    messages,
    closed: () => closed,
    send: (data) => {
      if (webSocket.readyState === WebSocket.OPEN) webSocket.send(data);
    },
    until: (count) => until(() => messages.length >= count || closed !== undefined),
    untilClosed: () => until(() => closed !== undefined),
    turn: async () => {
      for (let count = 0; count < 3; count += 1) await turn();
    },
    pause: () => webSocket.pause(),
    resume: () => webSocket.resume(),
    end: () => webSocket.terminate(),
  };
  return new Promise((resolve) => {
    webSocket.on('open', () => resolve(device));
    webSocket.on('unexpected-response', (_request, incoming) => {
      readText(incoming).then((text) => resolve({ ...device, refusal: answerOf(incoming, text) }));
    });
    webSocket.on('error', () => resolve({ ...device, refusal: { status: 'cut', headers: [], text: '', json: undefined } }));
  });
}
