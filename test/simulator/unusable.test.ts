// A device of a service whose answers are of no use: it ends with one clear error, and neither waits nor asks for ever.
import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/client/client.ts';
import { DeviceError } from '../../src/simulator/device-error.ts';
import { fetchSince } from '../../src/simulator/sync.ts';
import { settle } from '../support/time.ts';
import { active, connected, created, createFakeService, raw, subscription, unsid } from './fake-service.ts';

const SUBSCRIBE = 'POST /prefix/client/v1/subscriptions';
const LIST = 'GET /prefix/client/v1/notifications';

describe('subscribing', () => {
  it.each([
    ['without a socketUrl', { ...subscription, socketUrl: undefined }, '/socketUrl is missing or has the wrong type'],
    ['without a device id', { ...subscription, deviceId: 7 }, '/deviceId is missing or has the wrong type'],
    ['with a relative socketUrl', { ...subscription, socketUrl: '/client/v1/socket' }, 'the socketUrl /client/v1/socket is not a URL'],
    ['with a socketUrl of another scheme', { ...subscription, socketUrl: 'http://service.example/' }, 'is not a ws or wss URL'],
    ['with a text', 'hello', '/userNotificationSubscriptionId is missing'],
    ['with a list', [], '/userNotificationSubscriptionId is missing'],
  ])('ends with Unusable when it is answered %s', async (_what, body, text) => {
    const service = createFakeService();
    service.answer(SUBSCRIBE, { status: 201, body });
    const error = await service.start().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DeviceError);
    expect(error).toMatchObject({ code: 'Unusable', message: expect.stringContaining(text) });
    expect(service.lines).toEqual([]);
  });

  it('sends no token to a ws socket of an https service', async () => {
    const service = createFakeService();
    const error = await service.start({ url: 'https://service.example/prefix' }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'Unusable', message: expect.stringContaining('is not wss although the service is https') });
    expect(service.lines).toEqual([]);
  });

  it.each(['3601', '3000000000', '9'.repeat(400)])('ends with Refused when it is asked to wait %s seconds', async (seconds) => {
    const service = createFakeService();
    service.answer(SUBSCRIBE, { status: 429, body: {}, headers: { 'retry-after': seconds } });
    await expect(service.start()).rejects.toThrow(
      /^Subscribing was refused: 429 .* \(it asked for a wait of \S+ s, and a device waits at most 3600 s\)$/,
    );
    expect(service.calls).toHaveLength(1);
  });
});

describe('a connected device', () => {
  it.each([['3601'], ['99999999999']])('ends when the next handshake is refused for %s seconds', async (seconds) => {
    const service = createFakeService();
    const device = await service.device();
    const stops: DeviceError[] = [];
    device.on('stopped', (error) => stops.push(error));
    const refusal = { status: 503, body: {}, retryAfterSeconds: Number(seconds) };
    await service.line().close({ code: 1006, refusal });
    expect(stops).toMatchObject([{ code: 'Refused', message: expect.stringContaining(`it asked for a wait of ${seconds} s`) }]);
  });

  const page = (more: object) => ({ status: 200, body: { value: [], more: true, cursor: 'c5', ...more } });
  it.each([
    ['the same cursor again and again', [page({ value: [active('a')] })], 'the list does not end: on page 2'],
    ['the cursor that was asked with', [page({ value: [active('a')], cursor: 'c0' })], 'the list does not end: on page 1'],
    ['new cursors and nothing else', Array.from({ length: 100 }, (_, n) => page({ cursor: `n${n}` })), 'the list does not end: on page 20'],
    ['no list', [{ status: 200, body: { cursor: 'c1', more: false } }], '/value is missing or has the wrong type'],
    [
      'a notification without states',
      [{ status: 200, body: { value: [{ id: 'a', status: 'Active' }], cursor: 'c1', more: false } }],
      '/value/0/',
    ],
    ['text', [{ status: 200, body: 'hello' }], '/value is missing or has the wrong type'],
    ['204', [{ status: 204 }], 'status 204 is not a response'],
  ])('ends with Unusable when what changed is answered with %s', async (_what, answers, text) => {
    const service = createFakeService();
    const device = await service.device();
    const stops: DeviceError[] = [];
    device.on('stopped', (error) => stops.push(error));
    service.answer(LIST, ...answers);
    await service.line().say({ type: 'signal', cursor: 'c1' });
    await settle();
    expect(stops).toMatchObject([{ code: 'Unusable', message: expect.stringContaining(text) }]);
    expect(device.state).toBe('stopped');
    expect(service.lines).toHaveLength(1);
    await expect(device.next(undefined, { timeoutMs: 10 })).rejects.toThrow(text);
  });

  it('ends with Unusable when the pages of a list take more memory than a device stores', async () => {
    let pages = 0;
    const endless: typeof globalThis.fetch = async () => {
      pages += 1;
      const value = [raw(`a${pages}`, { payload: { rawContent: 'x'.repeat(10_000) } })];
      return Response.json({ value, more: true, cursor: `n${pages}` });
    };
    const client = createClient({ url: 'http://service.example', token: 't', fetch: endless });
    await expect(fetchSince(client, unsid, { cursor: 'c0', maxBytes: 50_000 })).rejects.toMatchObject({
      code: 'Unusable',
      message: 'Reading what has changed: the list takes more than 50000 bytes of memory, the maximum that a device stores.',
    });
    expect(pages).toBe(3);
  });

  it('ends with Unusable when its battery saver would hold back more memory than a device stores', async () => {
    const service = createFakeService();
    const device = await service.device({ batterySaver: true });
    const stops: DeviceError[] = [];
    device.on('stopped', (error) => stops.push(error));
    const large = 'x'.repeat(30_000_000);
    for (let n = 1; n <= 5; n += 1) await service.line().say(created(`c${n}`, raw(`a${n}`, { payload: { rawContent: large } })));
    while (device.state !== 'stopped') await settle();
    expect(stops).toMatchObject([{ code: 'Unusable', message: expect.stringContaining('would hold back more than 268435456 bytes') }]);
  });

  it('drops the oldest of what it received when it takes more memory than the limit', async () => {
    const service = createFakeService();
    const device = await service.device({ memoryLimit: 50_000 });
    for (let n = 1; n <= 9; n += 1)
      await service.line().say(created(`c${n}`, raw(`a${n}`, { payload: { rawContent: 'x'.repeat(10_000) } })));
    expect([...device.notifications.keys()]).toEqual(['a8', 'a9']);
    expect(device.received).toHaveLength(2);
    expect(await device.next(undefined, { timeoutMs: 10 })).toMatchObject({ cursor: 'c8' });
    expect(await device.next(undefined, { timeoutMs: 10 })).toMatchObject({ cursor: 'c9' });
  });

  it.each([
    ['an id that no URL can hold', `"id":"${'x'.repeat(5000)}"`, '/notification/id'],
    ['20,000 nested lists', `"more":${'['.repeat(20_000)}${']'.repeat(20_000)}`, '/notification'],
  ])('reports a pushed notification with %s', async (_what, member, path) => {
    const service = createFakeService();
    const device = await service.device();
    const invalid: string[] = [];
    device.on('invalid', (reason) => invalid.push(reason));
    const text = JSON.stringify(created('c1', active('a')));
    await service.line().say(`${text.slice(0, -2)},${member}}}`);
    expect(invalid).toEqual([`The notification message is not valid at ${path}.`]);
    expect(device.received).toEqual([]);
  });

  it('goes on after a failed fetch that may succeed later, as before', async () => {
    const service = createFakeService();
    const device = await service.device();
    service.answer(LIST, { status: 503, body: {} });
    await service.line().say({ type: 'signal', cursor: 'c1' });
    expect(device.state).toBe('waiting');
    await device.close();
  });

  it.each([
    ['payload', { payload: undefined }, '/notification/payload'],
    ['a title', { payload: { visualContent: { body: 'x' } } }, '/notification/payload/visualContent/title'],
    ['a read state', { readState: 7 }, '/notification/readState'],
  ])('reports a pushed notification without %s, and neither shows nor acknowledges it', async (_what, broken, path) => {
    const service = createFakeService();
    const device = await service.device();
    const invalid: string[] = [];
    device.on('invalid', (reason) => invalid.push(reason));
    await service.line().say(JSON.stringify({ ...created('c1', active('a')), notification: { ...active('a'), ...broken } }));
    expect(invalid).toEqual([`The notification message is not valid at ${path}.`]);
    expect(device.received).toEqual([]);
    expect(service.line().acknowledged).toEqual([]);
  });

  it('gives its reading up when it is closed, so that nothing keeps the process alive', async () => {
    const service = createFakeService();
    let signal: AbortSignal | null | undefined;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      if (init?.method === 'POST') return Response.json(subscription, { status: 201 });
      expect(String(input)).toContain('/client/v1/notifications');
      signal = init?.signal;
      return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal?.reason)));
    };
    const starting = service.start({ fetch });
    await settle();
    await service.line().say(connected());
    const device = await starting;
    expect(device.unsid).toBe(unsid);
    await service.line().say({ type: 'signal', cursor: 'c1' });
    expect(signal?.aborted).toBe(false);
    await device.close();
    expect(signal?.aborted).toBe(true);
  });
});
