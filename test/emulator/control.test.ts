// The control surface: health, reset, and the service clock with what falls due on the way.
import { describe, expect, it } from 'vitest';
import type { Stores } from '../../src/domain/ports.ts';
import { startEmulator } from '../../src/emulator.ts';
import { createServiceClock } from '../../src/runtime/clock.ts';
import { tokenOf, useEmulators } from '../support/emulator.ts';
import { createTestClock, startInstant } from '../support/time.ts';

const start = useEmulators();

const daemon = { clientId: '2b1c1d39-3d4c-44a8-a1a1-5f1f2d8a1a11', secrets: ['secret'] };
const tokenRequest = {
  method: 'POST',
  path: '/common/oauth2/v2.0/token',
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  bytes: new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: daemon.clientId,
    client_secret: 'secret',
    scope: 'https://graph.microsoft.com/.default',
  }).toString(),
};

describe('the control surface', () => {
  const control = (path: string) => `/_emulator/v1/${path}`;

  it('reports its health, without a token', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    await emulator.connect(adele);
    await emulator.publish(adele);
    const { status, body, headers } = await emulator.send({ path: control('health') });
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    expect(body).toEqual({
      status: 'ready',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      now: '2019-08-23T00:25:55.329Z',
      startedDateTime: '2019-08-23T00:25:55.329Z',
      notifications: 1,
      subscriptions: 1,
      connections: 1,
    });
  });

  it('[R3] forgets everything on reset, and sets the clock back', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const device = await emulator.connect(adele);
    await emulator.publish(adele);
    await emulator.emulator.advance(3600);
    const { status, text } = await emulator.send({ method: 'POST', path: control('reset') });
    expect([status, text]).toEqual([204, '']);
    // Word for word: clients decide by it whether to subscribe again.
    expect(await device.closed).toMatchObject({ code: 4410, reason: 'the emulator was reset' });
    expect((await emulator.send({ path: control('health') })).body).toMatchObject({
      now: '2019-08-23T00:25:55.329Z',
      notifications: 0,
      subscriptions: 0,
      connections: 0,
    });
    expect((await emulator.send({ path: '/client/v1/notifications', token: tokenOf('adele'), unsid: adele.unsid })).status).toBe(404);
  });

  it('[D8] [D19] forgets on reset how often clients have called and asked for tokens', async () => {
    const emulator = await start({ seed: { clients: [daemon], throttling: { callsPerMinute: 2, tokenRequestsPerMinute: 1 } } });
    const call = async () => (await emulator.send({ path: '/client/v1/subscriptions', token: tokenOf('adele') })).status;
    const ask = async () => (await emulator.send(tokenRequest)).status;
    expect([await call(), await call(), await call(), await ask(), await ask()]).toEqual([200, 200, 429, 200, 429]);
    await emulator.send({ method: 'POST', path: control('reset') });
    expect([await call(), await call(), await call(), await ask(), await ask()]).toEqual([200, 200, 429, 200, 429]);
  });

  it('[R3] sets the clock back also when an advance is still under way', async () => {
    const emulator = await start();
    await emulator.publish(await emulator.subscribe('adele'));
    await Promise.all([emulator.emulator.advance(30 * 86_400), emulator.emulator.reset()]);
    expect((await emulator.send({ path: control('health') })).body).toMatchObject({ now: '2019-08-23T00:25:55.329Z', notifications: 0 });
  });

  it('moves the clock forward', async () => {
    const emulator = await start();
    const advance = (json: unknown) => emulator.send({ path: control('clock/advance'), json });
    expect((await advance({ seconds: 3600 })).body).toEqual({ now: '2019-08-23T01:25:55.329Z' });
    const answer = await advance({ seconds: 0.5 });
    expect(answer.body).toEqual({ now: '2019-08-23T01:25:55.829Z' });
    expect(answer.headers.date).toBe('Fri, 23 Aug 2019 01:25:55 GMT');
    for (const json of [{ seconds: -1 }, { seconds: 'x' }, {}, [], { seconds: 31_536_001 }])
      expect((await advance(json)).status, JSON.stringify(json)).toBe(400);
  });

  it('[D10][D12][R9] runs what falls due in order, each at its own instant', async () => {
    const clock = createTestClock();
    const happened: [string, number][] = [];
    const note = (what: string) => happened.push([what, (clock.now() - startInstant) / 1000]);
    const watched = (stores: Stores): Stores => ({
      ...stores,
      fallbacks: {
        ...stores.fallbacks,
        settle: (...args) => {
          note('fallback');
          return stores.fallbacks.settle(...args);
        },
      },
      notifications: {
        ...stores.notifications,
        removeExpired: (...args) => {
          note('notification');
          return stores.notifications.removeExpired(...args);
        },
      },
      subscriptions: {
        ...stores.subscriptions,
        removeExpired: (...args) => {
          note('subscription');
          return stores.subscriptions.removeExpired(...args);
        },
      },
    });
    const emulator = await start({}, { clock, stores: watched });
    const phone = await emulator.subscribe('adele', { platform: 'iOS' });
    await emulator.publish(phone, { expirationDateTime: new Date(startInstant + 600_000).toISOString() });
    const endpointFallback = { platformTypes: ['iOS'], fallbackDelayInSeconds: 120, visualContent: { title: 't' } };
    const expirationDateTime = new Date(startInstant + 240_000).toISOString();
    await emulator.publish(phone, { priority: 'High', fallbackPolicy: { endpointFallback }, expirationDateTime });
    const { status } = await emulator.send({ path: control('clock/advance'), json: { seconds: 31 * 86_400 } });
    expect(status).toBe(200);
    expect(happened).toEqual([
      ['fallback', 120],
      ['notification', 240],
      ['notification', 600],
      ['subscription', 30 * 86_400],
    ]);
  });

  it('[D1] knows no other method', async () => {
    const emulator = await start();
    const answer = await emulator.send({ method: 'DELETE', path: control('reset') });
    expect([answer.status, answer.headers.allow]).toEqual([405, 'POST']);
  });
});

describe('real time', () => {
  it('goes on from where the clock was moved to', async () => {
    const emulator = await startEmulator();
    try {
      const health = async () => Date.parse(((await (await fetch(`${emulator.url}/_emulator/v1/health`)).json()) as { now: string }).now);
      const before = await health();
      await emulator.advance(3600);
      const after = await health();
      expect(after - before).toBeGreaterThanOrEqual(3_600_000);
      expect(after - before).toBeLessThan(3_660_000);
      await emulator.reset();
      expect(await health()).toBeLessThan(before + 60_000);
    } finally {
      await emulator.stop();
    }
  });

  it('[R8] wakes the emulator up for what falls due', async () => {
    const scopes = new Set(['Notifications.ReadWrite.CreatedByApp']);
    const adele = { kind: 'user', userId: 'adele', upn: 'adele@contoso.com', clientId: 'app', scopes } as const;
    const authenticator = { authenticate: async () => ({ ...adele, expiresAt: Date.now() + 5 }) };
    const emulator = await start({}, { clock: createServiceClock(), authenticator });
    const device = await emulator.open(await emulator.subscribe('adele'));
    expect((await device.closed).code).toBe(4401);
  });
});
