// What is meant for a device: targeting, origin, web endpoints, signals.
import { describe, expect, it } from 'vitest';
import type { ServerMessage } from '../../src/documents/socket-spec.ts';
import type { PlatformType } from '../../src/domain/model.ts';
import { type Subscribed, type TestEmulator, useEmulators, visualBody } from '../support/emulator.ts';

const start = useEmulators();
const platforms = ['Windows', 'iOS', 'Android', 'WebPush'] as const;
const raw = (rawContent: string) => ({ payload: { rawContent } });

/** Change and raw content of each notification message. */
const contentsOf = (messages: readonly ServerMessage[]) =>
  messages.flatMap((message) => {
    if (message.type !== 'notification') return [];
    const { notification, change } = message;
    return [`${change} ${notification.status === 'Active' ? notification.payload.rawContent : 'tombstone'}`];
  });

async function startWithAdele(...parts: Parameters<typeof start>) {
  const emulator = await start(...parts);
  const pc = await emulator.subscribe('adele');
  const phone = await emulator.subscribe('adele', { platform: 'iOS' });
  return { emulator, pc, phone };
}

async function onAllPlatforms(emulator: TestEmulator): Promise<Record<PlatformType, Subscribed>> {
  const subscribe = (platform: PlatformType) => emulator.subscribe('adele', { platform });
  return {
    Windows: await subscribe('Windows'),
    iOS: await subscribe('iOS'),
    Android: await subscribe('Android'),
    WebPush: await subscribe('WebPush'),
  };
}

describe('what is meant for a device', () => {
  it.each(platforms)('[F14][R4] of %s is what targets its platform', async (platform) => {
    const emulator = await start();
    const subscribed = await onAllPlatforms(emulator);
    const device = await emulator.connect(subscribed[platform]);
    for (const target of platforms) {
      await emulator.publish(subscribed.Windows, { ...raw(target), targetPolicy: { platformTypes: [target.toLowerCase()] } });
    }
    await emulator.publish(subscribed.Windows, raw('all'));
    expect(contentsOf(await device.rest())).toEqual([`created ${platform}`, 'created all']);
  });

  it('[F20][R1] comes to every device of the user and application, and to no one else', async () => {
    const emulator = await start();
    const subscribed = Object.values(await onAllPlatforms(emulator));
    const others = [await emulator.subscribe('bert'), await emulator.subscribe('adele', { application: 'fabrikam.example' })];
    const mine = await Promise.all(subscribed.map((one) => emulator.connect(one)));
    const theirs = await Promise.all(others.map((one) => emulator.connect(one)));
    const [first] = subscribed;
    if (first) await emulator.publish(first, raw('for adele'));
    for (const device of mine) expect(contentsOf(await device.rest())).toEqual(['created for adele']);
    for (const device of theirs) expect(await device.rest()).toEqual([]);
  });

  it('[F27][R4] is every change but its own', async () => {
    const { emulator, pc, phone } = await startWithAdele();
    const { id } = await emulator.publish(pc, raw('one'));
    const [onPc, onPhone] = [await emulator.connect(pc), await emulator.connect(phone)];
    await emulator.patch(pc, id, { readState: 'Read' });
    await emulator.patch(phone, id, { userActionState: 'Dismissed' });
    await emulator.remove(pc, id);
    expect(contentsOf(await onPc.rest())).toEqual(['created one', 'updated one']);
    expect(contentsOf(await onPhone.rest())).toEqual(['created one', 'updated one', 'deleted tombstone']);
  });

  it('[F27][F29][R4] on a web endpoint is new raw content only', async () => {
    const { emulator, pc } = await startWithAdele();
    const web = await emulator.subscribe('adele', { platform: 'WebPush' });
    const device = await emulator.connect(web);
    const { id } = await emulator.publish(pc, { ...raw('one'), appNotificationId: 'build-42' });
    await emulator.patch(pc, id, { readState: 'Read' });
    await emulator.publish(pc, { ...raw('two'), appNotificationId: 'build-42' });
    await emulator.remove(pc, id);
    expect(contentsOf(await device.rest())).toEqual(['created one', 'updated two']);
  });

  it('[D11][F29] on a web endpoint is never visual: not alone, and cut off beside raw content', async () => {
    const { emulator, pc } = await startWithAdele();
    const web = await emulator.connect(await emulator.subscribe('adele', { platform: 'WebPush' }));
    const windows = await emulator.connect(pc);
    await emulator.publish(pc, visualBody);
    const both = { rawContent: 'both', visualContent: { title: 'seen' } };
    await emulator.publish(pc, { payload: both });
    expect(await web.nextOf('notification')).toMatchObject({ notification: { payload: { rawContent: 'both' } } });
    expect(web.messages.at(-1)).not.toHaveProperty('notification.payload.visualContent');
    expect(await web.rest()).toEqual([]);
    expect(await windows.nextOf('notification')).toMatchObject({ notification: { payload: visualBody.payload } });
    expect(await windows.nextOf('notification')).toMatchObject({ notification: { payload: both } });
  });

  it('[D5][R4] after an update is what its new targetPolicy says', async () => {
    const { emulator, pc, phone } = await startWithAdele();
    const [onPc, onPhone] = [await emulator.connect(pc), await emulator.connect(phone)];
    await emulator.publish(pc, { ...raw('one'), appNotificationId: 'a' });
    await emulator.publish(pc, { ...raw('two'), appNotificationId: 'a', targetPolicy: { platformTypes: ['iOS'] } });
    expect(contentsOf(await onPc.rest())).toEqual(['created one']);
    expect(contentsOf(await onPhone.rest())).toEqual(['created one', 'updated two']);
  });
});

describe('signals', () => {
  it('[F24] are sent instead of notifications when asked for, and lead to what changed', async () => {
    const { emulator, pc } = await startWithAdele({ push: 'signal' });
    const { syncCursor } = await emulator.list(pc);
    const device = await emulator.connect(pc);
    const { id } = await emulator.publish(pc);
    const signal = await device.nextOf('signal');
    const page = await emulator.list(pc, `?since=${syncCursor}`);
    expect([page.cursor, page.value.map((one) => one.id)]).toEqual([signal.cursor, [id]]);
    device.ack(signal.cursor);
    expect(await device.rest()).toEqual([]);
  });

  it('[F24][F27] are not sent for what is not meant for the device', async () => {
    const { emulator, pc, phone } = await startWithAdele({ push: 'signal' });
    const device = await emulator.connect(phone);
    await emulator.publish(pc, { targetPolicy: { platformTypes: ['Windows'] } });
    expect(await device.rest()).toEqual([]);
  });

  it('[F24] replace a notification message over 256 KiB', async () => {
    const { emulator, pc } = await startWithAdele();
    const device = await emulator.connect(pc);
    await emulator.publish(pc, raw('x'.repeat(255 * 1024)));
    expect((await device.next()).type).toBe('notification');
    const { id } = await emulator.publish(pc, raw('x'.repeat(257 * 1024)));
    const { cursor } = await device.nextOf('signal');
    expect((await emulator.list(pc)).cursor).toBe(cursor);
    expect((await emulator.get(pc, id)).body.payload.rawContent).toHaveLength(257 * 1024);
  });
});
