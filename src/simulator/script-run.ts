// Runs a fleet script: devices that come and go, notifications that are published to them, and the evidence of both.
import { randomUUID } from 'node:crypto';
import { createClient } from '../client/client.ts';
import { serviceErrorOf } from '../client/graph-error.ts';
import { createDevice } from './device.ts';
import type { Device } from './device-face.ts';
import { type DeviceTimer, realTimer } from './device-timer.ts';
import { closeFleet, connectFleet, planFleet } from './fleet.ts';
import { createRandom, type Random } from './random.ts';
import type { Script } from './script.ts';
import { createRecorder, type Recorder, type ScriptProgress } from './script-recorder.ts';
import { type Score, scoreDeliveries } from './script-score.ts';

export interface ScriptRunOptions {
  /** Base URL of the service. */
  readonly url: string;
  /** Host name of the application. */
  readonly application: string;
  /** Token of the app server that publishes. */
  readonly appToken: string;
  /** Told while it runs. */
  readonly onProgress?: (progress: ScriptProgress) => void;
  /** Default: real time. */
  readonly timer?: DeviceTimer;
}

export interface ScriptResult {
  readonly score: Score;
  readonly published: number;
  /** Notifications that the service did not take, with the first reason. */
  readonly refused: number;
  readonly firstRefusal: string | undefined;
  /** Nothing lost, nothing that was meant for others, and something published. */
  readonly isGood: boolean;
}

interface Run {
  readonly script: Script;
  readonly options: ScriptRunOptions;
  readonly timer: DeviceTimer;
  readonly random: Random;
  readonly recorder: Recorder;
  readonly devices: readonly Device[];
  isPublishing: boolean;
}

/** How often the end is looked for. */
const LOOK_EVERY_MS = 50;
const CONNECT_ATTEMPTS = 5;

function wait(timer: DeviceTimer, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    timer.after(Math.max(0, delayMs), resolve);
  });
}

async function connectAll(script: Script, options: ScriptRunOptions, recorder: Recorder): Promise<readonly Device[]> {
  const { devices: count, users, platforms, seed } = script;
  const planned = planFleet({ count, users, platforms, userName: 'fleet', deviceName: `fleet-${seed}` });
  const [least, most] = script.acknowledgeDelayMs;
  return connectFleet(planned, async (plan) => {
    const random = createRandom(`${seed}/${plan.deviceId}`);
    const device = await createDevice({
      ...plan,
      url: options.url,
      application: options.application,
      acknowledgeDelayMs: () => random.between(least, most),
      random: random.stream('jitter').next,
      receivedLimit: 1,
      notificationsLimit: 100,
      connectTimeoutMs: 60_000,
      ...(options.timer ? { timer: options.timer } : {}),
    });
    recorder.watch(device);
    return device;
  });
}

async function comeBack(device: Device): Promise<void> {
  for (let attempt = 0; attempt < CONNECT_ATTEMPTS; attempt += 1) {
    const failed = await device.connect().then(
      () => false,
      () => true,
    );
    if (!failed || device.state === 'stopped') return;
  }
}

async function goAwayAgainAndAgain(run: Run, device: Device): Promise<void> {
  const { offline } = run.script;
  if (!offline) return;
  await wait(run.timer, run.random.stream(`phase/${device.deviceId}`).next() * offline.everySeconds * 1000);
  while (run.isPublishing && device.state !== 'stopped') {
    await device.disconnect();
    await wait(run.timer, offline.forSeconds * 1000);
    await comeBack(device);
    await wait(run.timer, (offline.everySeconds - offline.forSeconds) * 1000);
  }
}

async function storm(run: Run): Promise<void> {
  const { reconnectStorm } = run.script;
  if (!reconnectStorm) return;
  const random = run.random.stream('storm');
  const chosen = run.devices.filter(() => random.chance(reconnectStorm.share));
  await wait(run.timer, reconnectStorm.atSeconds * 1000);
  await Promise.all(
    chosen.map(async (device) => {
      if (device.state !== 'connected') return;
      await device.disconnect();
      await comeBack(device);
    }),
  );
}

/** One user's notifications go out one after the other, so that their order is known; those of different users do not wait for each other. */
async function publish(run: Run): Promise<void> {
  const { script, options, timer, random, recorder, devices } = run;
  const client = createClient({ url: options.url, token: options.appToken });
  const draw = random.stream('users');
  const started = timer.now();
  const chains = new Map<string, Promise<void>>();
  for (let number = 0; number < script.notifications.count; number += 1) {
    const due = started + number * script.notifications.everyMs;
    if (due > timer.now()) await wait(timer, due - timer.now());
    const target = devices[Math.floor(draw.next() * script.users)];
    if (!target) return;
    const post = async (): Promise<void> => {
      const atMs = timer.now();
      const notification = { targetHostName: options.application, payload: { rawContent: recorder.contentOf(number) } };
      const answer = await client.postNotification(notification, { unsid: target.unsid });
      if (answer.status === 201) recorder.published({ number, user: target.user, atMs });
      else recorder.refused(serviceErrorOf(answer)?.message ?? `status ${answer.status}`);
    };
    const before = chains.get(target.user) ?? Promise.resolve();
    chains.set(
      target.user,
      before.then(post).catch((error: unknown) => recorder.refused(error instanceof Error ? error.message : String(error))),
    );
  }
  await Promise.all(chains.values());
}

async function settle(run: Run): Promise<void> {
  const { timer, recorder, script } = run;
  const until = timer.now() + script.settleSeconds * 1000;
  while (timer.now() < until) {
    await recorder.idle();
    if (recorder.isPlausiblyComplete() && score(run).total.lost === 0) return;
    await wait(timer, LOOK_EVERY_MS);
  }
}

function score(run: Run): Score {
  return scoreDeliveries({ ...run.recorder.evidence(), lateAfterMs: run.script.lateAfterMs });
}

async function play(run: Run): Promise<ScriptResult> {
  const random = run.random.stream('offline');
  const share = run.script.offline?.share ?? 0;
  const flaky = run.devices.filter(() => random.chance(share));
  const comings = [storm(run), ...flaky.map((device) => goAwayAgainAndAgain(run, device))];
  await publish(run);
  run.isPublishing = false;
  await Promise.all(comings);
  await settle(run);
  const { published, refused, firstRefusal } = run.recorder.counts();
  const result = score(run);
  const isGood = result.total.lost === 0 && result.total.unexpected === 0 && published > 0;
  return { score: result, published, refused, firstRefusal, isGood };
}

/**
 * Connects the script's devices, plays it, unsubscribes them and tells what was lost, late, duplicated, out of order.
 * @throws ConnectionError or DeviceError when the devices cannot be connected at the start.
 */
export async function runScript(script: Script, options: ScriptRunOptions): Promise<ScriptResult> {
  const timer = options.timer ?? realTimer;
  const random = createRandom(script.seed);
  const recorder = createRecorder({
    run: randomUUID(),
    timer,
    dismisses: (number) => random.stream(`dismiss/${number}`).chance(script.dismissShare),
    dismisser: (number, of) => Math.floor(random.stream(`dismisser/${number}`).next() * of),
    ...(options.onProgress ? { onProgress: options.onProgress } : {}),
  });
  const devices = await connectAll(script, options, recorder);
  try {
    return await play({ script, options, timer, random, recorder, devices, isPublishing: true });
  } finally {
    await closeFleet(devices, { unsubscribe: true });
  }
}
