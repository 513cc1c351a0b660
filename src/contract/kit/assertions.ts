// What scenarios expect of devices: something comes in time; nothing came, proved by a later notification that did come.
import type { AdapterDevice, AdapterNotification } from '../target/adapter.ts';
import { isThrottled } from '../target/rate-limit.ts';
import { type DeviceRecorder, describe, type ReceivedMessage } from './device-recorder.ts';
import type { ConnectOptions, DeviceFixture } from './devices.ts';
import type { Posted } from './posting.ts';
import { premise } from './premise.ts';

export interface Expected {
  readonly id: string;
  /** What has to come, for the failure: `the notification`. */
  readonly description: string;
  /** Told where the message says it; a fetch after a signal does not. */
  readonly change?: 'created' | 'updated' | 'deleted';
  /** The state in which it has to come. */
  readonly where?: (notification: AdapterNotification) => boolean;
  /** Only what came from this index on. */
  readonly from?: number;
  /** The requirement that is broken when it does not; default: the case's. */
  readonly requirement?: string;
}

export type ReceivedNotification = Extract<ReceivedMessage, { readonly kind: 'notification' }>;

/** Waits for it. @throws ContractFailure when it does not come in time, or with another `change` */
export async function expectNotification(
  stage: DeviceFixture,
  listener: DeviceRecorder,
  expected: Expected,
): Promise<ReceivedNotification> {
  const { id, description: says, change, where = () => true, from = 0, requirement } = expected;
  const matches = (told: ReceivedMessage) => told.kind === 'notification' && told.notification.id === id && where(told.notification);
  const told = await waitFor(stage, listener, { matches, from, description: `${says} (${id})`, requirement });
  if (told.kind !== 'notification') throw new Error('Only notifications match.');
  if (change !== undefined && told.change !== undefined && told.change !== change)
    stage.context.fail({
      ...(requirement === undefined ? {} : { requirement }),
      expected: `${says} (${id}) at ${listener.who} as ${change}`,
      got: `it as ${told.change}`,
    });
  return told;
}

/** Waits for the toast. */
export async function expectToast(
  stage: DeviceFixture,
  listener: DeviceRecorder,
  { id, requirement }: Pick<Expected, 'id' | 'requirement'>,
  from = 0,
): Promise<Extract<ReceivedMessage, { kind: 'toast' }>> {
  const matches = (told: ReceivedMessage) => told.kind === 'toast' && told.notificationId === id;
  const told = await waitFor(stage, listener, { matches, from, description: `the toast of ${id}`, requirement });
  if (told.kind !== 'toast') throw new Error('Only toasts match.');
  return told;
}

interface WaitOptions {
  readonly matches: (told: ReceivedMessage) => boolean;
  readonly from: number;
  readonly description: string;
  readonly requirement: string | undefined;
}

async function waitFor(
  { context }: DeviceFixture,
  listener: DeviceRecorder,
  { matches, from, description: says, requirement }: WaitOptions,
): Promise<ReceivedMessage> {
  const index = await listener.received.find(matches, { from, limitMs: context.arrivalTimeoutMs, signal: context.signal });
  const told = index === undefined ? undefined : listener.received.all[index];
  if (told) return told;
  throwIfDisconnected(listener);
  return context.fail({
    ...(requirement === undefined ? {} : { requirement }),
    expected: `${says} at ${listener.who}`,
    got: `${formatReceived(listener, from)}; waited for ${context.arrivalTimeoutMs / 1000} s`,
  });
}

/** A line that breaks is no breach: the device would come back, and be served. */
function throwIfDisconnected({ received: told, who }: DeviceRecorder): void {
  const closed = told.all.find(({ kind }) => kind === 'closed');
  if (closed?.kind === 'closed' && (closed.code === undefined || closed.code === 1006 || closed.code === 1001))
    throw new Error(`The connection of ${who} was cut.`);
}

/**
 * Publishes to the feed of each of these devices and waits until it came: what should have come before it has come, what has not will not
 * any more (R1).
 */
export async function flushWithSentinel(stage: DeviceFixture, ...listeners: readonly DeviceRecorder[]): Promise<void> {
  premise(listeners[0], 'a device for the marker');
  const feeds = new Map<string, DeviceRecorder[]>();
  for (const listener of listeners) {
    const feed = `${listener.device.user} ${listener.device.application}`;
    feeds.set(feed, [...(feeds.get(feed) ?? []), listener]);
  }
  await Promise.all([...feeds.values()].map((members) => flushFeed(stage, members)));
}

async function flushFeed(stage: DeviceFixture, listeners: readonly DeviceRecorder[]): Promise<void> {
  const first = premise(listeners[0], 'a connected device');
  const before = listeners.map(({ received: told }) => told.all.length);
  const marker = await stage.post(first.device);
  await Promise.all(
    listeners.map((listener, index) => {
      const from = before[index] ?? 0;
      // A device that must not fetch takes any signal that comes now for it.
      const matches = (told: ReceivedMessage) =>
        told.kind === 'signal' || (told.kind === 'notification' && told.notification.id === marker.id);
      const isIt = (told: ReceivedMessage) => told.kind === 'notification' && told.notification.id === marker.id;
      return waitFor(stage, listener, {
        matches: listener.ignoresSignals ? matches : isIt,
        from,
        description: `a later notification (${marker.id}), which shows that nothing else is to come,`,
        requirement: undefined,
      });
    }),
  );
}

/** What it was pushed of one notification, fetched ones not counted, which everybody may read. */
export function pushesOf({ received: told }: DeviceRecorder, id: string, from = 0): readonly ReceivedNotification[] {
  const isOfIt = (one: ReceivedMessage): one is ReceivedNotification => one.kind === 'notification' && one.notification.id === id;
  // What a signal had it fetch before may be pushed yet: a fetch overtakes the pushes that are under way.
  const fetched = new Set(
    told.all
      .slice(0, from)
      .filter((one) => isOfIt(one) && one.change === undefined)
      .map(stateOf),
  );
  return told.all
    .slice(from)
    .filter((one): one is ReceivedNotification => isOfIt(one) && one.change !== undefined && !fetched.has(stateOf(one)));
}

/** Equal for what tells the same of a notification. */
function stateOf(told: ReceivedMessage): string {
  if (told.kind !== 'notification') return told.kind;
  const { id, status, readState, userActionState } = told.notification;
  return [id, status, readState, userActionState].join(' ');
}

export function toastsOf({ received: told }: DeviceRecorder, id: string, from = 0): readonly ReceivedMessage[] {
  return told.all.slice(from).filter((one) => one.kind === 'toast' && one.notificationId === id);
}

/** Nothing of it was pushed to the device; call it after {@link flushWithSentinel}. */
export function expectNoDelivery(
  stage: DeviceFixture,
  listener: DeviceRecorder,
  { id, description: says, from = 0 }: Pick<Expected, 'id' | 'description' | 'from'>,
): void {
  const pushes = pushesOf(listener, id, from);
  if (pushes.length > 0) stage.context.fail({ expected: `${says} (${id}) not at ${listener.who}`, got: pushes.map(describe).join('; ') });
}

/** No toast of it came; call it after {@link flushWithSentinel}. */
export function expectNoToast(stage: DeviceFixture, listener: DeviceRecorder, { id }: { readonly id: string }, says: string): void {
  const toasts = toastsOf(listener, id);
  if (toasts.length > 0)
    stage.context.fail({ expected: `no toast of ${id} at ${listener.who}, ${says}`, got: toasts.map(describe).join('; ') });
}

/** Connects a device that has to be let in. @throws ContractFailure when the target refuses it */
export async function reconnect(stage: DeviceFixture, device: AdapterDevice, options: ConnectOptions = {}): Promise<DeviceRecorder> {
  return expectAccepted(stage, `${stage.nameOf(device)} to be connected`, () => stage.connect(device, options));
}

/** What the target must not refuse; an error with a status says that it did. */
export async function expectAccepted<Result>(
  stage: DeviceFixture,
  expected: string,
  act: () => Promise<Result>,
  requirement?: string,
): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    const status: unknown = error instanceof Error ? Reflect.get(error, 'status') : undefined;
    // A target that is busy has refused nothing for good.
    if (!(error instanceof Error) || typeof status !== 'number' || isThrottled(status)) throw error;
    return stage.context.fail({ ...(requirement === undefined ? {} : { requirement }), expected, got: error.message });
  }
}

/** Posts, and waits until the device has it: the next one comes after it, also where both are fetched. */
export async function postAndReceive(
  stage: DeviceFixture,
  listener: DeviceRecorder,
  more: object = {},
): Promise<Posted & { readonly cursor: string }> {
  const posted = await stage.post(listener.device, more);
  const { cursor } = await expectNotification(stage, listener, { id: posted.id, description: 'the notification' });
  return { ...posted, cursor };
}

export function formatReceived({ received: told }: DeviceRecorder, from = 0): string {
  const all = told.all.slice(from).map(describe);
  if (all.length === 0) return 'nothing';
  return all.length <= 8 ? all.join('; ') : `${all.length} messages, the last: ${all.slice(-8).join('; ')}`;
}
