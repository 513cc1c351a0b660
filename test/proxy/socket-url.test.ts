// The proxy connects a device's socket to the target's socketUrl, unless that is the proxy itself or not encrypted.
import { expect, it } from 'vitest';
import { socketAddress } from '../../src/proxy/socket-url.ts';

it.each([
  ['ws://sockets.example/s', false, 'http://sockets.example/s?unsid=U'],
  ['wss://sockets.example/s', true, 'https://sockets.example/s?unsid=U'],
  ['wss://sockets.example/s', false, 'https://sockets.example/s?unsid=U'],
  ['ws://sockets.example/s', true, undefined],
  ['ws://proxy.example:4290/s', false, undefined],
  ['ftp://sockets.example/s', false, undefined],
  ['nowhere', false, undefined],
  [undefined, false, undefined],
])('%s, of a target that is https: %j, leads to %s', (announcedUrl, isSecure, address) => {
  expect(socketAddress({ announcedUrl, ownHosts: ['proxy.example:4290'], query: 'unsid=U', isSecure })).toBe(address);
});
