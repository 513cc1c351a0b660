// The socketUrl of a subscription is checked before a token is sent there.
import { expect, it } from 'vitest';
import { openDeviceSocket } from '../../src/client/device-socket.ts';
import { socketUrlProblem } from '../../src/client/socket-url.ts';

it.each([
  ['ws://service.example/socket', 'http://service.example', undefined],
  ['wss://service.example/socket', 'http://service.example', undefined],
  ['wss://sockets.example/socket?region=1', 'https://service.example', undefined],
  ['ws://service.example/socket', 'https://service.example', 'the token would be sent without encryption'],
  ['WS://localhost:4280/socket', 'HTTPS://localhost:4281', 'the token would be sent without encryption'],
  ['http://service.example/socket', 'http://service.example', 'is not a ws or wss URL'],
  ['javascript:alert(1)', 'http://service.example', 'is not a ws or wss URL'],
  ['/client/v1/socket', 'http://service.example', 'is not a URL'],
  ['', 'http://service.example', 'is not a URL'],
  ['ws://service.example/socket#here', 'http://service.example', 'has a fragment'],
])('%j of the service %s: %s', (socketUrl, serviceUrl, problem) => {
  const found = socketUrlProblem(socketUrl, serviceUrl);
  if (problem === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(problem);
});

it('is checked by openDeviceSocket too, before anything is opened', () => {
  let opened = 0;
  const webSocket = {
    tokenIn: 'header' as const,
    open: () => {
      opened += 1;
      return { send: () => undefined, close: () => undefined };
    },
  };
  const options = { unsid: 'U', token: 't', webSocket, onMessage: () => undefined, onClose: () => undefined };
  const open = (socketUrl: string, serviceUrl?: string) => () =>
    openDeviceSocket({ ...options, socketUrl, ...(serviceUrl === undefined ? {} : { serviceUrl }) });
  expect(open('ws://service.example/socket', 'https://service.example')).toThrow(TypeError);
  expect(open('http://service.example/socket')).toThrow('The socketUrl is not a ws or wss URL.');
  expect(opened).toBe(0);
  open('ws://service.example/socket')();
  expect(opened).toBe(1);
});
