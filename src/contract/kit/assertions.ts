// Assertions of scenarios about devices: a message arrives in time; a message was not sent, which a later notification (the sentinel) proves.
import { busyStatuses } from '../../client/throttling.ts';
import { memberOf } from '../../values/json.ts';
import type { AdapterDevice, AdapterNotification } from '../target/adapter.ts';
import { type DeviceRecorder, describe, type ReceivedMessage } from './device-recorder.ts';
import type { ConnectOptions, DeviceFixture } from './devices.ts';
import type { Posted } from './posting.ts';
import { premise } from './premise.ts';

export interface Expected {
  readonly id: string;
  /** What is expected, for the failure: `the notification`. */
  readonly description: string;
  /** Checked only if the message has it; a notification that was fetched after a signal has none. */
  readonly change?: 'created' | 'updated' | 'deleted';
  /** Further condition on the notification, such as its state. */
  readonly where?: (notification: AdapterNotification) => boolean;
  /** Index of the first message that counts. */
  readonly from?: number;
  /** The requirement that is broken if it does not arrive; default: the case's. */
  readonly requirement?: string;
}

export type ReceivedNotification = Extract<ReceivedMessage, { readonly kind: 'notification' }>;

/** Waits for a notification. @throws ContractFailure if it does not arrive in time, or with another `change` */
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

/** Waits for the toast of a notification. @throws ContractFailure if it does not arrive in time */
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

/** A connection that breaks is no failure of the target: a device would reconnect and get what it missed. */
function throwIfDisconnected({ received, who }: DeviceRecorder): void {
  const closed = received.all.find(({ kind }) => kind === 'closed');
  if (closed?.kind === 'closed' && (closed.code === undefined || closed.code === 1006 || closed.code === 1001))
    throw new Error(`The connection of ${who} was cut, so the case has no verdict. Check the network between the suite and the target.`);
}

/**
 * Publishes a sentinel to the feed of each device and waits for it at all devices. Since a feed is in order, whatever has not arrived
 * before the sentinel will not arrive any more (R1).
 */
export async function flushWithSentinel(fixture: DeviceFixture, ...recorders: readonly DeviceRecorder[]): Promise<void> {
  premise(recorders[0], 'a device for the sentinel');
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
  const sentinel = await fixture.post(first.device);
  await Promise.all(
    recorders.map((recorder, index) => {
      const from = before[index] ?? 0;
      // A device that fetches nothing cannot identify the sentinel, so any new signal counts.
      const matches = (received: ReceivedMessage) =>
        received.kind === 'signal' || (received.kind === 'notification' && received.notification.id === sentinel.id);
      const isIt = (received: ReceivedMessage) => received.kind === 'notification' && received.notification.id === sentinel.id;
      return waitFor(fixture, recorder, {
        matches: recorder.ignoresSignals ? matches : isIt,
        from,
        description: `a later notification (${sentinel.id}), after which nothing earlier can arrive,`,
        requirement: undefined,
      });
    }),
  );
}

/** Messages that pushed one notification to the device. Fetched notifications do not count, since every device may read them. */
export function pushesOf({ received }: DeviceRecorder, id: string, from = 0): readonly ReceivedNotification[] {
  const isOfIt = (one: ReceivedMessage): one is ReceivedNotification => one.kind === 'notification' && one.notification.id === id;
  // A fetch overtakes pushes that are under way, so the push of a state that was fetched before does not count either.
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

/** Equal for messages about the same state of the same notification. */
function stateOf(received: ReceivedMessage): string {
  if (received.kind !== 'notification') return received.kind;
  const { id, status, readState, userActionState } = received.notification;
  return [id, status, readState, userActionState].join(' ');
}

export function toastsOf({ received }: DeviceRecorder, id: string, from = 0): readonly ReceivedMessage[] {
  return received.all.slice(from).filter((one) => one.kind === 'toast' && one.notificationId === id);
}

/** Expects that the notification was not pushed to the device; call it after {@link flushWithSentinel}. */
export function expectNoDelivery(
  fixture: DeviceFixture,
  recorder: DeviceRecorder,
  { id, description, from = 0 }: Pick<Expected, 'id' | 'description' | 'from'>,
): void {
  const pushes = pushesOf(recorder, id, from);
  if (pushes.length > 0)
    fixture.context.fail({ expected: `${description} (${id}) not at ${recorder.who}`, got: pushes.map(describe).join('; ') });
}

/** Expects that no toast of the notification was sent; call it after {@link flushWithSentinel}. */
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

/** Connects a device. @throws ContractFailure if the target refuses the connection */
export async function reconnect(fixture: DeviceFixture, device: AdapterDevice, options: ConnectOptions = {}): Promise<DeviceRecorder> {
  return expectAccepted(fixture, `${fixture.nameOf(device)} to be connected`, () => fixture.connect(device, options));
}

/** Runs an action that the target must accept. @throws ContractFailure if it fails with an HTTP status */
export async function expectAccepted<Result>(
  fixture: DeviceFixture,
  expected: string,
  act: () => Promise<Result>,
  requirement?: string,
): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    const status: unknown = memberOf(error, 'status');
    // A throttled request is no refusal: it is an error without a verdict.
    if (!(error instanceof Error) || typeof status !== 'number' || busyStatuses.has(status)) throw error;
    return fixture.context.fail({ ...(requirement === undefined ? {} : { requirement }), expected, got: error.message });
  }
}

/** Posts and waits until the device has the notification, so that the next one follows it even if both are fetched. */
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
