// Faulty targets that show only over time or under load: heartbeats, retries, and connections that are not read.
import { describe, expect, it } from 'vitest';
import type { SocketDevice } from '../../support/socket-device.ts';
import { allFaults } from '../faults/all-faults.ts';
import type { Hooks } from './hooks.ts';
import { useWires } from './wired.ts';

const start = useWires();
const heartbeat = { heartbeatSeconds: 0.05 };

function hooksOf(wanted: string): Hooks {
  const fault = allFaults.find(({ id }) => id === wanted);
  if (!fault) throw new Error(`there is no fault ${wanted}`);
  return fault.create();
}

async function startDevice(hooks: Hooks, autoPong = true, options = heartbeat): Promise<SocketDevice> {
  const { subscribe, open } = await start(hooks, options);
  return open(await subscribe('adele'), { autoPong });
}

/** Waits for this number of the emulator's heartbeats. */
async function beats(count: number): Promise<void> {
  const device = await startDevice({});
  for (let beat = 0; beat < count; beat += 1) await device.nextPing();
}

describe('heartbeats', () => {
  it.each([
    ['heartbeat-silent', 0],
    ['heartbeat-once', 1],
  ])('%s pings %d times', async (id, expected) => {
    const device = await startDevice(hooksOf(id));
    await beats(4);
    expect(device.pings()).toBe(expected);
    expect(await device.rest()).toHaveLength(1);
  });

  it('heartbeat-announced-wrong announces a third of the interval', async () => {
    const device = await startDevice(hooksOf('heartbeat-announced-wrong'));
    expect((await device.nextOf('connected')).heartbeatSeconds).toBeCloseTo(0.05 / 3);
  });

  it('heartbeat-missed-kept keeps a connection that answers nothing', async () => {
    const kept = await startDevice(hooksOf('heartbeat-missed-kept'), false);
    const ended = await startDevice({}, false);
    await ended.closed;
    await beats(2);
    expect(await kept.rest()).toHaveLength(1);
    kept.send('nonsense');
    expect(await kept.next()).toMatchObject({ type: 'error' });
  });

  it('heartbeat-missed-one ends a connection at the first unanswered ping, and no other connection', async () => {
    const options = { heartbeatSeconds: 0.4 };
    const healthy = await startDevice(hooksOf('heartbeat-missed-one'), true, options);
    const device = await startDevice(hooksOf('heartbeat-missed-one'), false, options);
    expect(await device.closed).toMatchObject({ code: 1006 });
    expect(device.pings()).toBe(1);
    await healthy.nextPing();
  });
});

describe('retries', () => {
  it('once-retried sends again what is not acknowledged', async () => {
    const { subscribe, publish, connect } = await start(hooksOf('once-retried'));
    const adele = await subscribe('adele');
    const device = await connect(adele);
    await publish(adele);
    const first = await device.nextOf('notification');
    expect(await device.nextOf('notification')).toEqual(first);
  });
});

describe('a device that reads nothing', () => {
  const rawContent = 'x'.repeat(250_000);

  it('slow-reader-blocks stops the others', async () => {
    const { subscribe, publish, connect, started } = await start(hooksOf('slow-reader-blocks'));
    const [slow, quick] = [await subscribe('adele', { deviceId: 'slow' }), await subscribe('adele', { deviceId: 'quick' })];
    const stuck = await connect(slow);
    const other = await connect(quick);
    stuck.pause();
    let posted = 0;
    while (![...started.wire.connections].some((one) => one.isBlocked())) {
      await publish(slow, { payload: { rawContent } });
      posted += 1;
      if (posted > 200) throw new Error('the line takes everything');
    }
    await publish(slow);
    expect((await other.rest()).length).toBeLessThan(posted + 1);
  });

  it('stalled-never-dropped reads the whole backlog from the emulator', async () => {
    const hooks = hooksOf('stalled-never-dropped');
    let taken = 0;
    const { subscribe, publish, connect } = await start({
      ...hooks,
      serverMessage: (...message) => {
        taken += 1;
        return hooks.serverMessage?.(...message);
      },
    });
    const adele = await subscribe('adele');
    const device = await connect(adele);
    device.pause();
    for (let number = 0; number < 80; number += 1) await publish(adele, { payload: { rawContent } });
    expect(taken).toBeGreaterThan(70);
  });
});
