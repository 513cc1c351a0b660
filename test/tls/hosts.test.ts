// What may stand in a certificate, and in which spelling.
import { describe, expect, it } from 'vitest';
import { hostOf, urlHost } from '../../src/tls/hosts.ts';

describe('a host', () => {
  it.each([
    ['localhost', 'localhost'],
    ['My-PC.Local', 'my-pc.local'],
    ['my_service', 'my_service'],
    ['4seasons.example', '4seasons.example'],
    ['münchen.example', 'xn--mnchen-3ya.example'],
    ['10.0.0.7', '10.0.0.7'],
    ['::1', '::1'],
    ['[::1]', '::1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ])('%s is written %s', (text, host) => {
    expect(hostOf(text)).toBe(host);
  });

  it.each([
    '',
    ' ',
    'a b',
    'localhost:4281',
    'http://localhost',
    'localhost/path',
    '*.local',
    'foo.',
    '.foo',
    'a..b',
    '-a',
    'a-',
    '1.2',
    '0x7f.1',
    '256.1.1.1',
    '[10.0.0.7]',
    '[::1',
    'fe80::1%eth0',
    'user@host',
    "a'b",
    'a\nb',
    `${'a'.repeat(64)}.example`,
    'a.'.repeat(127).concat('example'),
  ])('is not %j', (text) => {
    expect(hostOf(text)).toBeUndefined();
  });

  it('has brackets in a URL when it is an IPv6 address', () => {
    expect(['::1', '127.0.0.1', 'localhost'].map(urlHost)).toEqual(['[::1]', '127.0.0.1', 'localhost']);
  });
});
