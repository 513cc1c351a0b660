// The Graph surface's contract for bodies: what is valid, what is not, and what is taken when nothing is said.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { application, type NotificationBody, serverToken, type TestEmulator, useEmulators } from '../support/emulator.ts';
import { errorOf, targetsOf } from '../support/http-call.ts';

const start = useEmulators();
const good = { targetHostName: application, payload: { rawContent: 'x' } };

async function startWithAdele() {
  const emulator = await start();
  const { unsid } = await emulator.subscribe('adele');
  return { emulator, unsid, post: (json: unknown) => postTo(emulator, unsid, json) };
}
const postTo = (emulator: TestEmulator, unsid: string, json: unknown) =>
  emulator.send<NotificationBody>({ path: '/beta/me/notifications', token: serverToken, unsid, json });

function payloads(folder: 'valid' | 'invalid'): readonly (readonly [string, unknown])[] {
  const url = new URL(`../../fixtures/payloads/${folder}/`, import.meta.url);
  return readdirSync(url).map((name) => [name, JSON.parse(readFileSync(new URL(name, url), 'utf8'))] as const);
}

describe('the payloads of fixtures/payloads', () => {
  it('[F12][F14][F16][D6] that are valid are accepted and read as they were sent', async () => {
    const { emulator, unsid, post } = await startWithAdele();
    for (const [name, body] of payloads('valid')) {
      const answer = await post(body);
      expect(answer.status, `${name}: ${answer.text}`).toBe(201);
      const sent = (body as typeof good).payload;
      expect((await emulator.get({ alias: 'adele', unsid }, answer.body.id)).body.payload, name).toEqual({
        ...('rawContent' in sent ? { rawContent: sent.rawContent } : {}),
        ...('visualContent' in sent ? { visualContent: sent.visualContent } : {}),
      });
    }
  });

  it('[F12][F16][F18][D2] that are invalid are 400 and stored nowhere', async () => {
    const { emulator, unsid, post } = await startWithAdele();
    for (const [name, body] of payloads('invalid')) {
      const answer = await post(body);
      expect([answer.status, errorOf(answer).code], name).toEqual([400, 'BadRequest']);
    }
    expect((await emulator.list({ alias: 'adele', unsid })).value).toEqual([]);
  });
});

describe('what is taken when nothing is said', () => {
  it.each([
    ['None', { rawContent: 'x' }],
    ['High', { visualContent: { title: 't' } }],
    ['High', { rawContent: 'x', visualContent: { title: 't' } }],
  ])('[F13][D9] is the priority %s for %j', async (priority, payload) => {
    const { post } = await startWithAdele();
    expect((await post({ targetHostName: application, payload })).body.priority).toBe(priority);
  });

  it.each(['None', 'High', 'Low'])('[F13] is not in the way of the priority %s', async (priority) => {
    const { post } = await startWithAdele();
    expect((await post({ ...good, priority })).body.priority).toBe(priority);
    expect((await post({ targetHostName: application, payload: { visualContent: { title: 't' } }, priority })).body.priority).toBe(
      priority,
    );
  });
});

describe('a wrong data type', () => {
  const wrong: readonly (readonly [string, (value: unknown) => object, readonly unknown[]])[] = [
    ['/targetHostName', (value) => ({ targetHostName: value }), [5, null, {}, [], true]],
    ['/appNotificationId', (value) => ({ appNotificationId: value }), [5, {}, [], true]],
    ['/groupName', (value) => ({ groupName: value }), [5, {}, [], true]],
    ['/expirationDateTime', (value) => ({ expirationDateTime: value }), [5, {}, 'tomorrow', '2019-08-30']],
    ['/displayTimeToLive', (value) => ({ displayTimeToLive: value }), ['soon', '', '1.5', {}, [60], true]],
    ['/priority', (value) => ({ priority: value }), [1, {}, ['High']]],
    ['/payload', (value) => ({ payload: value }), ['x', 5, null, []]],
    ['/payload/rawContent', (value) => ({ payload: { rawContent: value } }), [5, {}, []]],
    ['/payload/visualContent', (value) => ({ payload: { visualContent: value } }), ['x', 5, []]],
    ['/payload/visualContent/title', (value) => ({ payload: { visualContent: { title: value } } }), [5, null, {}]],
    ['/payload/visualContent/body', (value) => ({ payload: { visualContent: { title: 't', body: value } } }), [5, {}]],
    ['/targetPolicy', (value) => ({ targetPolicy: value }), ['iOS', 5, []]],
    ['/targetPolicy/platformTypes', (value) => ({ targetPolicy: { platformTypes: value } }), [5, {}]],
    ['/targetPolicy/platformTypes/0', (value) => ({ targetPolicy: { platformTypes: [value] } }), [5, null, {}, ['iOS']]],
    ['/fallbackPolicy', (value) => ({ fallbackPolicy: value }), ['x', 5, []]],
    ['/fallbackPolicy/endpointFallback', (value) => ({ fallbackPolicy: { endpointFallback: value } }), ['x', 5, null, []]],
  ];

  it.each(wrong)('[D7][F18] of %s is 400 and pointed at', async (target, withValue, values) => {
    const { post } = await startWithAdele();
    for (const value of values) {
      const answer = await post({ ...good, ...withValue(value) });
      expect([answer.status, errorOf(answer).innerError.code, ...new Set(targetsOf(answer))], JSON.stringify(value)).toEqual([
        400,
        'InvalidBody',
        target,
      ]);
    }
  });
});
