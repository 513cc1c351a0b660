// What our own failures do to a connection, and what a long backlog does to others (R6).
import { describe, expect, it } from 'vitest';
import { createCore, notificationsOf } from '../support/core.ts';

describe('a failure of our own', () => {
  it('closes the connection whose feed cannot be read with 1011, and does not call it a broken contract', async () => {
    const core = createCore();
    const phone = await core.connect(await core.subscribe('adele', 'iOS'));
    const failure = new Error('the store is gone');
    core.service.delivery.read = () => Promise.reject(failure);
    await core.publish(phone.subscription);
    expect(phone.closed()).toEqual({ code: 1011, reason: 'the service failed' });
    expect(core.errors).toEqual([failure]);
  });

  it('closes a connection of which it cannot be confirmed that its subscription is still there', async () => {
    const core = createCore();
    const phone = await core.subscribe('adele', 'iOS');
    const failure = new Error('the store is gone');
    core.service.delivery.standing = () => Promise.reject(failure);
    const device = await core.connect(phone);
    expect(device.closed()).toEqual({ code: 1011, reason: 'the service failed' });
    expect(core.errors).toEqual([failure]);
  });

  it('loses nothing: the device comes back and is served', async () => {
    const core = createCore();
    const phone = await core.subscribe('adele', 'iOS');
    const { read } = core.service.delivery;
    core.service.delivery.read = () => Promise.reject(new Error('the store is gone'));
    await core.publish(phone);
    expect((await core.connect(phone)).closed()).toMatchObject({ code: 1011 });
    core.service.delivery.read = read;
    expect(notificationsOf(await core.connect(phone))).toHaveLength(1);
  });
});

describe('a long backlog', () => {
  /** The most messages that were serialised between two turns of the event loop, until the device has them all. */
  async function mostInOneTurn(core: ReturnType<typeof createCore>, isDone: () => boolean): Promise<number> {
    let most = 0;
    for (let before = core.judged(); !isDone(); ) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      most = Math.max(most, core.judged() - before);
      before = core.judged();
    }
    return most;
  }

  it('[R6] leaves turns of the event loop to others while it is served', async () => {
    const core = createCore();
    const phone = await core.subscribe('adele', 'iOS');
    const count = 6_000;
    const before = core.judged();
    for (let number = 0; number < count; number += 1)
      await core.service.publish({ kind: 'app', clientId: 'server' }, { unsid: phone.unsid }, core.request());
    const most = mostInOneTurn(core, () => core.judged() - before >= count);
    const device = await core.connect(phone);
    expect(await most).toBeLessThanOrEqual(1_200);
    await core.settle();
    expect(notificationsOf(device)).toHaveLength(count);
  });
});
