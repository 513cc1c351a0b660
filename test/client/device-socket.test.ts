// The device socket client over a WebSocket that the test holds.
import { expect, it } from 'vitest';
import { type Closing, type LineHandlers, openDeviceSocket, type WebSocketFactory } from '../../src/client/device-socket.ts';
import { type StandardWebSocket, standardWebSocket } from '../../src/client/standard-web-socket.ts';
import type { ServerMessage } from '../../src/client/wire.ts';

function open(tokenIn: 'header' | 'query', cursor?: string, socketUrl = 'wss://notify.example/prefix/client/v1/socket') {
  const seen = { messages: [] as ServerMessage[], invalid: [] as string[], closings: [] as Closing[], sent: [] as string[] };
  const requests: { url: string; protocol: string; headers: Readonly<Record<string, string>> }[] = [];
  const held: LineHandlers[] = [];
  const webSocket: WebSocketFactory = {
    tokenIn,
    open: (request, handlers) => {
      requests.push(request);
      held.push(handlers);
      return { send: (text) => seen.sent.push(text), close: () => undefined };
    },
  };
  const socket = openDeviceSocket({
    socketUrl,
    unsid: 'U 1',
    cursor,
    token: 's&cret',
    webSocket,
    onMessage: (message) => seen.messages.push(message),
    onInvalid: (reason) => seen.invalid.push(reason),
    onClose: (closing) => seen.closings.push(closing),
  });
  const [request] = requests;
  const [handlers] = held;
  if (!request || !handlers) throw new Error('nothing was opened');
  return { socket, request, handlers, ...seen };
}

it('puts the token into the header, and UNSID and cursor into the query', () => {
  const { request } = open('header', 'c 1');
  expect(request).toEqual({
    url: 'wss://notify.example/prefix/client/v1/socket?unsid=U+1&cursor=c+1',
    protocol: 'notifications.v1.json',
    headers: { authorization: 'Bearer s&cret' },
  });
});

it('puts the token into the query where headers cannot be sent', () => {
  const { request } = open('query');
  expect(request.headers).toEqual({});
  expect(new URL(request.url).searchParams.get('access_token')).toBe('s&cret');
});

it.each([
  ['its UNSID already', '?unsid=U%201', 'unsid=U+1&cursor=c1&access_token=s%26cret'],
  ['its UNSID twice', '?unsid=a&unsid=b', 'unsid=U+1&cursor=c1&access_token=s%26cret'],
  ['another UNSID, and parameters of its own', '?tenant=a%26b&unsid=c&x=', 'tenant=a%26b&unsid=U+1&x=&cursor=c1&access_token=s%26cret'],
  ['a cursor and a token', '?cursor=old&access_token=old', 'cursor=c1&access_token=s%26cret&unsid=U+1'],
  ['an empty query', '?', 'unsid=U+1&cursor=c1&access_token=s%26cret'],
])('takes a socketUrl that carries %s', (_, rest, query) => {
  const { request } = open('query', 'c1', `wss://notify.example/socket${rest}`);
  expect(request.url).toBe(`wss://notify.example/socket?${query}`);
});

it('leaves a cursor and a token of the socketUrl where the client gives none in the query', () => {
  const { request } = open('header', undefined, 'wss://notify.example/socket?access_token=ticket&cursor=c0');
  expect([...new URL(request.url).searchParams]).toEqual([
    ['access_token', 'ticket'],
    ['cursor', 'c0'],
    ['unsid', 'U 1'],
  ]);
});

it('[R2] acknowledges with a cursor, and says nothing more once it is closed', () => {
  const { socket, handlers, sent } = open('header');
  socket.acknowledge('c5');
  handlers.closed({ code: 1001, reason: '' });
  socket.acknowledge('c6');
  expect(sent).toEqual(['{"type":"ack","cursor":"c5"}']);
});

it('hands on the messages of the document, and reports why others are none', () => {
  const { handlers, messages, invalid } = open('header');
  handlers.message('{"type":"signal","cursor":"c1"}');
  for (const text of [
    '{',
    '[]',
    '{"type":"constructor"}',
    '{"type":"signal"}',
    '{"type":"toast","cursor":"c","notificationId":"n","visualContent":{}}',
    undefined,
  ]) {
    handlers.message(text);
  }
  expect(messages).toEqual([{ type: 'signal', cursor: 'c1' }]);
  expect(invalid).toEqual([
    'The message is not JSON.',
    'The message has no known type.',
    'The message has no known type.',
    'The signal message is not valid at /cursor.',
    'The toast message is not valid at /visualContent/title.',
    'The message is binary.',
  ]);
});

it('reports once that it is closed', () => {
  const { handlers, closings } = open('header');
  handlers.closed({ code: 4409, reason: 'replaced' });
  handlers.closed({ code: 1006, reason: '' });
  expect(closings).toEqual([{ code: 4409, reason: 'replaced' }]);
});

it("runs on a browser's WebSocket class", () => {
  type Listener = (event: { data: unknown; code: number; reason: string }) => void;
  const listeners = new Map<string, Listener>();
  const seen: string[] = [];
  class Socket implements StandardWebSocket {
    constructor(url: string, protocol: string) {
      seen.push(url, protocol);
    }
    addEventListener(type: string, listener: Listener): void {
      listeners.set(type, listener);
    }
    send(text: string): void {
      seen.push(text);
    }
    close(): void {
      seen.push('closed');
    }
  }
  const events: unknown[] = [];
  const socket = openDeviceSocket({
    socketUrl: 'ws://h/s',
    unsid: 'U',
    token: 't',
    webSocket: standardWebSocket(Socket),
    onMessage: (message) => events.push(message),
    onClose: (closing) => events.push(closing),
  });
  listeners.get('message')?.({ data: '{"type":"signal","cursor":"c"}', code: 0, reason: '' });
  socket.acknowledge('c');
  socket.close();
  listeners.get('close')?.({ data: '', code: 1000, reason: 'done' });
  expect(seen).toEqual(['ws://h/s?unsid=U&access_token=t', 'notifications.v1.json', '{"type":"ack","cursor":"c"}', 'closed']);
  expect(events).toEqual([
    { type: 'signal', cursor: 'c' },
    { code: 1000, reason: 'done' },
  ]);
});
