// What was sent and not acknowledged is delivered again, whatever has happened to it since (R2, R9).
import { describe, expect, it } from 'vitest';
import type { PlatformType, Subscription } from '../../src/domain/model.ts';
import { type Core, createCore, notificationsOf, type TestDevice } from '../support/core.ts';

const changesTo = (device: TestDevice, ids: Readonly<Record<string, string>>) =>
  notificationsOf(device).map((message) =>
    message.type === 'notification' ? `${message.change} ${Object.keys(ids).find((name) => ids[name] === message.notification.id)}` : '',
  );

const cursorOf = (device: TestDevice, index: number) => (notificationsOf(device)[index] as { cursor: string }).cursor;

/** Two notifications, of which the first is moved behind the second by a change that is not meant for the device. */
async function moveFirst(platform: PlatformType, core: Core = createCore()) {
  const desktop = await core.subscribe('adele', 'Windows', 'other');
  const phone = await core.subscribe('adele', platform);
  const one = await core.publish(phone);
  const two = await core.publish(phone);
  await core.service.history.update(platform === 'WebPush' ? desktop : phone, one.id, { readState: 'Read' });
  return { core, desktop, phone, ids: { one: one.id, two: two.id } };
}

describe('a notification that was sent, never acknowledged, and moved by a change that is not meant for the device', () => {
  const platforms = ['WebPush', 'Windows', 'iOS', 'Android'] as const;

  it.each(platforms)('[R2] comes again to a %s device that acknowledged only what was before it', async (platform) => {
    const { core, phone, ids } = await moveFirst(platform);
    const first = await core.connect(phone);
    expect(changesTo(first, ids)).toEqual(['created two', 'created one']);
    await first.ack(cursorOf(first, 0));
    first.cut();
    expect(changesTo(await core.connect(phone), ids)).toEqual(['created one']);
  });

  it.each(platforms)('[R2] comes again to a %s device that comes back with the cursor of what was before it', async (platform) => {
    const { core, phone, ids } = await moveFirst(platform);
    const first = await core.connect(phone);
    first.cut();
    const second = await core.connect(phone, cursorOf(first, 0));
    expect(changesTo(second, ids)).toEqual(['created one']);
    second.cut();
    expect(changesTo(await core.connect(phone), ids), 'also when the line was cut again').toEqual(['created one']);
  });

  it.each(platforms)('[R2] comes again to a %s device however often it is moved', async (platform) => {
    const { core, desktop, phone, ids } = await moveFirst(platform);
    const first = await core.connect(phone);
    await first.ack(cursorOf(first, 0));
    first.cut();
    const mover = platform === 'WebPush' ? desktop : phone;
    for (const readState of ['Unread', 'Read'] as const) await core.service.history.update(mover, ids.one, { readState });
    const second = await core.connect(phone);
    expect(changesTo(second, ids)).toEqual(['created one']);
    await second.ack(cursorOf(second, 0));
    second.cut();
    await core.service.history.update(mover, ids.one, { readState: 'Unread' });
    expect(changesTo(await core.connect(phone), ids), 'acknowledged').toEqual([]);
  });

  it('[R2] does not come again when it was acknowledged before it moved', async () => {
    const core = createCore();
    const phone = await core.subscribe('adele', 'iOS');
    const first = await core.connect(phone);
    const one = await core.publish(phone);
    const two = await core.publish(phone);
    await core.service.history.update(phone, one.id, { readState: 'Read' });
    await core.settle();
    await first.ack(cursorOf(first, 1));
    first.cut();
    expect(changesTo(await core.connect(phone), { one: one.id, two: two.id })).toEqual([]);
    expect(changesTo(await core.connect(phone, cursorOf(first, 0)), { one: one.id, two: two.id })).toEqual(['created two']);
  });

  const endings = [
    [
      'acknowledged on the socket',
      (core: Core, device: TestDevice, phone: Subscription, cursor: string) =>
        device
          .ack(cursor)
          .then(() => device.cut())
          .then(() => core.connect(phone)),
    ],
    [
      'brought to the next handshake',
      (core: Core, device: TestDevice, phone: Subscription, cursor: string) =>
        Promise.resolve(device.cut()).then(() => core.connect(phone, cursor)),
    ],
  ] as const;
  const polls = [0, 1, 40];

  it.each(endings.flatMap(([how, finish]) => polls.map((count) => [how, count, finish] as const)))(
    '[R2] [F28] comes again when it was not in the list whose cursor is %s, after %i other lists',
    async (_how, count, finish) => {
      const core = createCore();
      const desktop = await core.subscribe('adele', 'Windows', 'other');
      const phone = await core.subscribe('adele', 'WebPush');
      const list = (since: string | undefined, top: number) =>
        core.service.history.list(phone, { since, top, status: undefined, readState: undefined, userActionState: undefined });
      const before = (await list(undefined, 1)).syncCursor;
      const first = await core.connect(phone);
      first.stopReading();
      const one = await core.publish(phone);
      const two = await core.publish(phone);
      await core.service.history.update(desktop, one.id, { readState: 'Read' });
      await core.settle();
      const page = await list(before, 1);
      expect(page.notifications.map(({ id }) => id)).toEqual([two.id]);
      for (let poll = 0; poll < count; poll += 1) {
        await core.service.history.update(desktop, one.id, { userActionState: poll % 2 === 0 ? 'Activated' : 'NoInteraction' });
        await list(undefined, 1);
      }
      const second = await finish(core, first, phone, page.cursor);
      expect(changesTo(second, { one: one.id, two: two.id })).toEqual(['created one']);
    },
  );

  it('[R2] does not come again when the cursor of a later one, served after the move, comes back', async () => {
    const core = createCore({ limits: { maxUnsentBytes: 600 } });
    const phone = await core.subscribe('adele', 'iOS');
    const first = await core.connect(phone);
    first.stopReading();
    const one = await core.publish(phone);
    const two = await core.publish(phone);
    await core.service.history.update(phone, one.id, { readState: 'Read' });
    await first.readAll();
    const second = await core.connect(phone, cursorOf(first, 1));
    expect(changesTo(second, { one: one.id, two: two.id })).toEqual([]);
  });
});

describe('a deletion', () => {
  async function sentAndLost() {
    const core = createCore();
    const desktop = await core.subscribe('adele', 'Windows');
    const phone = await core.subscribe('adele', 'iOS');
    const first = await core.connect(phone);
    const { id } = await core.publish(phone);
    return { core, desktop, phone, first, id };
  }

  it('[R2] reaches a device that was sent the creation, whose acknowledgement was lost', async () => {
    const { core, desktop, phone, first, id } = await sentAndLost();
    first.cut();
    await core.service.history.remove(desktop, id);
    const second = await core.connect(phone);
    expect(changesTo(second, { one: id })).toEqual(['deleted one']);
    second.cut();
    const third = await core.connect(phone);
    expect(changesTo(third, { one: id }), 'until it is acknowledged').toEqual(['deleted one']);
    await third.ack(cursorOf(third, 0));
    third.cut();
    expect(changesTo(await core.connect(phone), { one: id })).toEqual([]);
  });

  it('[R2] reaches a device that has seen the notification over HTTP only', async () => {
    const core = createCore();
    const desktop = await core.subscribe('adele', 'Windows');
    const phone = await core.subscribe('adele', 'iOS');
    const ids = { got: (await core.publish(phone)).id, unseen: (await core.publish(phone)).id };
    await core.service.history.get(phone, ids.got);
    for (const id of [ids.got, ids.unseen]) await core.service.history.remove(desktop, id);
    expect(changesTo(await core.connect(phone), ids)).toEqual(['deleted got']);
  });

  it('[R2] reaches a device that has seen the notification over HTTP while its own connection was blocked', async () => {
    const core = createCore({ limits: { maxUnsentBytes: 600 } });
    const desktop = await core.subscribe('adele', 'Windows', 'other');
    const phone = await core.subscribe('adele', 'iOS');
    const device = await core.connect(phone);
    device.stopReading();
    for (let count = 0; count < 3; count += 1) await core.publish(phone);
    const one = await core.publish(phone);
    await core.service.history.get(phone, one.id);
    await core.service.history.remove(desktop, one.id);
    await device.readAll();
    expect(changesTo(device, { one: one.id }).at(-1)).toBe('deleted one');
  });

  it('[R2] reaches a device that has listed the notification', async () => {
    const core = createCore();
    const desktop = await core.subscribe('adele', 'Windows');
    const phone = await core.subscribe('adele', 'iOS');
    const ids = { listed: (await core.publish(phone)).id };
    const all = { since: undefined, status: undefined, readState: undefined, userActionState: undefined, top: 10 };
    await core.service.history.list(phone, all);
    await core.service.history.remove(desktop, ids.listed);
    expect(changesTo(await core.connect(phone), ids)).toEqual(['deleted listed']);
  });

  it('[R2] says nothing of what was certainly never sent, however often the device connects', async () => {
    const core = createCore();
    const desktop = await core.subscribe('adele', 'Windows');
    const phone = await core.subscribe('adele', 'iOS');
    const { id } = await core.publish(phone);
    await core.service.history.remove(desktop, id);
    for (const device of [await core.connect(phone), await core.connect(phone)]) expect(changesTo(device, { one: id })).toEqual([]);
  });

  it('[R2] reaches the devices of a platform that the last content was not meant for', async () => {
    const core = createCore();
    const desktop = await core.subscribe('adele', 'Windows');
    const phone = await core.subscribe('adele', 'iOS');
    const device = await core.connect(phone);
    const { id } = await core.publish(phone, { appNotificationId: 'build' });
    await core.publish(phone, { appNotificationId: 'build', targetPolicy: { platformTypes: ['Windows'] } });
    await core.service.history.remove(desktop, id);
    await core.settle();
    expect(changesTo(device, { one: id })).toEqual(['created one', 'deleted one']);
  });

  it('[R4] does not come back to the device that deleted', async () => {
    const { core, phone, first, id } = await sentAndLost();
    first.cut();
    await core.service.history.remove(phone, id);
    expect(changesTo(await core.connect(phone), { one: id })).toEqual([]);
  });
});

describe('what a change is called', () => {
  it.each(['live', 'after a reconnect'] as const)(
    '[R2] is `created` %s, for a platform that the notification was not meant for before',
    async (how) => {
      const core = createCore();
      const phone = await core.subscribe('adele', 'iOS');
      const live = how === 'live' ? await core.connect(phone) : undefined;
      const named = { appNotificationId: 'build' };
      const { id } = await core.publish(phone, { ...named, targetPolicy: { platformTypes: ['Windows'] } });
      await core.publish(phone, named);
      const device = live ?? (await core.connect(phone));
      expect(changesTo(device, { one: id })).toEqual(['created one']);
      await core.publish(phone, named);
      expect(changesTo(device, { one: id })).toEqual(['created one', 'updated one']);
    },
  );

  it('[R2] [D11] is `created` for a web endpoint with the first raw content', async () => {
    const core = createCore();
    const page = await core.subscribe('adele', 'WebPush');
    const device = await core.connect(page);
    const { id } = await core.publish(page, { appNotificationId: 'build', payload: { visualContent: { title: 'Build' } } });
    await core.publish(page, { appNotificationId: 'build' });
    expect(changesTo(device, { one: id })).toEqual(['created one']);
  });
});
