// The demo: five devices of two users, the recorded request and three more, and a comparison of what each device received.
import { readFile } from 'node:fs/promises';
import { createClient } from '../client/client.ts';
import { allPlatformTypes, type NotificationRequest, type PlatformType } from '../client/wire.ts';
import { createDevice } from '../simulator/device.ts';
import type { Device } from '../simulator/device-api.ts';
import { compare, type DemoAction, type DemoDevice, expectedFor, formatArrival } from './expectation.ts';
import { type Paint, timeline } from './timeline.ts';

export interface DemoOptions {
  /** Starts a service for this demo alone, on a free port. */
  readonly start: () => Promise<{ readonly url: string; stop(): Promise<void> }>;
  /** Writes one line of output. */
  readonly write: (line: string) => void;
  /** Default: no colours. */
  readonly paint?: Paint;
  /** Timeout in milliseconds for an expected message. Default 5,000. */
  readonly arrivalTimeoutMs?: number;
}

interface DemoRun {
  readonly url: string;
  readonly application: string;
  readonly devices: readonly (Device & { readonly isSaving: boolean })[];
  readonly actions: DemoAction[];
  readonly arrivalTimeoutMs: number;
}

const captureFile = new URL('../../fixtures/captures/2019-08-23.json', import.meta.url);
const demoDevices: readonly DemoDevice[] = [
  { user: 'adele', platform: 'Windows', isSaving: false },
  { user: 'adele', platform: 'iOS', isSaving: true },
  { user: 'adele', platform: 'Android', isSaving: false },
  { user: 'adele', platform: 'WebPush', isSaving: false },
  { user: 'bert', platform: 'Windows', isSaving: false },
];
const fallbackDelaySeconds = 60;
const plainPaint: Paint = { bold: String, dim: String, green: String, yellow: String, magenta: String, red: String };

async function recordedRequest(): Promise<NotificationRequest> {
  const capture: unknown = JSON.parse(await readFile(captureFile, 'utf8'));
  return (capture as { request: { body: NotificationRequest } }).request.body;
}

function deviceOf(demo: DemoRun, user: string, platform: PlatformType): Device {
  const device = demo.devices.find((device) => device.user === user && device.platform === platform);
  if (!device) throw new Error(`The demo has no ${platform} device of ${user}.`);
  return device;
}

/** Resolves when every device has received what it must so far, or after the timeout; the comparison at the end shows which. */
async function waitForArrivals(demo: DemoRun, isDeferred: (line: string) => boolean = () => false): Promise<void> {
  await Promise.all(
    demo.devices.map(async (device) => {
      const expected = expectedFor(device, demo.actions).filter((line) => !(device.batterySaver && isDeferred(line)));
      const hasArrived = (): boolean => compare(expected, device.received.map(formatArrival)).missing.length === 0;
      while (!hasArrived()) {
        const arrival = await device.next(undefined, { timeoutMs: demo.arrivalTimeoutMs }).catch(() => undefined);
        if (!arrival) return;
      }
    }),
  );
}

async function post(demo: DemoRun, user: string, request: NotificationRequest): Promise<void> {
  const client = createClient({ url: demo.url, token: 'dev.app.demo-server' });
  const answer = await client.postNotification(request, { unsid: deviceOf(demo, user, 'Windows').unsid });
  if (answer.status !== 201) throw new Error(`The notification was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
  demo.actions.push({ kind: 'posted', user, request });
}

async function dismissOnWindows(demo: DemoRun, request: NotificationRequest): Promise<void> {
  const device = deviceOf(demo, 'adele', 'Windows');
  const title = request.payload.visualContent?.title;
  const shown = [...device.notifications.values()].find(
    (notification) => notification.status === 'Active' && notification.payload.visualContent?.title === title,
  );
  if (!shown) return;
  await device.dismiss(shown.id);
  demo.actions.push({ kind: 'dismissed', user: 'adele', on: 'Windows', request });
}

async function advanceClock(demo: DemoRun, seconds: number): Promise<void> {
  const response = await fetch(new URL('/_emulator/v1/clock/advance', demo.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ seconds }),
  });
  if (!response.ok) throw new Error(`The clock could not be moved: ${response.status} ${await response.text()}`);
}

/** In battery saver the phone defers the raw notification, so that the toast is shown; then battery saver is switched off. */
async function runFallback(demo: DemoRun): Promise<void> {
  const phone = deviceOf(demo, 'adele', 'iOS');
  await phone.setBatterySaver(true);
  const held = new Promise<void>((resolve) => phone.on('held', () => resolve()));
  const title = 'Your order is ready';
  await post(demo, 'adele', {
    targetHostName: demo.application,
    priority: 'High',
    payload: { rawContent: '{"order":42}' },
    targetPolicy: { platformTypes: [...allPlatformTypes] },
    fallbackPolicy: {
      endpointFallback: { platformTypes: ['iOS'], fallbackDelayInSeconds: fallbackDelaySeconds, visualContent: { title } },
    },
  });
  await waitForArrivals(demo, (line) => line.includes('order'));
  const isHeld = await Promise.race([
    held.then(() => true),
    phone.next(() => false, { timeoutMs: demo.arrivalTimeoutMs }).catch(() => false),
  ]);
  if (isHeld === true) {
    await advanceClock(demo, fallbackDelaySeconds + 1);
    await waitForArrivals(demo, (line) => line.startsWith('created'));
  }
  await phone.setBatterySaver(false);
  await waitForArrivals(demo);
}

async function play(demo: DemoRun, recorded: NotificationRequest): Promise<void> {
  await post(demo, 'adele', recorded);
  await waitForArrivals(demo);
  const visual = { targetHostName: demo.application, payload: { visualContent: { title: 'Build finished', body: 'main is green' } } };
  await post(demo, 'adele', visual);
  await waitForArrivals(demo);
  await dismissOnWindows(demo, visual);
  await waitForArrivals(demo);
  await runFallback(demo);
  // A feed is ordered: once these have arrived, nothing else is pending.
  for (const user of ['adele', 'bert']) {
    await post(demo, user, { targetHostName: demo.application, payload: { rawContent: `that was all, ${user}` } });
  }
  await waitForArrivals(demo);
}

function reportComparison(demo: DemoRun, options: DemoOptions, paint: Paint): boolean {
  let isCorrect = true;
  for (const device of demo.devices) {
    const expected = expectedFor(device, demo.actions);
    const { missing, unexpected: tooMuch } = compare(expected, device.received.map(formatArrival));
    const name = `${device.user.padEnd(6)} ${device.platform.padEnd(8)}`;
    if (missing.length + tooMuch.length === 0) {
      options.write(`${paint.green('✓')} ${name} got exactly what it should (${expected.length} of ${expected.length})`);
      continue;
    }
    isCorrect = false;
    for (const line of missing) options.write(`${paint.red('✗')} ${name} did not get: ${line}`);
    for (const line of tooMuch) options.write(`${paint.red('✗')} ${name} should not have got: ${line}`);
  }
  return isCorrect;
}

async function connectCast(url: string, application: string): Promise<DemoRun['devices']> {
  const connected = await Promise.allSettled(
    demoDevices.map(async ({ user, platform, isSaving }) =>
      Object.assign(await createDevice({ url, user, platform, application }), { isSaving }),
    ),
  );
  const devices = connected.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failed = connected.find((result) => result.status === 'rejected');
  if (!failed) return devices;
  await Promise.all(devices.map((device) => device.close()));
  throw failed.reason;
}

/**
 * Runs the demo and returns whether each device received exactly what it should (F14, F16, F27, F29, D11, R4, R9).
 * @throws what starting, connecting or posting throws.
 */
export async function runDemo(options: DemoOptions): Promise<boolean> {
  const paint = options.paint ?? plainPaint;
  const recorded = await recordedRequest();
  const application = recorded.targetHostName;
  const emulator = await options.start();
  try {
    const devices = await connectCast(emulator.url, application);
    const demo: DemoRun = { url: emulator.url, application, devices, actions: [], arrivalTimeoutMs: options.arrivalTimeoutMs ?? 5000 };
    try {
      await play(demo, recorded);
      options.write(paint.bold(`What the devices of ${application} received`));
      for (const line of timeline(devices, paint)) options.write(line);
      options.write('');
      return reportComparison(demo, options, paint);
    } finally {
      await Promise.all(devices.map((device) => device.close()));
    }
  } finally {
    await emulator.stop();
  }
}
