// Starts emulators for tests: free port, test clock, every answer judged; what is still open is stopped after each test.
import { afterAll, afterEach, expect } from 'vitest';
import type { components } from '../../src/documents/notifications.gen.ts';
import { loadSpec } from '../../src/documents/spec.ts';
import type { Violation } from '../../src/domain/errors.ts';
import type { PlatformType } from '../../src/domain/model.ts';
import type { Clock, Log } from '../../src/domain/ports.ts';
import { composeEmulator, type Emulator, type EmulatorOptions, type EmulatorParts } from '../../src/emulator.ts';
import { type Answer, type Call, send } from './http-call.ts';
import { createSequenceIds } from './ids.ts';
import { connectSocket, type Handshake, type SocketDevice } from './socket-device.ts';
import { createTestClock } from './time.ts';

type Schemas = components['schemas'];
export type NotificationBody = Schemas['NotificationResponse'];
export type SubscriptionBody = Schemas['Subscription'];
export type PageBody = Schemas['NotificationPage'];
export type ActiveBody = Schemas['ActiveNotification'];

export const application = 'contoso.example';
export const serverToken = 'dev.app.contoso-server';
export const tokenOf = (alias: string) => `dev.user.${alias}`;
export const rawBody = { targetHostName: application, payload: { rawContent: 'Hello' } };
export const visualBody = { targetHostName: application, payload: { visualContent: { title: 'Build finished', body: 'main is green' } } };

export interface SubscribeOptions {
  readonly platform?: PlatformType;
  readonly deviceId?: string;
  readonly application?: string;
  readonly displayName?: string;
}

/** A subscribed device: who, with which UNSID. */
export interface Subscribed {
  readonly alias: string;
  readonly unsid: string;
}

export interface TestEmulator {
  readonly url: string;
  readonly clock: Clock;
  readonly emulator: Emulator;
  /** What the documents would have forbidden to send; a test that expects some takes them out. */
  readonly violations: { readonly where: string; readonly faults: readonly Violation[] }[];
  /** What was logged as an error; a test that expects some takes it out. */
  readonly errors: unknown[][];
  send<T = unknown>(call: Call): Promise<Answer<T>>;
  subscribe(alias: string, options?: SubscribeOptions): Promise<Subscribed>;
  /** Publishes by an app server to the user of this device. */
  publish(to: Subscribed, more?: object): Promise<NotificationBody>;
  list(device: Subscribed, query?: string): Promise<PageBody>;
  get(device: Subscribed, id: string): Promise<Answer<ActiveBody>>;
  patch(device: Subscribed, id: string, json: object): Promise<Answer<ActiveBody>>;
  remove(device: Subscribed, id: string): Promise<Answer>;
  /** Opens the device's socket and takes the `connected` message. */
  connect(device: Subscribed, handshake?: Handshake): Promise<SocketDevice>;
  /** Opens the device's socket; `connected` is the first message. */
  open(device: Subscribed, handshake?: Handshake): Promise<SocketDevice>;
}

export type Start = (options?: EmulatorOptions, parts?: Partial<EmulatorParts>) => Promise<TestEmulator>;

/** Loaded once for a file: what a test does never changes them. */
const shipped = loadSpec();

/** Call it once at the head of a test file. `file`: what is started lives until the file's end. */
export function useEmulators(scope: 'test' | 'file' = 'test'): Start {
  const running: TestEmulator[] = [];
  const devices: SocketDevice[] = [];
  const stopAll = async () => {
    for (const device of devices.splice(0)) device.terminate();
    await Promise.all(running.splice(0).map(({ emulator }) => emulator.stop()));
  };
  afterEach(async () => {
    const seen = [...running];
    if (scope === 'test') await stopAll();
    expect(
      seen.flatMap((one) => one.violations.splice(0)),
      'what the emulator sent keeps its documents',
    ).toEqual([]);
    expect(
      seen.flatMap((one) => one.errors.splice(0)),
      'nothing failed inside the emulator',
    ).toEqual([]);
  });
  if (scope === 'file') afterAll(stopAll);
  return async (options = {}, parts = {}) => {
    const violations: { where: string; faults: readonly Violation[] }[] = [];
    const errors: unknown[][] = [];
    const clock = parts.clock ?? createTestClock();
    const onViolation = (where: string, faults: readonly Violation[]) => violations.push({ where, faults });
    const emulator = await composeEmulator(
      { validateResponses: true, ...options },
      {
        clock,
        ids: createSequenceIds(),
        log: createErrorLog(errors),
        onViolation,
        ...(options.spec ? {} : { spec: await shipped }),
        ...parts,
      },
    );
    const started = { ...operate(emulator.url, (device) => devices.push(device)), emulator, clock, violations, errors };
    running.push(started);
    return started;
  };
}

function createErrorLog(errors: unknown[][]): Log {
  const quiet = () => undefined;
  return { error: (...what) => void errors.push(what), warn: quiet, info: quiet, debug: quiet };
}

/** What tests do, at the emulator or at whatever stands in front of it. */
export function operate(
  url: string,
  opened: (device: SocketDevice) => void,
): Omit<TestEmulator, 'emulator' | 'clock' | 'violations' | 'errors'> {
  const one = <T>(device: Subscribed, id: string, more: Partial<Call> = {}) =>
    send<T>(url, { path: `/client/v1/notifications/${id}`, token: tokenOf(device.alias), unsid: device.unsid, ...more });
  async function open(device: Subscribed, handshake: Handshake = {}): Promise<SocketDevice> {
    const connected = await connectSocket(url, { unsid: device.unsid, token: tokenOf(device.alias), ...handshake });
    opened(connected);
    return connected;
  }
  return {
    url,
    send: (call) => send(url, call),
    subscribe: async (alias, { platform = 'Windows', deviceId = `${alias}-${platform}`, ...more } = {}) => {
      const json = { application, deviceId, platform, ...more };
      const answer = await send<SubscriptionBody>(url, { path: '/client/v1/subscriptions', token: tokenOf(alias), json });
      if (answer.status !== 200 && answer.status !== 201) throw new Error(`subscribing failed: ${answer.text}`);
      return { alias, unsid: answer.body.userNotificationSubscriptionId };
    },
    publish: async ({ unsid }, more = {}) => {
      const answer = await send<NotificationBody>(url, {
        path: '/beta/me/notifications',
        token: serverToken,
        unsid,
        json: { ...rawBody, ...more },
      });
      if (answer.status !== 201) throw new Error(`publishing failed: ${answer.text}`);
      return answer.body;
    },
    list: async ({ alias, unsid }, query = '') => {
      const answer = await send<PageBody>(url, { path: `/client/v1/notifications${query}`, token: tokenOf(alias), unsid });
      if (answer.status !== 200) throw new Error(`listing failed: ${answer.text}`);
      return answer.body;
    },
    get: (device, id) => one(device, id),
    patch: (device, id, json) => one(device, id, { method: 'PATCH', json }),
    remove: (device, id) => one(device, id, { method: 'DELETE' }),
    open,
    connect: async (device, handshake) => {
      const connected = await open(device, handshake);
      await connected.nextOf('connected');
      return connected;
    },
  };
}
