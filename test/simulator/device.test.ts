// A device against a service that the test plays by hand: repeated messages, acknowledgements, coming back, signals, battery saver.
import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { closeCodes } from '../../src/documents/close-codes.gen.ts';
import { DeviceError } from '../../src/simulator/device-error.ts';
import { isForgotten } from '../../src/simulator/reconnection.ts';
import { settle } from '../support/time.ts';
import { active, connected, created, createFakeService, raw, subscription } from './fake-service.ts';

describe('messages', () => {
  it('[R2] acknowledges a message after its listeners have run, not before', async () => {
    const service = createFakeService();
    const device = await service.device();
    let finish = (): void => undefined;
    device.on('notification', () => new Promise<void>((resolve) => (finish = resolve)));
    await service.line().say(created('c1', active('a')));
    expect(service.line().acknowledged).toEqual([]);
    finish();
    await settle();
    expect(service.line().acknowledged).toEqual(['c1']);
  });

  it('[F24] shows a message that comes again only once, and acknowledges it again', async () => {
    const service = createFakeService();
    const device = await service.device();
    const duplicates: string[] = [];
    device.on('duplicate', ({ cursor }) => duplicates.push(cursor));
    await service.line().say(created('c1', active('a')));
    await service.line().say(created('c1', active('a')));
    expect(device.received).toHaveLength(1);
    expect(duplicates).toEqual(['c1']);
    expect(service.line().acknowledged).toEqual(['c1', 'c1']);
  });

  it('[R2] acknowledges later when asked to, and never behind what it has acknowledged', async () => {
    const service = createFakeService();
    const delays = [100, 10];
    await service.device({ acknowledgeDelayMs: () => delays.shift() ?? 0 });
    await service.line().say(created('c1', active('a')));
    await service.line().say(created('c2', active('b')));
    expect(service.line().acknowledged).toEqual([]);
    service.timer.advance(10);
    expect(service.line().acknowledged).toEqual(['c2']);
    service.timer.advance(200);
    expect(service.line().acknowledged).toEqual(['c2']);
  });

  it('leaves acknowledging to the caller when asked to', async () => {
    const service = createFakeService();
    const device = await service.device({ autoAcknowledge: false });
    await service.line().say(created('c1', active('a')));
    expect(service.line().acknowledged).toEqual([]);
    device.acknowledge('c1');
    expect(service.line().acknowledged).toEqual(['c1']);
  });

  it('[R9] never acknowledges a toast: its cursor may be ahead of what was delivered', async () => {
    const service = createFakeService();
    const device = await service.device();
    await service.line().say({ type: 'toast', cursor: 'c9', notificationId: 'a', visualContent: { title: 'T' }, reason: 'fallback' });
    expect(device.received[0]).toMatchObject({ kind: 'toast', notificationId: 'a' });
    expect(service.line().acknowledged).toEqual([]);
  });

  it('keeps the current view: changed ones in their latest state, deleted ones gone', async () => {
    const service = createFakeService();
    const device = await service.device();
    await service.line().say(created('c1', active('a')));
    await service.line().say(created('c2', active('b')));
    await service.line().say({ type: 'notification', change: 'updated', cursor: 'c3', notification: active('a', { readState: 'Read' }) });
    const { id, application, creationDateTime, expirationDateTime } = active('b');
    const tombstone = {
      id,
      application,
      creationDateTime,
      expirationDateTime,
      lastModifiedDateTime: creationDateTime,
      status: 'Deleted',
    } as const;
    await service.line().say({ type: 'notification', change: 'deleted', cursor: 'c4', notification: tombstone });
    expect([...device.notifications.values()]).toEqual([active('a', { readState: 'Read' })]);
    expect(device.received.at(-1)).toMatchObject({ change: 'deleted', previous: active('b') });
  });

  it('goes on after a message that is none of the document', async () => {
    const service = createFakeService();
    const device = await service.device();
    const invalid: string[] = [];
    device.on('invalid', (reason) => invalid.push(reason));
    await service.line().say('nonsense');
    await service.line().say(created('c1', active('a')));
    expect(invalid).toEqual(['The message is not JSON.']);
    expect(device.received).toHaveLength(1);
  });
});

describe('next', () => {
  it('gives each message once, also one that was there before, in order', async () => {
    const service = createFakeService();
    const device = await service.device();
    await service.line().say(created('c1', active('a')));
    const later = device.next((received) => received.kind === 'notification' && received.notification.id === 'c');
    await service.line().say(created('c2', active('b')));
    await service.line().say(created('c3', active('c')));
    expect(await device.next()).toMatchObject({ notification: { id: 'a' } });
    expect(await device.next()).toMatchObject({ notification: { id: 'b' } });
    expect(await later).toMatchObject({ notification: { id: 'c' } });
  });

  it('says after the time-out what was received instead', async () => {
    const service = createFakeService();
    const device = await service.device({ deviceId: 'phone' });
    await service.line().say(created('c1', active('12345678-a')));
    const waiting = device.next(() => false, { timeoutMs: 500 }).catch((error: unknown) => error);
    service.timer.advance(500);
    expect(await waiting).toMatchObject({
      code: 'Timeout',
      message: 'iOS device phone: no matching message arrived within 500 ms; received: created "title 12345678-a" (12345678).',
    });
  });

  it('ends when the device is closed, and so does iterating over it', async () => {
    const service = createFakeService();
    const device = await service.device();
    await service.line().say(created('c1', active('a')));
    const seen: string[] = [];
    const iterating = (async () => {
      for await (const received of device) seen.push(received.kind);
    })();
    await settle();
    const waiting = device.next().catch((error: unknown) => error);
    await device.close();
    await iterating;
    expect(seen).toEqual(['notification']);
    expect(await waiting).toMatchObject({ code: 'Closed' });
    await expect(device.connect()).rejects.toThrow(DeviceError);
  });
});

describe('coming back', () => {
  it.each([1000, 1001, 1006, 1008, 1011])('[R8] comes back after a close with %i, from its last acknowledgement', async (code) => {
    const service = createFakeService();
    const device = await service.device();
    await service.line().say(created('c1', active('a')));
    await service.line().close({ code });
    expect(device.state).toBe('waiting');
    service.timer.advance(250);
    await settle();
    expect(service.lines).toHaveLength(2);
    expect(service.line().url.searchParams.get('cursor')).toBe('c1');
    await service.line().say(connected('c1'));
    expect(device.state).toBe('connected');
  });

  it.each([
    [4401, 'TokenExpired'],
    [4409, 'Replaced'],
    [4410, 'Gone'],
  ])('[R8] stays away after %i and reports why', async (code, reason) => {
    const service = createFakeService();
    const device = await service.device();
    const stops: string[] = [];
    device.on('stopped', (error) => stops.push(error.code));
    const waiting = device.next().catch((error: unknown) => error);
    await service.line().close({ code });
    service.timer.advance(60_000);
    await settle();
    expect(service.lines).toHaveLength(1);
    expect(stops).toEqual([reason]);
    expect(await waiting).toMatchObject({ code: reason });
  });

  it('[R8] comes back with a fresh token after 4401 when it can get one', async () => {
    const service = createFakeService();
    const tokens = ['t1', 't2', 't3'];
    const device = await service.device({ token: () => tokens.shift() ?? '' });
    await service.line().close({ code: 4401 });
    service.timer.advance(250);
    await settle();
    expect(service.lines.map(({ headers }) => headers['authorization'])).toEqual(['Bearer t2', 'Bearer t3']);
    expect(device.state).toBe('connecting');
  });

  it('backs off exponentially, with jitter, up to a limit', async () => {
    const service = createFakeService();
    const device = await service.device({ backOff: { initialMs: 100, maximumMs: 350 } });
    const waits: number[] = [];
    device.on('reconnecting', ({ delayMs }) => waits.push(delayMs));
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await service.line().close({ code: 1006 });
      service.timer.advance(350);
      await settle();
    }
    expect(waits).toEqual([75, 150, 262.5, 262.5]);
  });

  it('[R8] waits at least a second after 1013, and as long as Retry-After says', async () => {
    const service = createFakeService();
    const device = await service.device();
    const waits: number[] = [];
    device.on('reconnecting', ({ delayMs }) => waits.push(delayMs));
    await service.line().close({ code: 1013 });
    service.timer.advance(waits[0] ?? 0);
    await settle();
    await service.line().close({ refusal: { status: 503, body: {}, retryAfterSeconds: 7 } });
    expect(waits[0]).toBeGreaterThanOrEqual(1000);
    expect(waits[1]).toBeGreaterThanOrEqual(7000);
  });

  it('stops when the handshake is refused for good', async () => {
    const service = createFakeService();
    const device = await service.device();
    const stopped = new Promise<DeviceError>((resolve) => device.on('stopped', resolve));
    await service.line().close({ refusal: { status: 404, body: { error: { code: 'NotFound', message: 'unknown UNSID' } } } });
    expect(await stopped).toMatchObject({ code: 'Gone', message: 'The device socket was refused: 404 NotFound: unknown UNSID' });
  });

  it('stays away between disconnect and connect', async () => {
    const service = createFakeService();
    const device = await service.device();
    await device.disconnect();
    service.timer.advance(60_000);
    await settle();
    expect(service.lines).toHaveLength(1);
    const connecting = device.connect();
    await settle();
    await service.line().say(connected());
    await connecting;
    expect(device.state).toBe('connected');
  });

  it('does not come back when asked to', async () => {
    const service = createFakeService();
    const device = await service.device({ autoReconnect: false });
    const stopped = new Promise<DeviceError>((resolve) => device.on('stopped', resolve));
    await service.line().close({ code: 1006, reason: 'gone' });
    expect(await stopped).toMatchObject({ code: 'Disconnected', message: 'The connection was lost: 1006 gone' });
  });
});

describe('starting', () => {
  it('[D8] waits as asked while the service is busy, then subscribes', async () => {
    const service = createFakeService();
    const busy = { status: 429, body: { error: { code: 'TooManyRequests', message: 'm' } }, headers: { 'retry-after': '2' } };
    service.answer('POST /prefix/client/v1/subscriptions', busy, { status: 200, body: subscription });
    const starting = service.start();
    await settle();
    expect(service.calls).toHaveLength(1);
    service.timer.advance(3000);
    await settle();
    await service.line().say(connected());
    expect((await starting).unsid).toBe(subscription.userNotificationSubscriptionId);
  });

  it('says why the service refuses', async () => {
    const service = createFakeService();
    service.answer('POST /prefix/client/v1/subscriptions', { status: 409, body: { error: { code: 'Conflict', message: 'is iOS' } } });
    await expect(service.start()).rejects.toMatchObject({ code: 'Refused', message: 'Subscribing was refused: 409 Conflict: is iOS' });
  });

  it('gives up when connected does not come in time', async () => {
    const service = createFakeService();
    const starting = service.start({ connectTimeoutMs: 1000 }).catch((error: unknown) => error);
    await settle();
    service.timer.advance(1000);
    expect(await starting).toMatchObject({ code: 'Timeout' });
    expect(service.line().isClosedByDevice()).toBe(true);
  });

  it('is given up when it is aborted while it connects', async () => {
    const service = createFakeService();
    const abort = new AbortController();
    const starting = service.start({ signal: abort.signal }).catch((error: unknown) => error);
    await settle();
    abort.abort();
    expect(await starting).toMatchObject({ code: 'Disconnected' });
    expect(service.line().isClosedByDevice()).toBe(true);
  });

  it('is given up at once when it is aborted while the service does not answer', async () => {
    const service = createFakeService();
    const abort = new AbortController();
    const reason = new Error('the person has quit');
    const silent: typeof fetch = (_input, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)));
    const starting = service.start({ signal: abort.signal, fetch: silent }).catch((error: unknown) => error);
    await settle();
    abort.abort(reason);
    expect(await starting).toBe(reason);
  });

  it('is given up at once when it is aborted while it waits for a busy service', async () => {
    const service = createFakeService();
    const abort = new AbortController();
    const busy = { status: 429, body: {}, headers: { 'retry-after': '3600' } };
    service.answer('POST /prefix/client/v1/subscriptions', busy);
    const starting = service.start({ signal: abort.signal }).catch((error: unknown) => error);
    await settle();
    abort.abort('quit');
    expect(await starting).toBe('quit');
    service.timer.advance(7_200_000);
    await settle();
    expect(service.calls).toHaveLength(1);
  });

  it('is not taken in by a server that answers 200 without a subscription', async () => {
    const service = createFakeService();
    service.answer('POST /prefix/client/v1/subscriptions', { status: 200, body: { hello: 'world' } });
    await expect(service.start()).rejects.toThrow('Subscribing: the response is not a subscription');
  });

  it('has its listeners in place before the first message', async () => {
    const service = createFakeService();
    const seen: string[] = [];
    const starting = service.start({
      listeners: {
        subscribed: () => seen.push('subscribed'),
        connected: () => seen.push('connected'),
        notification: () => seen.push('notification'),
      },
    });
    await settle();
    await Promise.all([service.line().say(connected()), service.line().say(created('c1', active('a')))]);
    await starting;
    expect(seen).toEqual(['subscribed', 'connected', 'notification']);
  });
});

describe('fetching', () => {
  const list = 'GET /prefix/client/v1/notifications';

  it('[F24] fetches on a signal from its own last cursor until there is no more, then acknowledges the signal', async () => {
    const service = createFakeService();
    const device = await service.device();
    await service.line().say(created('c1', active('a')));
    service.answer(
      list,
      { status: 200, body: { value: [active('b')], cursor: 'c2', more: true } },
      { status: 200, body: { value: [active('a', { readState: 'Read' })], cursor: 'c3', more: false } },
    );
    await service.line().say({ type: 'signal', cursor: 'c3' });
    expect(service.calls.slice(1)).toEqual([`${list}?since=c1&$top=500`, `${list}?since=c2&$top=500`]);
    expect(device.received.slice(1)).toMatchObject([
      { change: 'created', via: 'fetch', notification: { id: 'b' } },
      { change: 'updated', via: 'fetch', notification: { id: 'a' }, previous: { readState: 'Unread' } },
    ]);
    expect(service.line().acknowledged).toEqual(['c1', 'c3']);
  });

  it('[F24] does not show again what a fetch has brought before its push', async () => {
    const service = createFakeService();
    const device = await service.device();
    service.answer(list, { status: 200, body: { value: [active('a'), active('b', { displayTimeToLive: 5 })], cursor: 'c2', more: false } });
    await service.line().say({ type: 'signal', cursor: 'c1' });
    await service.line().say(created('c2', active('b', { displayTimeToLive: 4 })));
    await service.line().say({ type: 'signal', cursor: 'c2' });
    expect(device.received).toHaveLength(2);
  });

  it('[R3] reads the history anew when the position was lost, and reports what is gone', async () => {
    const service = createFakeService();
    const device = await service.device();
    await service.line().say(created('c1', active('a')));
    await service.line().say(created('c2', active('b')));
    const gone: string[] = [];
    device.on('refetched', (event) => gone.push(...event.gone));
    await service.line().close({ code: 1001 });
    service.timer.advance(250);
    await settle();
    service.answer(
      list,
      { status: 200, body: { value: [active('b'), active('x')], cursor: 'n2', more: false, syncCursor: 'n5' } },
      { status: 200, body: { value: [], cursor: 'n6', more: false } },
    );
    await service.line().say(connected('n4', false));
    await service.line().say({ type: 'signal', cursor: 'n6' });
    expect(device.received.slice(2)).toMatchObject([{ change: 'created', via: 'fetch', notification: { id: 'x' } }]);
    expect([...device.notifications.keys()].sort()).toEqual(['b', 'x']);
    expect(gone).toEqual(['a']);
    expect(service.calls.slice(1)).toEqual([`${list}?status=Active&$top=500`, `${list}?since=n5&$top=500`]);
    expect(service.line().acknowledged).toEqual(['n4', 'n6']);
  });

  it('reads the history when the service no longer knows the cursor', async () => {
    const service = createFakeService();
    const device = await service.device();
    service.answer(
      list,
      { status: 410, body: { error: { code: 'Gone', message: 'm' } } },
      { status: 200, body: { value: [active('a')], cursor: 'n1', more: false, syncCursor: 'n1' } },
    );
    await service.line().say({ type: 'signal', cursor: 'n1' });
    expect(device.received).toMatchObject([{ via: 'fetch', notification: { id: 'a' } }]);
  });

  it('[R2] drops the line when a fetch fails, and acknowledges nothing that came after it', async () => {
    const service = createFakeService();
    const device = await service.device();
    service.answer(list, { status: 500, body: {} });
    const line = service.line();
    await Promise.all([line.say({ type: 'signal', cursor: 'c1' }), line.say(created('c2', active('b')))]);
    expect(line.isClosedByDevice()).toBe(true);
    expect(line.acknowledged).toEqual([]);
    expect(device.state).toBe('waiting');
  });
});

describe('battery saver', () => {
  it('[F16] holds raw pushes back, shows visual ones, and acknowledges neither before it is off', async () => {
    const service = createFakeService();
    const device = await service.device({ batterySaver: true });
    await service.line().say(created('c1', raw('a')));
    await service.line().say(created('c2', active('b')));
    expect(device.received).toMatchObject([{ notification: { id: 'b' } }]);
    expect(service.line().acknowledged).toEqual([]);
    await device.setBatterySaver(false);
    expect(device.received).toMatchObject([{ notification: { id: 'b' } }, { notification: { id: 'a' } }]);
    expect(service.line().acknowledged).toEqual(['c2']);
  });

  it('shows one that was held back and changed in its latest state, and none that was deleted', async () => {
    const service = createFakeService();
    const device = await service.device({ batterySaver: true });
    await service.line().say(created('c1', raw('a')));
    await service.line().say(created('c2', raw('b')));
    await service.line().say({ type: 'notification', change: 'updated', cursor: 'c3', notification: raw('a', { readState: 'Read' }) });
    const { id, application, creationDateTime, expirationDateTime } = raw('b');
    const tombstone = {
      id,
      application,
      creationDateTime,
      expirationDateTime,
      lastModifiedDateTime: creationDateTime,
      status: 'Deleted',
    } as const;
    await service.line().say({ type: 'notification', change: 'deleted', cursor: 'c4', notification: tombstone });
    await device.setBatterySaver(false);
    expect(device.received).toMatchObject([{ change: 'created', notification: { id: 'a', readState: 'Read' } }]);
    expect(service.line().acknowledged).toEqual(['c4']);
  });

  it('does not take one that is delivered again for a new one while it is held back', async () => {
    const service = createFakeService();
    const device = await service.device({ batterySaver: true });
    await service.line().say(created('c1', raw('a')));
    await service.line().close({ code: 1006 });
    service.timer.advance(250);
    await settle();
    await service.line().say(connected('c0'));
    await service.line().say(created('c1', raw('a')));
    await device.setBatterySaver(false);
    expect(device.received).toHaveLength(1);
    expect(service.line().acknowledged).toEqual(['c1']);
  });

  it('holds signals back too, and fetches when it is off', async () => {
    const service = createFakeService();
    const device = await service.device({ batterySaver: true });
    service.answer('GET /prefix/client/v1/notifications', { status: 200, body: { value: [raw('a')], cursor: 'c1', more: false } });
    await service.line().say({ type: 'signal', cursor: 'c1' });
    expect(service.calls).toHaveLength(1);
    await device.setBatterySaver(false);
    expect(device.received).toMatchObject([{ via: 'fetch', notification: { id: 'a' } }]);
    expect(service.line().acknowledged).toEqual(['c1']);
  });
});

describe('closing', () => {
  it('[D3] unsubscribes also when it was closed without before, once, and again after a failure', async () => {
    const service = createFakeService();
    const device = await service.device();
    await device.close();
    service.answer('DELETE ', { status: 503, body: {} }, { status: 204 });
    await expect(device.close({ unsubscribe: true })).rejects.toMatchObject({ code: 'Refused' });
    await Promise.all([device.close({ unsubscribe: true }), device.close({ unsubscribe: true })]);
    await device.close();
    expect(service.calls.filter((call) => call.startsWith('DELETE '))).toHaveLength(2);
  });

  it('leaves no listener on the signal', async () => {
    const service = createFakeService();
    const { signal } = new AbortController();
    const device = await service.device({ signal });
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await device.close();
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it.each([
    [closeCodes.subscriptionGone.reasons.reset, true],
    [closeCodes.subscriptionGone.reasons.ended, false],
    ['', false],
  ])('[R8] distinguishes a subscription that was forgotten from one that is gone: %s', async (reason, forgotten) => {
    const service = createFakeService();
    const device = await service.device();
    const stops: DeviceError[] = [];
    device.on('stopped', (error) => stops.push(error));
    await service.line().close({ code: 4410, reason });
    expect(stops).toMatchObject([{ code: 'Gone', closing: { code: 4410, reason } }]);
    expect(stops.map(isForgotten)).toEqual([forgotten]);
  });
});
