// The device socket's handshake: who is let in, and how a refusal is sent over HTTP.
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/domain/errors.ts';
import type { Authenticator } from '../../src/domain/ports.ts';
import { serverToken, tokenOf, useEmulators } from '../support/emulator.ts';
import { type Answer, errorOf, targetsOf } from '../support/http-call.ts';
import { type Handshake, openSocket, refusedHandshake } from '../support/socket-device.ts';
import { startInstant } from '../support/time.ts';

const start = useEmulators();
const refusalOf = (answer: Answer) => [answer.status, errorOf(answer).code, errorOf(answer).innerError.code];
const token = tokenOf('adele');

describe('a handshake that is refused', () => {
  const refusals: readonly (readonly [string, (unsid: string, other: string) => Handshake, readonly unknown[], readonly string[]])[] = [
    ['no unsid', () => ({ token }), [400, 'BadRequest', 'MissingUnsid'], ['unsid']],
    ['an empty unsid', () => ({ token, unsid: '' }), [400, 'BadRequest', 'MissingUnsid'], ['unsid']],
    ['no subprotocol', (unsid) => ({ token, unsid, protocols: [] }), [400, 'BadRequest', 'InvalidParameter'], ['Sec-WebSocket-Protocol']],
    [
      'another subprotocol',
      (unsid) => ({ token, unsid, protocols: ['mqtt'] }),
      [400, 'BadRequest', 'InvalidParameter'],
      ['Sec-WebSocket-Protocol'],
    ],
    ['no token', (unsid) => ({ unsid }), [401, 'InvalidAuthenticationToken', 'TokenMissing'], []],
    ['a bad token', (unsid) => ({ unsid, token: 'garbage' }), [401, 'InvalidAuthenticationToken', 'TokenInvalid'], []],
    ['a bad token in the query', (unsid) => ({ unsid, accessToken: 'garbage' }), [401, 'InvalidAuthenticationToken', 'TokenInvalid'], []],
    ['an app-only token', (unsid) => ({ unsid, token: serverToken }), [403, 'Forbidden', 'UserTokenRequired'], []],
    ['an unknown unsid', () => ({ token, unsid: 'no-such-unsid' }), [404, 'NotFound', 'UnknownResource'], []],
    ["another user's unsid", (_unsid, other) => ({ token, unsid: other }), [404, 'NotFound', 'UnknownResource'], []],
    ['another path', (unsid) => ({ token, unsid, path: '/client/v1/sockets' }), [404, 'NotFound', 'UnknownRoute'], []],
    [
      'a path of another operation',
      (unsid) => ({ token, unsid, path: '/beta/me/notifications' }),
      [405, 'MethodNotAllowed', undefined],
      [],
    ],
  ];

  it.each(refusals)("[F19][D14] for %s is answered over HTTP with Graph's error body", async (_what, handshake, refusal, targets) => {
    const emulator = await start();
    const [adele, bert] = [await emulator.subscribe('adele'), await emulator.subscribe('bert')];
    const answer = await refusedHandshake(emulator.url, handshake(adele.unsid, bert.unsid));
    expect(refusalOf(answer)).toEqual(refusal);
    expect(targetsOf(answer)).toEqual(targets);
    expect(answer.headers['request-id']).toBe(errorOf(answer).innerError['request-id']);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    if (answer.status === 401) expect(answer.headers['www-authenticate']).toMatch(/^Bearer /);
  });

  it('[D12][R8] names a subscription that has expired or was deleted', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    await emulator.emulator.advance(30 * 86_400);
    expect(refusalOf(await refusedHandshake(emulator.url, { token, unsid: adele.unsid }))).toEqual([404, 'NotFound', 'UnknownResource']);
  });

  it('[F18][F30] is on the block list, or not registered for the application', async () => {
    const seed = { blockList: ['mallory'], applications: [{ hostName: 'contoso.example', clientIds: ['contoso-app', 'mallory'] }] };
    const emulator = await start({ seed });
    const { unsid } = await emulator.subscribe('adele');
    expect(refusalOf(await refusedHandshake(emulator.url, { token: 'dev.user.adele~mallory', unsid }))).toEqual([
      403,
      'Forbidden',
      'CallerBlocked',
    ]);
    expect((await refusedHandshake(emulator.url, { token: 'dev.user.adele~stranger', unsid })).status).toBe(404);
    await emulator.connect({ alias: 'adele', unsid }, { token: 'dev.user.adele~contoso-app' });
  });

  it('[D8] is throttled like any other call', async () => {
    const emulator = await start({ seed: { throttling: { callsPerMinute: 1 } } });
    const { unsid } = await emulator.subscribe('adele');
    const answer = await refusedHandshake(emulator.url, { token, unsid });
    expect(refusalOf(answer)).toEqual([429, 'TooManyRequests', 'Throttled']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('[F23] lacks the scope', async () => {
    const user = { kind: 'user', userId: 'adele', upn: 'adele@contoso.com', clientId: 'app' } as const;
    const scopes = (...names: string[]) => new Set(names);
    const authenticator: Authenticator = {
      authenticate: async (given) => ({
        ...user,
        scopes: given === 'good' ? scopes('UserActivity.ReadWrite.CreatedByApp') : scopes('User.Read'),
      }),
    };
    const emulator = await start({}, { authenticator });
    const json = { application: 'contoso.example', deviceId: 'pc', platform: 'Windows' };
    const { body } = await emulator.send<{ userNotificationSubscriptionId: string }>({
      path: '/client/v1/subscriptions',
      token: 'good',
      json,
    });
    const unsid = body.userNotificationSubscriptionId;
    expect(refusalOf(await refusedHandshake(emulator.url, { token: 'bad', unsid }))).toEqual([403, 'Forbidden', 'MissingScope']);
    await emulator.connect({ alias: 'adele', unsid }, { token: 'good' });
  });
});

describe('a handshake that is accepted', () => {
  it('[D14] may bring its token in the query, as browsers must', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const webSocket = openSocket(emulator.url, { unsid: adele.unsid, accessToken: token });
    const [first] = await Promise.all([
      new Promise<string>((resolve) => webSocket.once('message', (data) => resolve(data.toString()))),
      new Promise((resolve) => webSocket.once('open', resolve)),
    ]);
    expect([webSocket.protocol, (JSON.parse(first) as { type: string }).type]).toEqual(['notifications.v1.json', 'connected']);
    webSocket.terminate();
  });

  it('[D14] chooses its subprotocol among those offered', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const device = await emulator.open(adele, { protocols: ['mqtt', 'notifications.v1.json'] });
    expect((await device.next()).type).toBe('connected');
  });
});

describe('a token that expires', () => {
  const expiring = (seconds: number): Authenticator => ({
    authenticate: async (given) =>
      given === undefined
        ? new Refusal('TokenMissing', 'The token is missing.')
        : {
            kind: 'user',
            userId: 'adele',
            upn: 'adele@contoso.com',
            clientId: 'app',
            scopes: new Set(['Notifications.ReadWrite.CreatedByApp']),
            expiresAt: startInstant + seconds * 1000,
          },
  });

  it('[R8] ends its connection with 4401, at its second by the service clock', async () => {
    const emulator = await start({}, { authenticator: expiring(3600) });
    const adele = await emulator.subscribe('adele');
    const device = await emulator.connect(adele);
    await emulator.emulator.advance(3599);
    expect(await device.rest()).toEqual([]);
    await emulator.emulator.advance(1);
    expect((await device.closed).code).toBe(4401);
  });
});
