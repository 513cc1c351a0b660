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
  fixture: DeviceFixture,
  recorder: DeviceRecorder,
  expected: Expected,
): Promise<ReceivedNotification> {
  const { id, description, change, where = () => true, from = 0, requirement } = expected;
  const matches = (received: ReceivedMessage) =>
    received.kind === 'notification' && received.notification.id === id && where(received.notification);
  const received = await waitFor(fixture, recorder, { matches, from, description: `${description} (${id})`, requirement });
  if (received.kind !== 'notification') throw new Error('Only notifications match.');
  if (change !== undefined && received.change !== undefined && received.change !== change)
    fixture.context.fail({
      ...(requirement === undefined ? {} : { requirement }),
      expected: `${description} (${id}) at ${recorder.who} as ${change}`,
      got: `it as ${received.change}`,
    });
  return received;
}

/** Waits for the toast. */
export async function expectToast(
  fixture: DeviceFixture,
  recorder: DeviceRecorder,
  { id, requirement }: Pick<Expected, 'id' | 'requirement'>,
  from = 0,
): Promise<Extract<ReceivedMessage, { kind: 'toast' }>> {
  const matches = (received: ReceivedMessage) => received.kind === 'toast' && received.notificationId === id;
  const received = await waitFor(fixture, recorder, { matches, from, description: `the toast of ${id}`, requirement });
  if (received.kind !== 'toast') throw new Error('Only toasts match.');
  return received;
}

interface WaitOptions {
  readonly matches: (received: ReceivedMessage) => boolean;
  readonly from: number;
  readonly description: string;
  readonly requirement: string | undefined;
}

async function waitFor(
  { context }: DeviceFixture,
  recorder: DeviceRecorder,
  { matches, from, description, requirement }: WaitOptions,
): Promise<ReceivedMessage> {
  const index = await recorder.received.find(matches, { from, limitMs: context.arrivalTimeoutMs, signal: context.signal });
  const received = index === undefined ? undefined : recorder.received.all[index];
  if (received) return received;
  throwIfDisconnected(recorder);
  return context.fail({
    ...(requirement === undefined ? {} : { requirement }),
    expected: `${description} at ${recorder.who}`,
    got: `${formatReceived(recorder, from)}; waited for ${context.arrivalTimeoutMs / 1000} s`,
  });
}

/** A line that breaks is no breach: the device would come back, and be served. */
function throwIfDisconnected({ received, who }: DeviceRecorder): void {
  const closed = received.all.find(({ kind }) => kind === 'closed');
  if (closed?.kind === 'closed' && (closed.code === undefined || closed.code === 1006 || closed.code === 1001))
    throw new Error(`The connection of ${who} was cut.`);
}

/**
 * Publishes to the feed of each of these devices and waits until it came: what should have come before it has come, what has not will not
 * any more (R1).
 */
export async function flushWithSentinel(fixture: DeviceFixture, ...recorders: readonly DeviceRecorder[]): Promise<void> {
  premise(recorders[0], 'a device for the marker');
  const feeds = new Map<string, DeviceRecorder[]>();
  for (const recorder of recorders) {
    const feed = `${recorder.device.user} ${recorder.device.application}`;
    feeds.set(feed, [...(feeds.get(feed) ?? []), recorder]);
  }
  await Promise.all([...feeds.values()].map((members) => flushFeed(fixture, members)));
}

async function flushFeed(fixture: DeviceFixture, recorders: readonly DeviceRecorder[]): Promise<void> {
  const first = premise(recorders[0], 'a connected device');
  const before = recorders.map(({ received }) => received.all.length);
  const marker = await fixture.post(first.device);
  await Promise.all(
    recorders.map((recorder, index) => {
      const from = before[index] ?? 0;
      // A device that must not fetch takes any signal that comes now for it.
      const matches = (received: ReceivedMessage) =>
        received.kind === 'signal' || (received.kind === 'notification' && received.notification.id === marker.id);
      const isIt = (received: ReceivedMessage) => received.kind === 'notification' && received.notification.id === marker.id;
      return waitFor(fixture, recorder, {
        matches: recorder.ignoresSignals ? matches : isIt,
        from,
        description: `a later notification (${marker.id}), which shows that nothing else is to come,`,
        requirement: undefined,
      });
    }),
  );
}

/** What it was pushed of one notification, fetched ones not counted, which everybody may read. */
export function pushesOf({ received }: DeviceRecorder, id: string, from = 0): readonly ReceivedNotification[] {
  const isOfIt = (one: ReceivedMessage): one is ReceivedNotification => one.kind === 'notification' && one.notification.id === id;
  // What a signal had it fetch before may be pushed yet: a fetch overtakes the pushes that are under way.
  const fetched = new Set(
    received.all
      .slice(0, from)
      .filter((one) => isOfIt(one) && one.change === undefined)
      .map(stateOf),
  );
  return received.all
    .slice(from)
    .filter((one): one is ReceivedNotification => isOfIt(one) && one.change !== undefined && !fetched.has(stateOf(one)));
}

/** Equal for what tells the same of a notification. */
function stateOf(received: ReceivedMessage): string {
  if (received.kind !== 'notification') return received.kind;
  const { id, status, readState, userActionState } = received.notification;
  return [id, status, readState, userActionState].join(' ');
}

export function toastsOf({ received }: DeviceRecorder, id: string, from = 0): readonly ReceivedMessage[] {
  return received.all.slice(from).filter((one) => one.kind === 'toast' && one.notificationId === id);
}

/** Nothing of it was pushed to the device; call it after {@link flushWithSentinel}. */
export function expectNoDelivery(
  fixture: DeviceFixture,
  recorder: DeviceRecorder,
  { id, description, from = 0 }: Pick<Expected, 'id' | 'description' | 'from'>,
): void {
  const pushes = pushesOf(recorder, id, from);
  if (pushes.length > 0)
    fixture.context.fail({ expected: `${description} (${id}) not at ${recorder.who}`, got: pushes.map(describe).join('; ') });
}

/** No toast of it came; call it after {@link flushWithSentinel}. */
export function expectNoToast(
  fixture: DeviceFixture,
  recorder: DeviceRecorder,
  { id }: { readonly id: string },
  description: string,
): void {
  const toasts = toastsOf(recorder, id);
  if (toasts.length > 0)
    fixture.context.fail({ expected: `no toast of ${id} at ${recorder.who}, ${description}`, got: toasts.map(describe).join('; ') });
}

/** Connects a device that has to be let in. @throws ContractFailure when the target refuses it */
export async function reconnect(fixture: DeviceFixture, device: AdapterDevice, options: ConnectOptions = {}): Promise<DeviceRecorder> {
  return expectAccepted(fixture, `${fixture.nameOf(device)} to be connected`, () => fixture.connect(device, options));
}

/** What the target must not refuse; an error with a status says that it did. */
export async function expectAccepted<Result>(
  fixture: DeviceFixture,
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
    return fixture.context.fail({ ...(requirement === undefined ? {} : { requirement }), expected, got: error.message });
  }
}

/** Posts, and waits until the device has it: the next one comes after it, also where both are fetched. */
export async function postAndReceive(
  fixture: DeviceFixture,
  recorder: DeviceRecorder,
  more: object = {},
): Promise<Posted & { readonly cursor: string }> {
  const posted = await fixture.post(recorder.device, more);
  const { cursor } = await expectNotification(fixture, recorder, { id: posted.id, description: 'the notification' });
  return { ...posted, cursor };
}

export function formatReceived({ received }: DeviceRecorder, from = 0): string {
  const all = received.all.slice(from).map(describe);
  if (all.length === 0) return 'nothing';
  return all.length <= 8 ? all.join('; ') : `${all.length} messages, the last: ${all.slice(-8).join('; ')}`;
}
