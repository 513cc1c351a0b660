// The memory of a proxy is bounded, and its reports contain no secrets.
import { describe, expect, it } from 'vitest';
import { createBodyTap, createTapRoom } from '../../src/proxy/body-tap.ts';
import { createFindings } from '../../src/proxy/findings.ts';
import { createKnownDevices } from '../../src/proxy/known-devices.ts';
import { createRedaction, secretsOf, shownHeaders } from '../../src/proxy/redaction.ts';
import { createSeenIds } from '../../src/proxy/seen-ids.ts';
import { withOwnSocketUrls } from '../../src/proxy/socket-url.ts';

describe('copies of bodies', () => {
  it('are discarded over the size limit, and over the memory limit of all copies', () => {
    const room = createTapRoom(10);
    const [one, other, third] = [1, 2, 3].map(() => createBodyTap({ room, maxBytes: 6 }));
    one?.take(Buffer.from('123456'));
    other?.take(Buffer.from('12345'));
    third?.take(Buffer.from('1234'));
    expect([one, other, third].map((tap) => tap?.copy()?.toString())).toEqual(['123456', undefined, '1234']);
    one?.take(Buffer.from('7'));
    expect([one?.copy(), one?.bytes]).toEqual([undefined, 7]);
    third?.free();
    const last = createBodyTap({ room, maxBytes: 10 });
    last.take(Buffer.from('1234567890'));
    expect(last.copy()?.toString()).toBe('1234567890');
  });
});

describe('the memory of a proxy', () => {
  it('drops the oldest subscription', () => {
    const devices = createKnownDevices();
    for (let index = 0; index <= 10_000; index += 1) devices.learn({ userNotificationSubscriptionId: `u${index}`, deviceId: 'd' });
    expect([devices.get('u0'), devices.get('u1')?.deviceId]).toEqual([undefined, 'd']);
  });

  it('drops the oldest ids of responses and notifications', () => {
    const seen = createSeenIds(2);
    for (const id of ['a', 'b', 'c', 'd']) {
      seen.requestIds.add(id);
      seen.postedIds.set(id, undefined);
    }
    seen.trim();
    expect([[...seen.requestIds], [...seen.postedIds.keys()]]).toEqual([
      ['c', 'd'],
      ['c', 'd'],
    ]);
  });

  it('stores a maximum number of causes, and counts findings beyond it', () => {
    const reported: unknown[] = [];
    const findings = createFindings({ all: [], get: () => expect.fail() }, (finding) => reported.push(finding));
    for (let index = 0; index < 502; index += 1)
      findings.add({ side: 'app', where: 'x', requirement: 'none', expected: 'a', got: 'b', fingerprint: String(index) });
    expect([reported.length, findings.all().length, findings.omitted]).toEqual([500, 500, 2]);
  });
});

describe('a report', () => {
  it.each([
    ['the token of the request', 'it was opaque-token-1', 'it was <token>'],
    ['the same in a URL', 'at ?x=opaque%2Btoken', 'at ?x=<token>'],
    ['a signed token', 'eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c2ln', '<token>'],
    ['a development token', 'hello dev.user.adele~client!', 'hello <token>!'],
    ['a bearer token', 'Bearer abcdefghijklmnop', 'Bearer <token>'],
    ['a query', '/client/v1/socket?access_token=abc&unsid=u', '/client/v1/socket?access_token=<token>&unsid=u'],
    ['a form', 'client_secret=hunter2&grant_type=x', 'client_secret=<token>&grant_type=x'],
  ])('does not contain %s', (_what, text, shown) => {
    const redact = createRedaction(['opaque-token-1', 'opaque+token']);
    expect(redact({ deep: [text] })).toEqual({ deep: [shown] });
  });

  it('is redacted by the secrets in the headers and query of a request', () => {
    const headers = { authorization: 'Bearer abc.def', cookie: 'a=one; b=two' };
    expect(secretsOf(headers, 'unsid=u&access_token=t%20t')).toEqual(['abc.def', 't t', 'one', 'two']);
    expect(shownHeaders({ ...headers, 'x-api-key': 'k', 'x-uns-id': 'u', host: 'h' })).toEqual({
      authorization: 'Bearer <token>',
      'x-api-key': '<token>',
      'x-uns-id': 'u',
    });
  });
});

describe('socketUrl', () => {
  const own = 'ws://127.0.0.1:1/client/v1/socket';
  it.each([
    ['is rewritten to the proxy', '{"socketUrl": "wss:\\/\\/push.example/x?a=1"}', `{"socketUrl": "${own}?a=1"}`],
    ['keeps a UNSID in its query', '{"socketUrl":"ws://push.example/x?unsid=u"}', `{"socketUrl":"${own}?unsid=u"}`],
    ['is unchanged if it is not a WebSocket URL', '{"socketUrl":"https://x/"}', '{"socketUrl":"https://x/"}'],
    ['is unchanged in the text of another member', '{"a":"\\"socketUrl\\":\\"ws://x/\\""}', '{"a":"\\"socketUrl\\":\\"ws://x/\\""}'],
  ])('%s', (_what, text, expected) => {
    expect(withOwnSocketUrls(text, own)).toBe(expected);
  });
});
