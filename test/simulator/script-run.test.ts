// Scripted fleets against the real emulator, and against one whose fan-out is spoilt.
import { expect, it } from 'vitest';
import { readScript, type Script } from '../../src/simulator/script.ts';
import { runScript } from '../../src/simulator/script-run.ts';
import { useEmulators } from '../support/emulator.ts';
import { startLossyProxy } from './lossy-proxy.ts';
import { createRealClock } from './real-clock.ts';

const start = useEmulators();

function script(more: object = {}): Script {
  const text = JSON.stringify({ seed: 7, devices: 12, users: 3, notifications: { count: 40, everyMs: 1 }, settleSeconds: 5, ...more });
  return readScript(text, 'test');
}

const how = { application: 'fleet.example', appToken: 'dev.app.fleet' };

it('[R2] loses nothing while devices go away, come back in a storm, acknowledge late and dismiss', async () => {
  const { url } = await start({}, { clock: createRealClock() });
  const result = await runScript(
    script({
      acknowledgeDelayMs: [0, 10],
      dismissShare: 0.5,
      offline: { share: 0.5, everySeconds: 0.02, forSeconds: 0.01 },
      reconnectStorm: { atSeconds: 0.02, share: 0.5 },
      lateAfterMs: 60_000,
    }),
    { url, ...how },
  );
  expect(result).toMatchObject({
    isGood: true,
    published: 40,
    refused: 0,
    score: { losses: [], total: { devices: 12, lost: 0, unexpected: 0, outOfOrder: 0 } },
  });
  expect(result.score.total.expected).toBeGreaterThan(160);
});

it('reports what was lost, repeated and delivered to the wrong user', async () => {
  const { url } = await start();
  const seen = new Map<string, number>();
  const proxy = await startLossyProxy(url, (message, { deviceId }, send) => {
    if (message.type !== 'notification') return [message];
    const count = (seen.get(deviceId) ?? 0) + 1;
    seen.set(deviceId, count);
    if (deviceId === 'fleet-7-1' && count === 2) return [];
    if (deviceId === 'fleet-7-2' && count === 2) return [message, message];
    if (deviceId === 'fleet-7-3' && count === 2) send('fleet-7-1', message);
    return [message];
  });
  const result = await runScript(script({ settleSeconds: 0.2 }), { url: proxy.url, ...how }).finally(proxy.stop);
  expect(result.isGood).toBe(false);
  expect(result.score.total).toMatchObject({ lost: 1, duplicated: 1, unexpected: 1 });
  expect(result.score.losses[0]).toMatchObject({ device: 'fleet-7-1', what: 'notification' });
});

it('is not good when nothing could be published', async () => {
  const { url } = await start();
  const result = await runScript(script(), { url, ...how, appToken: 'nonsense' });
  expect(result).toMatchObject({ isGood: false, published: 0, refused: 40 });
});

it('unsubscribes its devices at the end, so that it can run again', async () => {
  const { url } = await start();
  const first = await runScript(script({ devices: 4, users: 2 }), { url, ...how });
  const second = await runScript(script({ devices: 4, users: 2 }), { url, ...how });
  expect([first.isGood, second.isGood]).toEqual([true, true]);
});

it('publishes nothing more once it is stopped, judges what was published and is not good', async () => {
  const { url } = await start();
  const stopping = new AbortController();
  const onProgress = ({ published }: { published: number }): void => {
    if (published >= 1) stopping.abort();
  };
  const much = script({ users: 1, notifications: { count: 5000, everyMs: 0 } });
  const result = await runScript(much, { url, ...how, signal: stopping.signal, onProgress });
  expect(result).toMatchObject({ isStopped: true, isGood: false, refused: 0, published: 1, score: { total: { lost: 0, arrived: 12 } } });
});
