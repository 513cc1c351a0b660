// The demo: five devices of two users, the recorded request and three more, and a judgement of what each device got.
import { readFile } from 'node:fs/promises';
import { createClient } from '../client/client.ts';
import { type NotificationRequest, PLATFORM_TYPES, type PlatformType } from '../client/wire.ts';
import { createDevice } from '../simulator/device.ts';
import type { Device } from '../simulator/device-face.ts';
import { compare, type Deed, type DemoDevice, expectedFor, tellArrival } from './expectation.ts';
import { type Paint, timeline } from './timeline.ts';

export interface DemoOptions {
  /** Starts a service that nobody else uses, on a free port. */
  readonly start: () => Promise<{ readonly url: string; stop(): Promise<void> }>;
  /** Takes the demo's lines. */
  readonly write: (line: string) => void;
  /** Default: no colours. */
  readonly paint?: Paint;
  /** Milliseconds to wait for something that must come. Default 5,000. */
  readonly patienceMs?: number;
}

interface Stage {
  readonly url: string;
  readonly application: string;
  readonly devices: readonly (Device & { readonly isSaving: boolean })[];
  readonly deeds: Deed[];
  readonly patienceMs: number;
}

const CAPTURE = new URL('../../fixtures/captures/2019-08-23.json', import.meta.url);
const CAST: readonly DemoDevice[] = [
  { user: 'adele', platform: 'Windows', isSaving: false },
  { user: 'adele', platform: 'iOS', isSaving: true },
  { user: 'adele', platform: 'Android', isSaving: false },
  { user: 'adele', platform: 'WebPush', isSaving: false },
  { user: 'bert', platform: 'Windows', isSaving: false },
];
const FALLBACK_DELAY_SECONDS = 60;
const PLAIN: Paint = { bold: String, dim: String, green: String, yellow: String, magenta: String, red: String };

async function recordedRequest(): Promise<NotificationRequest> {
  const capture: unknown = JSON.parse(await readFile(CAPTURE, 'utf8'));
  return (capture as { request: { body: NotificationRequest } }).request.body;
}

function deviceOf(stage: Stage, user: string, platform: PlatformType): Device {
  const device = stage.devices.find((one) => one.user === user && one.platform === platform);
  if (!device) throw new Error(`The demo has no ${platform} device of ${user}.`);
  return device;
}

/** Resolves when every device has got what it must so far, or patience ends: the judgement at the end tells which. */
async function everybodyServed(stage: Stage, isHeldBack: (line: string) => boolean = () => false): Promise<void> {
  await Promise.all(
    stage.devices.map(async (device) => {
      const expected = expectedFor(device, stage.deeds).filter((line) => !(device.batterySaver && isHeldBack(line)));
      const isServed = (): boolean => compare(expected, device.received.map(tellArrival)).missing.length === 0;
      while (!isServed()) {
        const arrival = await device.next(undefined, { timeoutMs: stage.patienceMs }).catch(() => undefined);
        if (!arrival) return;
      }
    }),
  );
}

async function post(stage: Stage, user: string, request: NotificationRequest): Promise<void> {
  const client = createClient({ url: stage.url, token: 'dev.app.demo-server' });
  const answer = await client.postNotification(request, { unsid: deviceOf(stage, user, 'Windows').unsid });
  if (answer.status !== 201) throw new Error(`The notification was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
  stage.deeds.push({ kind: 'posted', user, request });
}

async function dismissOnWindows(stage: Stage, request: NotificationRequest): Promise<void> {
  const device = deviceOf(stage, 'adele', 'Windows');
  const title = request.payload.visualContent?.title;
  const shown = [...device.notifications.values()].find((one) => one.status === 'Active' && one.payload.visualContent?.title === title);
  if (!shown) return;
  await device.dismiss(shown.id);
  stage.deeds.push({ kind: 'dismissed', user: 'adele', on: 'Windows', request });
}

async function advanceClock(stage: Stage, seconds: number): Promise<void> {
  const response = await fetch(new URL('/_emulator/v1/clock/advance', stage.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ seconds }),
  });
  if (!response.ok) throw new Error(`The clock could not be moved: ${response.status} ${await response.text()}`);
}

/** The phone saves its battery, so the raw notification waits and the toast shows; then the phone wakes up. */
async function playFallback(stage: Stage): Promise<void> {
  const phone = deviceOf(stage, 'adele', 'iOS');
  await phone.setBatterySaver(true);
  const held = new Promise<void>((resolve) => phone.on('held', () => resolve()));
  const title = 'Your order is ready';
  await post(stage, 'adele', {
    targetHostName: stage.application,
    priority: 'High',
    payload: { rawContent: '{"order":42}' },
    targetPolicy: { platformTypes: [...PLATFORM_TYPES] },
    fallbackPolicy: {
      endpointFallback: { platformTypes: ['iOS'], fallbackDelayInSeconds: FALLBACK_DELAY_SECONDS, visualContent: { title } },
    },
  });
  await everybodyServed(stage, (line) => line.includes('order'));
  const isHeld = await Promise.race([held.then(() => true), phone.next(() => false, { timeoutMs: stage.patienceMs }).catch(() => false)]);
  if (isHeld === true) {
    await advanceClock(stage, FALLBACK_DELAY_SECONDS + 1);
    await everybodyServed(stage, (line) => line.startsWith('created'));
  }
  await phone.setBatterySaver(false);
  await everybodyServed(stage);
}

async function play(stage: Stage, recorded: NotificationRequest): Promise<void> {
  await post(stage, 'adele', recorded);
  await everybodyServed(stage);
  const visual = { targetHostName: stage.application, payload: { visualContent: { title: 'Build finished', body: 'main is green' } } };
  await post(stage, 'adele', visual);
  await everybodyServed(stage);
  await dismissOnWindows(stage, visual);
  await everybodyServed(stage);
  await playFallback(stage);
  // A feed is ordered: once these are there, nothing else is still under way.
  for (const user of ['adele', 'bert']) {
    await post(stage, user, { targetHostName: stage.application, payload: { rawContent: `that was all, ${user}` } });
  }
  await everybodyServed(stage);
}

function judge(stage: Stage, options: DemoOptions, paint: Paint): boolean {
  let isGood = true;
  for (const device of stage.devices) {
    const expected = expectedFor(device, stage.deeds);
    const { missing, tooMuch } = compare(expected, device.received.map(tellArrival));
    const name = `${device.user.padEnd(6)} ${device.platform.padEnd(8)}`;
    if (missing.length + tooMuch.length === 0) {
      options.write(`${paint.green('✓')} ${name} got exactly what it should (${expected.length} of ${expected.length})`);
      continue;
    }
    isGood = false;
    for (const line of missing) options.write(`${paint.red('✗')} ${name} did not get: ${line}`);
    for (const line of tooMuch) options.write(`${paint.red('✗')} ${name} should not have got: ${line}`);
  }
  return isGood;
}

async function connectCast(url: string, application: string): Promise<Stage['devices']> {
  const connected = await Promise.allSettled(
    CAST.map(async ({ user, platform, isSaving }) => Object.assign(await createDevice({ url, user, platform, application }), { isSaving })),
  );
  const devices = connected.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failed = connected.find((result) => result.status === 'rejected');
  if (!failed) return devices;
  await Promise.all(devices.map((device) => device.close()));
  throw failed.reason;
}

/**
 * Plays the demo and tells whether each device got exactly what it should (F14, F16, F27, F29, D11, R4, R9).
 * @throws what starting, connecting or posting throws.
 */
export async function runDemo(options: DemoOptions): Promise<boolean> {
  const paint = options.paint ?? PLAIN;
  const recorded = await recordedRequest();
  const application = recorded.targetHostName;
  const emulator = await options.start();
  try {
    const devices = await connectCast(emulator.url, application);
    const stage: Stage = { url: emulator.url, application, devices, deeds: [], patienceMs: options.patienceMs ?? 5000 };
    try {
      await play(stage, recorded);
      options.write(paint.bold(`What the devices of ${application} received`));
      for (const line of timeline(devices, paint)) options.write(line);
      options.write('');
      return judge(stage, options, paint);
    } finally {
      await Promise.all(devices.map((device) => device.close()));
    }
  } finally {
    await emulator.stop();
  }
}
