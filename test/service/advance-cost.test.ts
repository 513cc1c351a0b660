// What moving the clock costs, counted in steps and not in time: it does not depend on who else is connected.
import { createHook } from 'node:async_hooks';
import { describe, expect, it } from 'vitest';
import { appServer, createCore } from '../support/core.ts';

const expiries = 100;

/** Promises made by one expiry of an advance while this number of users are connected: every step of it makes some. */
async function stepsOfExpiry(connectedUsers: number): Promise<number> {
  const core = createCore();
  const alex = await core.subscribe('alex', 'Windows');
  for (let user = 0; user < connectedUsers; user += 1) await core.connect(await core.subscribe(`user-${user}`, 'Windows'));
  const now = core.clock.now();
  for (let second = 1; second <= expiries; second += 1) {
    const expirationDateTime = new Date(now + second * 1000).toISOString();
    await core.service.publish(appServer, { unsid: alex.unsid }, core.request({ expirationDateTime }));
  }
  await core.settle();
  let steps = 0;
  const hook = createHook({
    init: (_id, type) => {
      if (type === 'PROMISE') steps += 1;
    },
  });
  hook.enable();
  await core.scheduler.advance(expiries * 1000);
  hook.disable();
  expect(await core.stores.notifications.count()).toBe(0);
  return steps / expiries;
}

describe('an advance', () => {
  it('takes as many steps for an expiry with many connected users as with none', async () => {
    const [none, many] = [await stepsOfExpiry(0), await stepsOfExpiry(150)];
    expect(many).toBeLessThan(none * 1.1);
  });
});
