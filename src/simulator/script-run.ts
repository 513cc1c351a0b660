// Runs a fleet script: connects devices, publishes notifications to them while they disconnect and reconnect, and scores the result.
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { createClient } from '../client/client.ts';
import { serviceErrorOf } from '../client/graph-error.ts';
import type { ServiceTransport } from '../client/node/trusted-transport.ts';
import { type ClientTimer, pass, realTimer } from '../client/timer.ts';
import { createDevice } from './device.ts';
import type { Device } from './device-api.ts';
import { closeFleet, connectFleet, type PlannedDevice, planFleet, storedByEach } from './fleet.ts';
import type { Script } from './script.ts';
import { type ChurnParts, disconnectRepeatedly, storm } from './script-churn.ts';
import { createScriptRandom } from './script-random.ts';
import { createRecorder, type Recorder, type ScriptProgress } from './script-recorder.ts';
import { type Score, scoreDeliveries } from './script-score.ts';

export interface ScriptRunOptions {
  /** Base URL of the service. */
  readonly url: string;
  /** Host name of the application. */
  readonly application: string;
  /** Token of the app server that publishes. */
  readonly appToken: string;
  /** fetch and WebSocket to use. Default: the global `fetch`, and ws. */
  readonly transport?: Partial<ServiceTransport>;
  /** Called during the run. */
  readonly onProgress?: (progress: ScriptProgress) => void;
  /** Stops the run when aborted: publishing ends, and the score covers what was published until then. */
  readonly signal?: AbortSignal;
  /** Default: real time. */
  readonly timer?: ClientTimer;
}

export interface ScriptResult {
  readonly score: Score;
  readonly published: number;
  /** Number of notifications that the service refused; `firstRefusal` is the first reason. */
  readonly refused: number;
  readonly firstRefusal: string | undefined;
  /** The run was stopped before its end. */
  readonly isStopped: boolean;
  /** The run was completed, something was published, nothing was lost and nothing reached the wrong user. */
  readonly isGood: boolean;
}

interface Run extends ChurnParts {
  readonly options: ScriptRunOptions;
  /** Aborts the calls of devices and posts when a stopped run no longer waits for them. */
  readonly calls: AbortController;
  readonly recorder: Recorder;
  isPublishing: boolean;
}

/** Interval at which the run checks for completion. */
const pollIntervalMs = 50;
/** How long a stopped run waits for pending calls, in milliseconds. */
const stopGraceMs = 2000;

async function connectAll(
  script: Script,
  options: ScriptRunOptions,
  { recorder, calls }: Pick<Run, 'recorder' | 'calls'>,
): Promise<readonly Device[]> {
  const { devices: count, users, platforms, seed } = script;
  const planned = planFleet({ count, users, platforms, userName: 'fleet', deviceName: `fleet-${seed}` });
  const [minDelayMs, maxDelayMs] = script.acknowledgeDelayMs;
  // Not the caller's signal: connected devices remain after it is aborted, to be scored and unsubscribed.
  const { signal } = calls;
  setMaxListeners(0, signal, ...(options.signal ? [options.signal] : []));
  const giveUp = (): void => calls.abort();
  if (options.signal?.aborted) giveUp();
  options.signal?.addEventListener('abort', giveUp);
  const connect = async (plan: PlannedDevice): Promise<Device> => {
    const random = createScriptRandom(`${seed}/${plan.deviceId}`);
    const device = await createDevice({
      ...plan,
      ...options.transport,
      url: options.url,
      application: options.application,
      acknowledgeDelayMs: () => random.between(minDelayMs, maxDelayMs),
      random: random.stream('jitter').next,
      ...storedByEach(count),
      connectTimeoutMs: 60_000,
      signal,
      ...(options.timer ? { timer: options.timer } : {}),
    });
    recorder.watch(device);
    return device;
  };
  return connectFleet(planned, connect, () => signal.aborted).finally(() => options.signal?.removeEventListener('abort', giveUp));
}

/** Publishes the notifications of one user sequentially, so that their order is known, and those of different users concurrently. */
async function publish(run: Run): Promise<void> {
  const { script, options, timer, random, recorder, devices } = run;
  const { url, appToken: token, transport } = options;
  const client = createClient({ url, token, ...(transport?.fetch ? { fetch: transport.fetch } : {}) });
  const draw = random.stream('users');
  const started = timer.now();
  const chains = new Map<string, Promise<void>>();
  for (let number = 0; number < script.notifications.count; number += 1) {
    const due = started + number * script.notifications.everyMs;
    if (due > timer.now()) await pass(timer, due - timer.now(), run.signal);
    if (run.signal?.aborted) break;
    const target = devices[Math.floor(draw.next() * script.users)];
    if (!target) return;
    const post = async (): Promise<void> => {
      if (run.signal?.aborted) return;
      const atMs = timer.now();
      const notification = { targetHostName: options.application, payload: { rawContent: recorder.contentOf(number) } };
      const answer = await client.postNotification(notification, { unsid: target.unsid, signal: run.calls.signal });
      if (answer.status === 201) recorder.published({ number, user: target.user, atMs });
      else recorder.refused(serviceErrorOf(answer)?.message ?? `status ${answer.status}`);
    };
    const before = chains.get(target.user) ?? Promise.resolve();
    chains.set(
      target.user,
      before.then(post).catch((error: unknown) => {
        if (!run.calls.signal.aborted) recorder.refused(error instanceof Error ? error.message : String(error));
      }),
    );
  }
  await Promise.all(chains.values());
}

async function settle(run: Run): Promise<void> {
  const { timer, recorder, script } = run;
  const limitMs = (): number => (run.signal?.aborted ? Math.min(stopGraceMs, script.settleSeconds * 1000) : script.settleSeconds * 1000);
  const started = timer.now();
  while (timer.now() - started < limitMs()) {
    await settledOrStopped(run, recorder.idle());
    if (recorder.isPlausiblyComplete() && score(run).total.lost === 0) return;
    await pass(timer, pollIntervalMs);
  }
}

function score(run: Run): Score {
  return scoreDeliveries({ ...run.recorder.evidence(), lateAfterMs: run.script.lateAfterMs });
}

/** A stopped run waits for pending calls, up to the grace period. */
async function settledOrStopped({ signal, timer }: Run, all: Promise<unknown>): Promise<void> {
  if (!signal) return void (await all);
  const over = new AbortController();
  const grace = new Promise<void>((resolve) => {
    const stop = (): void => resolve(pass(timer, stopGraceMs, over.signal));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { signal: over.signal });
  });
  // Also ends the wait and removes the listener.
  await Promise.race([all, grace]).finally(() => over.abort());
}

async function play(run: Run): Promise<ScriptResult> {
  const random = run.random.stream('offline');
  const share = run.script.offline?.share ?? 0;
  const flaky = run.devices.filter(() => random.chance(share));
  const churn = [storm(run), ...flaky.map((device) => disconnectRepeatedly(run, device))];
  const publishing = publish(run).finally(() => {
    run.isPublishing = false;
  });
  await settledOrStopped(run, Promise.all([publishing, ...churn]));
  run.isPublishing = false;
  await settle(run);
  const { published, refused, firstRefusal } = run.recorder.counts();
  const result = score(run);
  const isStopped = run.signal?.aborted ?? false;
  const isGood = !isStopped && result.total.lost === 0 && result.total.unexpected === 0 && published > 0;
  return { score: result, published, refused, firstRefusal, isStopped, isGood };
}

/**
 * Connects the script's devices, runs it, unsubscribes them and returns what was lost, late, duplicated or out of order.
 * A `signal` stops it early; the score then covers what was published until then.
 * @throws ConnectionError or DeviceError when the devices cannot be connected at the start.
 */
export async function runScript(script: Script, options: ScriptRunOptions): Promise<ScriptResult> {
  const timer = options.timer ?? realTimer;
  const random = createScriptRandom(script.seed);
  const recorder = createRecorder({
    run: randomUUID(),
    timer,
    dismisses: (number) => random.stream(`dismiss/${number}`).chance(script.dismissShare),
    dismisser: (number, of) => Math.floor(random.stream(`dismisser/${number}`).next() * of),
    ...(options.onProgress ? { onProgress: options.onProgress } : {}),
  });
  const calls = new AbortController();
  const devices = await connectAll(script, options, { recorder, calls });
  const run = { script, options, timer, random, recorder, devices, signal: options.signal, calls, isPublishing: true };
  try {
    return await play(run);
  } finally {
    if (options.signal?.aborted) calls.abort();
    const unsubscribing = new AbortController();
    setMaxListeners(0, unsubscribing.signal);
    const closing = closeFleet(devices, { unsubscribe: true, signal: unsubscribing.signal });
    await settledOrStopped(run, closing);
    unsubscribing.abort();
    await closing;
  }
}
