// A service that does only what a test says: canned HTTP answers, and sockets whose server end the test holds.
import type { Closing, LineHandlers, WebSocketFactory } from '../../src/client/device-socket.ts';
import type { ActiveNotification, ServerMessage } from '../../src/client/wire.ts';
import { createDevice } from '../../src/simulator/device.ts';
import type { Device } from '../../src/simulator/device-api.ts';
import type { DeviceOptions } from '../../src/simulator/device-options.ts';
import { createTestTimer, settle, type TestTimer } from '../support/time.ts';

export const unsid = 'Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa';

export interface FakeLine {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Cursors that the device acknowledged on this line. */
  readonly acknowledged: string[];
  readonly isClosedByDevice: () => boolean;
  say(message: ServerMessage | string): Promise<void>;
  close(closing: Partial<Closing>): Promise<void>;
}

interface Canned {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface FakeService {
  readonly lines: FakeLine[];
  readonly timer: TestTimer;
  /** `GET /client/v1/notifications?since=c1`, in order. */
  readonly calls: string[];
  /** The next answer to calls that start like this; the last one stays. */
  answer(start: string, ...answers: Canned[]): void;
  /** The line that was opened last. */
  line(): FakeLine;
  /** Starts a device, says `connected` on its first line, and gives it back. */
  device(options?: Partial<DeviceOptions>): Promise<Device>;
  start(options?: Partial<DeviceOptions>): Promise<Device>;
}

export const subscription = {
  userNotificationSubscriptionId: unsid,
  application: 'contoso.example',
  deviceId: 'adele-phone',
  platform: 'iOS',
  displayName: null,
  expirationDateTime: '2019-09-22T00:25:55.329Z',
  socketUrl: 'ws://service.example/prefix/client/v1/socket',
};

export function connected(cursor = 'c0', resumed = true): ServerMessage {
  return { type: 'connected', unsid, deviceId: 'adele-phone', cursor, resumed, heartbeatSeconds: 30 };
}

export function active(id: string, more: Partial<ActiveNotification> = {}): ActiveNotification {
  return {
    id,
    application: 'contoso.example',
    appNotificationId: null,
    groupName: null,
    priority: 'High',
    payload: { visualContent: { title: `title ${id}` } },
    displayTimeToLive: null,
    creationDateTime: '2019-08-23T00:25:55.329Z',
    lastModifiedDateTime: null,
    expirationDateTime: '2019-08-30T00:25:55.329Z',
    status: 'Active',
    readState: 'Unread',
    userActionState: 'NoInteraction',
    ...more,
  };
}

export function raw(id: string, more: Partial<ActiveNotification> = {}): ActiveNotification {
  return active(id, { payload: { rawContent: `raw ${id}` }, ...more });
}

export function created(cursor: string, notification: ActiveNotification): ServerMessage {
  return { type: 'notification', change: 'created', cursor, notification };
}

function fakeSockets(lines: FakeLine[]): WebSocketFactory {
  return {
    tokenIn: 'header',
    open({ url, headers }, handlers: LineHandlers) {
      let isClosed = false;
      const acknowledged: string[] = [];
      lines.push({
        url: new URL(url),
        headers,
        acknowledged,
        isClosedByDevice: () => isClosed,
        say: async (message) => {
          handlers.message(typeof message === 'string' ? message : JSON.stringify(message));
          await settle();
        },
        close: async (closing) => {
          handlers.closed({ code: 1006, reason: '', ...closing });
          await settle();
        },
      });
      return {
        send: (text) => {
          const message: { readonly cursor: string } = JSON.parse(text);
          acknowledged.push(message.cursor);
        },
        close: (code, reason) => {
          isClosed = true;
          handlers.closed({ code, reason });
        },
      };
    },
  };
}

export function createFakeService(): FakeService {
  const lines: FakeLine[] = [];
  const calls: string[] = [];
  const timer = createTestTimer();
  const canned: { readonly start: string; readonly answers: Canned[] }[] = [];
  const fakeFetch: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    const call = `${init?.method ?? 'GET'} ${url.pathname}${decodeURIComponent(url.search)}`;
    calls.push(call);
    const rule = canned.find(({ start }) => call.startsWith(start));
    const answer = rule && rule.answers.length > 1 ? rule.answers.shift() : rule?.answers[0];
    if (!answer) throw new TypeError('fetch failed', { cause: new Error(`the test has no answer for ${call}`) });
    const text = answer.body === undefined ? null : JSON.stringify(answer.body);
    return new Response(text, { status: answer.status, headers: { 'content-type': 'application/json', ...answer.headers } });
  };
  const service: FakeService = {
    lines,
    calls,
    timer,
    answer: (start, ...answers) => void canned.unshift({ start, answers }),
    line: () => {
      const line = lines.at(-1);
      if (!line) throw new Error('no line was opened');
      return line;
    },
    start: (options = {}) =>
      createDevice({
        url: 'http://service.example/prefix',
        user: 'adele',
        platform: 'iOS',
        application: 'contoso.example',
        fetch: fakeFetch,
        webSocket: fakeSockets(lines),
        timer,
        random: () => 0.5,
        ...options,
      }),
    async device(options) {
      const starting = service.start(options);
      await settle();
      await service.line().say(connected());
      return starting;
    },
  };
  service.answer('POST /prefix/client/v1/subscriptions', { status: 201, body: subscription });
  return service;
}
