// Notifications for single subscriptions: who gets them, their changes and deletions, new content, and the fallback toast.
import { describe, expect, it } from 'vitest';
import type { ServerMessage } from '../../src/documents/socket-spec.ts';
import { rawBody, type Subscribed, serverToken, useEmulators } from '../support/emulator.ts';
import { errorOf } from '../support/http-call.ts';

const start = useEmulators();
const to = (...devices: readonly Subscribed[]) => ({ endpoints: { subscriptions: devices.map(({ unsid }) => unsid) } });
const changesIn = (messages: readonly ServerMessage[]) =>
  messages.flatMap((message) => (message.type === 'notification' ? [message.change] : message.type === 'toast' ? ['toast'] : []));

async function startWithPhones() {
  const emulator = await start();
  const subscribe = (deviceId: string, platform: 'iOS' | 'Windows' | 'WebPush' = 'iOS') =>
    emulator.subscribe('adele', { deviceId, platform });
  const [one, other, pc] = [await subscribe('one'), await subscribe('other'), await subscribe('pc', 'Windows')];
  return { emulator, one, other, pc, subscribe };
}

describe('a notification for single subscriptions', () => {
  it('[F52][R4] comes to them and to nobody else, and stays in the history of all', async () => {
    const { emulator, one, other, pc } = await startWithPhones();
    const devices = [await emulator.connect(one), await emulator.connect(other), await emulator.connect(pc)];
    await emulator.publish(one, { targetPolicy: to(one, pc, pc) });
    expect(await Promise.all(devices.map(async (device) => changesIn(await device.rest())))).toEqual([['created'], [], ['created']]);
    expect((await emulator.list(other)).value).toHaveLength(1);
  });

  it('[F52] has to be for their platform too', async () => {
    const { emulator, one, pc, subscribe } = await startWithPhones();
    const browser = await subscribe('browser', 'WebPush');
    const devices = [await emulator.connect(one), await emulator.connect(pc), await emulator.connect(browser)];
    await emulator.publish(one, { targetPolicy: { platformTypes: ['windows', 'webpush'], ...to(one, pc, browser) } });
    await emulator.publish(one, { payload: { visualContent: { title: 'Hi' } }, targetPolicy: to(browser) });
    expect(await Promise.all(devices.map(async (device) => changesIn(await device.rest())))).toEqual([[], ['created'], ['created']]);
  });

  it('[F52][D5][D32] with new content comes to those that it names now, as `created` to whom it is new', async () => {
    const { emulator, one, other, pc } = await startWithPhones();
    const devices = [await emulator.connect(one), await emulator.connect(other), await emulator.connect(pc)];
    const more = { appNotificationId: 'build' };
    await emulator.publish(one, { ...more, targetPolicy: to(one) });
    await devices[0]?.nextOf('notification');
    await emulator.publish(one, { ...more, targetPolicy: to(other) });
    await devices[1]?.nextOf('notification');
    await emulator.publish(one, { ...more, targetPolicy: to(one, other) });
    await devices[0]?.nextOf('notification');
    const { id } = await emulator.publish(one, { ...more, targetPolicy: { platformTypes: ['Windows'] } });
    await devices[2]?.nextOf('notification');
    await emulator.remove(pc, id);
    const rests = await Promise.all(devices.map(async (device) => changesIn(await device.rest())));
    expect(rests).toEqual([['deleted'], ['updated', 'deleted'], []]);
  });

  it('[F52][D32] keeps its changes and its deletion among them, also after they were away', async () => {
    const { emulator, one, other, pc } = await startWithPhones();
    const { id } = await emulator.publish(one, { targetPolicy: to(one, pc) });
    const first = await emulator.connect(one);
    await first.nextOf('notification');
    await emulator.patch(pc, id, { readState: 'Read' });
    expect((await first.nextOf('notification')).change).toBe('updated');
    await emulator.remove(pc, id);
    expect((await first.nextOf('notification')).change).toBe('deleted');
    expect(changesIn(await (await emulator.connect(other)).rest())).toEqual([]);
  });

  it('[F52][F16] sends its fallback toast to them alone', async () => {
    const { emulator, one, other } = await startWithPhones();
    const endpointFallback = { platformTypes: ['iOS'], fallbackDelayInSeconds: 60, visualContent: { title: 'Hi' } };
    await emulator.publish(one, { priority: 'High', targetPolicy: to(one), fallbackPolicy: { endpointFallback } });
    await emulator.send({ path: '/_emulator/v1/clock/advance', json: { seconds: 61 } });
    expect(changesIn(await (await emulator.connect(one)).rest())).toEqual(['created', 'toast']);
    expect(changesIn(await (await emulator.connect(other)).rest())).toEqual([]);
  });

  it('[D32] that are unknown, have ended or are of another user or application is 400', async () => {
    const { emulator, one, other } = await startWithPhones();
    const bert = await emulator.subscribe('bert');
    const elsewhere = await emulator.subscribe('adele', { application: 'fabrikam.example' });
    await emulator.send({ method: 'DELETE', path: `/client/v1/subscriptions/${other.unsid}`, token: 'dev.user.adele' });
    const subscriptions = [one.unsid, 'unknown', other.unsid, bert.unsid, elsewhere.unsid];
    const json = { ...rawBody, targetPolicy: { endpoints: { subscriptions } } };
    const answer = await emulator.send({ path: '/beta/me/notifications', token: serverToken, unsid: one.unsid, json });
    expect([answer.status, errorOf(answer).innerError.code]).toEqual([400, 'InvalidBody']);
    const message = 'is unknown, expired or unsubscribed, or not of this user and application';
    const details = [1, 2, 3, 4].map((index) => ({ code: 'unusable', target: `/targetPolicy/endpoints/subscriptions/${index}`, message }));
    expect(errorOf(answer).details).toEqual(details);
    expect((await emulator.list(one)).value).toEqual([]);
  });

  it('[D32] are judged in time that grows with their number alone', async () => {
    const { emulator, one } = await startWithPhones();
    const known = Array.from({ length: 80_000 }, () => one.unsid);
    const post = async (subscriptions: readonly string[]) => {
      const begun = performance.now();
      const json = { ...rawBody, targetPolicy: { endpoints: { subscriptions } } };
      const answer = await emulator.send({ path: '/beta/me/notifications', token: serverToken, unsid: one.unsid, json });
      return { answer, took: performance.now() - begun };
    };
    const allKnown = await post(known);
    expect(allKnown.answer.status).toBe(201);
    const { answer, took } = await post([...known, ...Array.from({ length: 250_000 }, () => 'a')]);
    const details = errorOf(answer).details ?? [];
    expect([answer.status, details.length, details[0]?.target]).toEqual([400, 100, '/targetPolicy/endpoints/subscriptions/80000']);
    // Four times as many take more than a hundred times as long where each is compared with all others.
    expect(took).toBeLessThan(40 * allKnown.took);
  });
});
