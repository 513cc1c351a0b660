// Which hosts and URLs stay on this machine, and which hosts stand for every address of it.
import { describe, expect, it } from 'vitest';
import { isLoopbackHost, isLoopbackUrl, isSecureLoopbackUrl, isUnspecifiedHost } from '../../src/net/loopback.ts';

const hosts: readonly (readonly [host: string, isLoopback: boolean])[] = [
  ['localhost', true],
  ['LocalHost', true],
  ['localhost.', true],
  ['contoso.localhost', true],
  ['127.0.0.1', true],
  ['127.1.2.3', true],
  ['127.255.255.254', true],
  ['127.1', true],
  ['2130706433', true],
  ['::1', true],
  ['[::1]', true],
  ['0:0:0:0:0:0:0:1', true],
  ['::ffff:127.0.0.1', true],
  ['[::ffff:127.0.0.1]', true],
  ['::ffff:7f01:203', true],
  ['127.evil.example', false],
  ['127.0.0.1.evil.example', false],
  ['127.0.0.1.evil', false],
  ['localhost.evil.example', false],
  ['evil-localhost', false],
  ['notlocalhost', false],
  ['128.0.0.1', false],
  ['10.0.0.1', false],
  ['0.0.0.0', false],
  ['::', false],
  ['::2', false],
  ['::ffff:128.0.0.1', false],
  ['::ffff:1:7f00', false],
  ['fe80::1', false],
  ['', false],
  ['local host', false],
  ['evil.example/@localhost', false],
  ['localhost@evil.example', false],
  ['localhost:80@evil.example', false],
];

describe('a host', () => {
  it.each(hosts)('%j is this machine: %s', (host, isLoopback) => {
    expect(isLoopbackHost(host)).toBe(isLoopback);
  });

  it.each([
    ['0.0.0.0', true],
    ['::', true],
    ['[::]', true],
    ['0:0:0:0:0:0:0:0', true],
    ['0', true],
    ['::ffff:0.0.0.0', true],
    ['::ffff:0:0', true],
    ['127.0.0.1', false],
    ['::1', false],
    ['localhost', false],
    ['', false],
  ])('%j is every address of this machine: %s', (host, isUnspecified) => {
    expect(isUnspecifiedHost(host)).toBe(isUnspecified);
  });
});

describe('a URL', () => {
  it.each([
    ['https://localhost:4281/t', true, true],
    ['wss://127.0.0.1:4281', true, true],
    ['https://[::1]/', true, true],
    ['HTTPS://A.localhost', true, true],
    ['http://localhost', true, false],
    ['ws://[::ffff:127.0.0.1]:1/', true, false],
    ['http://127.evil.example', false, false],
    ['https://localhost.example', false, false],
    ['https://127.0.0.1.example', false, false],
    ['https://localhost@evil.example', false, false],
    ['https://login.microsoftonline.com/t', false, false],
    ['nothing', false, false],
  ])('%s stays on this machine: %s, and is secure: %s', (url, loopback, secure) => {
    expect([isLoopbackUrl(url), isSecureLoopbackUrl(url)]).toEqual([loopback, secure]);
  });
});
