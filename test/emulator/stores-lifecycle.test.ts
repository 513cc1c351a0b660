// The stores of an emulator are opened once before anything is served, and closed once when nothing uses them any more.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { OpenStores, Stores } from '../../src/domain/ports.ts';
import { createMemoryStores } from '../../src/stores/memory.ts';
import { useEmulators } from '../support/emulator.ts';

const start = useEmulators();

/** Every call of the stores by its name, in order: `open`, `subscriptions.get`, …, `close`. */
function createRecordedStores(gate: Promise<void> = Promise.resolve()) {
  const calls: string[] = [];
  const recorded = <Part extends object>(part: Part, name: string): Part =>
    new Proxy(part, {
      get: (target, member, receiver) => {
        const own: unknown = Reflect.get(target, member, receiver);
        if (typeof own !== 'function') return own;
        return async (...args: unknown[]) => {
          if (member === 'recordServed') await gate;
          const result: unknown = await Reflect.apply(own, target, args);
          calls.push(`${name}.${String(member)}`);
          return result;
        };
      },
    });
  const openStores: OpenStores = async (options) => {
    calls.push('open');
    const memory = createMemoryStores(options);
    const stores: Stores = {
      notifications: recorded(memory.notifications, 'notifications'),
      subscriptions: recorded(memory.subscriptions, 'subscriptions'),
      fallbacks: recorded(memory.fallbacks, 'fallbacks'),
      due: recorded(memory.due, 'due'),
      grants: recorded(memory.grants, 'grants'),
      reset: memory.reset,
      close: async () => {
        await memory.close();
        calls.push('close');
      },
    };
    return stores;
  };
  const times = (call: string) => calls.filter((one) => one === call).length;
  return { calls, openStores, times };
}

describe('the stores of an emulator', () => {
  it('are opened once, and closed once and last, however often the emulator is stopped', async () => {
    const { calls, openStores, times } = createRecordedStores();
    const emulator = await start({}, { openStores });
    const adele = await emulator.subscribe('adele');
    await emulator.connect(adele);
    await emulator.publish(adele);
    expect(times('close')).toBe(0);
    await Promise.all([emulator.emulator.stop(), emulator.emulator.stop()]);
    await emulator.emulator.stop();
    expect([calls[0], times('open'), times('close'), calls.at(-1)]).toEqual(['open', 1, 1, 'close']);
  });

  it('[R2] are not closed before it is recorded what the connections of devices were sent', async () => {
    let open: () => void = () => undefined;
    const { calls, openStores } = createRecordedStores(
      new Promise<void>((resolve) => {
        open = resolve;
      }),
    );
    const emulator = await start({}, { openStores });
    const device = await emulator.connect(await emulator.subscribe('adele'));
    const stopped = emulator.emulator.stop();
    await device.closed;
    open();
    await stopped;
    expect(calls.slice(-2)).toEqual(['subscriptions.recordServed', 'close']);
  });

  it('that cannot be opened are one clear error of the start, with its cause', async () => {
    const cause = new Error('no server answers at 127.0.0.1:6379');
    const failing = start({}, { openStores: () => Promise.reject(cause) });
    await expect(failing).rejects.toMatchObject({
      name: 'StartError',
      message: 'the stores cannot be opened: no server answers at 127.0.0.1:6379',
      cause,
    });
  });

  it('are closed when the emulator cannot start: a seed that is wrong', async () => {
    const { calls, openStores } = createRecordedStores();
    await expect(start({ seed: { users: [{ alias: 'a' }, { alias: 'a' }] } }, { openStores })).rejects.toMatchObject({ name: 'SeedError' });
    expect(calls).toEqual(['open', 'close']);
  });

  it('are closed when the emulator cannot start: a port that is taken', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const address = blocker.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { calls, openStores, times } = createRecordedStores();
    await expect(start({ port }, { openStores })).rejects.toMatchObject({ name: 'StartError' });
    expect([times('close'), calls.at(-1)]).toEqual([1, 'close']);
    blocker.close();
    await once(blocker, 'close');
  });

  it('that cannot be closed after a failed start do not hide why it failed', async () => {
    const { openStores } = createRecordedStores();
    const failing: OpenStores = async (options) => ({
      ...(await openStores(options)),
      close: () => Promise.reject(new Error('close failed')),
    });
    await expect(start({ seed: { users: [{ alias: 'a' }, { alias: 'a' }] } }, { openStores: failing })).rejects.toMatchObject({
      name: 'SeedError',
    });
  });
});
