// What the service decides inside a write is a function of what it is given: a store may ask again, and only the last answer counts.
import { describe, expect, it } from 'vitest';
import type { Stores } from '../../src/domain/ports.ts';
import { application, appServer, createCore, user } from '../support/core.ts';

/** A store in which another process is always faster at first: every decision is asked for twice, and must be the same. */
function createAskingTwice() {
  const counts = { asked: 0 };
  const twice =
    <Args extends readonly unknown[], Result>(decide: (...args: Args) => Result) =>
    (...args: Args): Result => {
      counts.asked += 1;
      const first = decide(...args);
      const second = decide(...args);
      expect(second).toEqual(first);
      return second;
    };
  const stores = (memory: Stores): Stores => ({
    ...memory,
    notifications: {
      ...memory.notifications,
      write: (key, which, now, decide) => memory.notifications.write(key, which, now, twice(decide)),
    },
    subscriptions: {
      ...memory.subscriptions,
      upsert: (key, deviceId, now, decide) => memory.subscriptions.upsert(key, deviceId, now, twice(decide)),
    },
  });
  return { counts, stores };
}

describe('a decision that a store asks for twice', () => {
  it('[F1][F21][F26][F28] is the same when subscribing, renewing, publishing, replacing, changing and deleting', async () => {
    const { counts, stores } = createAskingTwice();
    const core = createCore({ stores });
    const phone = await core.subscribe('adele', 'Android');
    expect((await core.subscribe('adele', 'Android')).unsid).toBe(phone.unsid);
    const posted = await core.publish(phone, { appNotificationId: 'build' });
    expect((await core.publish(phone, { appNotificationId: 'build' })).id).toBe(posted.id);
    expect(await core.service.history.update(phone, posted.id, { readState: 'Read' })).toMatchObject({ readState: 'Read' });
    expect(await core.service.history.update(phone, posted.id, { readState: 'Read' })).toMatchObject({ position: 3 });
    await core.service.history.remove(phone, posted.id);
    await expect(core.service.history.remove(phone, posted.id)).rejects.toMatchObject({ kind: 'UnknownResource' });
    await expect(core.service.history.update(phone, posted.id, {})).rejects.toMatchObject({ kind: 'UnknownResource' });
    expect(counts.asked).toBe(9);
  });

  it('[F21] is refused the same way', async () => {
    const { stores } = createAskingTwice();
    const core = createCore({ stores });
    await core.subscribe('adele', 'Android', 'phone');
    const changed = core.service.subscriptions.subscribe(user('adele'), { application, deviceId: 'phone', platform: 'iOS' });
    await expect(changed).rejects.toMatchObject({ kind: 'PlatformChanged' });
    await expect(core.service.publish(appServer, { unsid: 'unknown' }, core.request())).rejects.toMatchObject({ kind: 'UnsidNotUsable' });
  });
});
