// Fallback toasts: to whom, when, once, and what keeps them away.
import { describe, expect, it } from 'vitest';
import type { ServerMessage } from '../../src/documents/socket-spec.ts';
import { useEmulators } from '../support/emulator.ts';

const start = useEmulators();
const fallback = (more: object = {}) => ({
  payload: { rawContent: 'build 42' },
  priority: 'High',
  fallbackPolicy: { endpointFallback: { platformTypes: ['iOS'], fallbackDelayInSeconds: 60, visualContent: { title: 'Build finished' } } },
  ...more,
});
const typesOf = (messages: readonly ServerMessage[]) => messages.map(({ type }) => type);

async function startWithPhone(...parts: Parameters<typeof start>) {
  const emulator = await start(...parts);
  const phone = await emulator.subscribe('adele', { platform: 'iOS' });
  return { emulator, phone, advance: emulator.emulator.advance };
}

describe('a fallback toast', () => {
  it('[F16][R9] comes after the delay to a device that has not fetched, with its visualContent and cursor', async () => {
    const { emulator, phone, advance } = await startWithPhone();
    const device = await emulator.connect(phone);
    const { id } = await emulator.publish(phone, fallback());
    const { cursor } = await device.nextOf('notification');
    await advance(59.999);
    expect(await device.rest()).toEqual([]);
    await advance(0.001);
    expect(await device.nextOf('toast')).toEqual({
      type: 'toast',
      cursor,
      notificationId: id,
      visualContent: { title: 'Build finished' },
      reason: 'fallback',
    });
  });

  it('[R9] comes once on each connection until it is acknowledged, and never after that', async () => {
    const { emulator, phone, advance } = await startWithPhone();
    const device = await emulator.connect(phone);
    await emulator.publish(phone, fallback());
    await advance(60);
    const messages = await device.rest();
    expect(typesOf(messages)).toEqual(['notification', 'toast']);
    await advance(600);
    expect(await device.rest()).toEqual([]);
    device.terminate();
    await device.closed;
    const second = await emulator.connect(phone);
    expect(typesOf(await second.rest())).toEqual(['notification', 'toast']);
    second.ack((messages[0] as { cursor: string }).cursor);
    await second.close();
    expect(await (await emulator.connect(phone)).rest()).toEqual([]);
  });

  it('[R9] waits for a device that is away until it connects', async () => {
    const { emulator, phone, advance } = await startWithPhone();
    await emulator.publish(phone, fallback());
    await advance(3600);
    expect(typesOf(await (await emulator.connect(phone)).rest())).toEqual(['notification', 'toast']);
  });

  it('[R9] is not kept beyond the expiry of its notification', async () => {
    const { emulator, phone, advance } = await startWithPhone();
    await emulator.publish(phone, fallback());
    await advance(8 * 86_400);
    expect(await (await emulator.connect(phone)).rest()).toEqual([]);
  });

  it('[R9] is kept away by an acknowledgement', async () => {
    const { emulator, phone, advance } = await startWithPhone();
    const device = await emulator.connect(phone);
    await emulator.publish(phone, fallback());
    device.ack((await device.nextOf('notification')).cursor);
    await device.rest();
    await advance(60);
    expect(await device.rest()).toEqual([]);
  });

  it('[R9][R2] is kept away by connecting with its cursor', async () => {
    const { emulator, phone, advance } = await startWithPhone();
    const first = await emulator.connect(phone);
    await emulator.publish(phone, fallback());
    const { cursor } = await first.nextOf('notification');
    await first.close();
    const second = await emulator.connect(phone, { cursor });
    await advance(60);
    expect(await second.rest()).toEqual([]);
  });

  it('[R9] is kept away by reading the notification over HTTP', async () => {
    const { emulator, phone, advance } = await startWithPhone();
    const tablet = await emulator.subscribe('adele', { platform: 'iOS', deviceId: 'tablet' });
    const other = await emulator.subscribe('adele', { platform: 'iOS', deviceId: 'other' });
    const { id } = await emulator.publish(phone, fallback());
    await emulator.get(phone, id);
    await emulator.list(tablet);
    await advance(60);
    for (const [device, types] of [
      [phone, []],
      [tablet, []],
      [other, ['toast']],
    ] as const) {
      const messages = await (await emulator.connect(device)).rest();
      expect(typesOf(messages).filter((type) => type === 'toast')).toEqual(types);
    }
  });

  it('[R9] of a deleted notification never comes, pending or not', async () => {
    const { emulator, phone, advance } = await startWithPhone();
    const pc = await emulator.subscribe('adele');
    const [early, late] = [await emulator.publish(phone, fallback()), await emulator.publish(phone, fallback())];
    await emulator.remove(pc, early.id);
    await advance(60);
    await emulator.remove(pc, late.id);
    expect(typesOf(await (await emulator.connect(phone)).rest())).not.toContain('toast');
  });

  it('[F16] comes to iOS devices only, each for itself', async () => {
    const { emulator, phone, advance } = await startWithPhone();
    const platforms = ['Windows', 'Android', 'WebPush'] as const;
    const others = await Promise.all(platforms.map(async (platform) => emulator.connect(await emulator.subscribe('adele', { platform }))));
    const tablet = await emulator.connect(await emulator.subscribe('adele', { platform: 'iOS', deviceId: 'tablet' }));
    const device = await emulator.connect(phone);
    await emulator.publish(phone, fallback());
    tablet.ack((await tablet.nextOf('notification')).cursor);
    await tablet.rest();
    await advance(60);
    expect(typesOf(await device.rest())).toEqual(['notification', 'toast']);
    expect(await tablet.rest()).toEqual([]);
    for (const other of others) expect(typesOf(await other.rest())).toEqual(['notification']);
  });

  it.each([
    ['None', { priority: 'None' }],
    ['Low', { priority: 'Low' }],
    ['its default', { priority: undefined }],
    ['High, but visual only', { payload: { visualContent: { title: 'seen' } } }],
  ])('[F16] is not for a notification of priority %s', async (_priority, more) => {
    const { emulator, phone, advance } = await startWithPhone();
    const device = await emulator.connect(phone);
    await emulator.publish(phone, fallback(more));
    await advance(600);
    expect(typesOf(await device.rest())).toEqual(['notification']);
  });

  it('[F16] takes as long as was asked, 600 seconds at most', async () => {
    const { emulator, phone, advance } = await startWithPhone();
    const device = await emulator.connect(phone);
    const endpointFallback = { platformTypes: ['iOS'], fallbackDelayInSeconds: 600, visualContent: { title: 'late' } };
    await emulator.publish(phone, fallback({ fallbackPolicy: { endpointFallback } }));
    await device.nextOf('notification');
    await advance(599);
    expect(await device.rest()).toEqual([]);
    await advance(1);
    expect((await device.nextOf('toast')).visualContent.title).toBe('late');
  });

  it('[D5][R9] starts anew with new content', async () => {
    const { emulator, phone, advance } = await startWithPhone();
    const device = await emulator.connect(phone);
    await emulator.publish(phone, fallback({ appNotificationId: 'build-42' }));
    await advance(30);
    await emulator.publish(phone, fallback({ appNotificationId: 'build-42' }));
    await advance(59);
    expect(typesOf(await device.rest())).toEqual(['notification', 'notification']);
    await advance(1);
    expect(typesOf(await device.rest())).toEqual(['toast']);
  });

  it('[F24][R9] comes with signals too, until the device fetches', async () => {
    const { emulator, phone, advance } = await startWithPhone({ push: 'signal' });
    const device = await emulator.connect(phone);
    await emulator.publish(phone, fallback());
    await advance(60);
    expect(typesOf(await device.rest())).toEqual(['signal', 'toast']);
    await emulator.publish(phone, fallback());
    await device.nextOf('signal');
    await emulator.list(phone);
    await advance(60);
    expect(await device.rest()).toEqual([]);
  });

  it('[F16][R9] is not meant for a device that subscribed after the notification', async () => {
    const { emulator, phone, advance } = await startWithPhone();
    await emulator.publish(phone, fallback());
    const late = await emulator.subscribe('adele', { platform: 'iOS', deviceId: 'late' });
    await advance(60);
    expect(await (await emulator.connect(late)).rest()).toEqual([]);
  });
});
