// What scenarios expect of devices: something comes in time; nothing came, proved by a later notification that did come.
import type { AdapterDevice, AdapterNotification } from '../target/adapter.ts';
import { isBusy } from '../target/rate-limit.ts';
import { describe, type Listener, type Told } from './device-recorder.ts';
import type { ListenOptions, Stage } from './devices.ts';
import type { Posted } from './posting.ts';
import { premise } from './premise.ts';

export interface Expected {
  readonly id: string;
  /** What has to come, for the failure: `the notification`. */
  readonly says: string;
  /** Told where the message says it; a fetch after a signal does not. */
  readonly change?: 'created' | 'updated' | 'deleted';
  /** The state in which it has to come. */
  readonly where?: (notification: AdapterNotification) => boolean;
  /** Only what came from this index on. */
  readonly from?: number;
  /** The requirement that is broken when it does not; default: the case's. */
  readonly requirement?: string;
}

export type ToldNotification = Extract<Told, { readonly kind: 'notification' }>;

/** Waits for it. @throws ContractFailure when it does not come in time, or with another `change` */
export async function arrives(stage: Stage, listener: Listener, expected: Expected): Promise<ToldNotification> {
  const { id, says, change, where = () => true, from = 0, requirement } = expected;
  const matches = (told: Told) => told.kind === 'notification' && told.notification.id === id && where(told.notification);
  const told = await awaited(stage, listener, { matches, from, says: `${says} (${id})`, requirement });
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
export async function toastArrives(
  stage: Stage,
  listener: Listener,
  { id, requirement }: Pick<Expected, 'id' | 'requirement'>,
  from = 0,
): Promise<Extract<Told, { kind: 'toast' }>> {
  const matches = (told: Told) => told.kind === 'toast' && told.notificationId === id;
  const told = await awaited(stage, listener, { matches, from, says: `the toast of ${id}`, requirement });
  if (told.kind !== 'toast') throw new Error('Only toasts match.');
  return told;
}

interface Awaited {
  readonly matches: (told: Told) => boolean;
  readonly from: number;
  readonly says: string;
  readonly requirement: string | undefined;
}

async function awaited({ context }: Stage, listener: Listener, { matches, from, says, requirement }: Awaited): Promise<Told> {
  const index = await listener.told.find(matches, { from, limitMs: context.patienceMs, signal: context.signal });
  const told = index === undefined ? undefined : listener.told.all[index];
  if (told) return told;
  throwIfCut(listener);
  return context.fail({
    ...(requirement === undefined ? {} : { requirement }),
    expected: `${says} at ${listener.who}`,
    got: `${toldFrom(listener, from)}; waited for ${context.patienceMs / 1000} s`,
  });
}

/** A line that breaks is no breach: the device would come back, and be served. */
function throwIfCut({ told, who }: Listener): void {
  const closed = told.all.find(({ kind }) => kind === 'closed');
  if (closed?.kind === 'closed' && (closed.code === undefined || closed.code === 1006 || closed.code === 1001))
    throw new Error(`The connection of ${who} was cut.`);
}

/**
 * Publishes to the feed of each of these devices and waits until it came: what should have come before it has come, what has not will not
 * any more (R1).
 */
export async function passMarker(stage: Stage, ...listeners: readonly Listener[]): Promise<void> {
  premise(listeners[0], 'a device for the marker');
  const feeds = new Map<string, Listener[]>();
  for (const listener of listeners) {
    const feed = `${listener.device.user} ${listener.device.application}`;
    feeds.set(feed, [...(feeds.get(feed) ?? []), listener]);
  }
  await Promise.all([...feeds.values()].map((members) => passOne(stage, members)));
}

async function passOne(stage: Stage, listeners: readonly Listener[]): Promise<void> {
  const first = premise(listeners[0], 'a connected device');
  const before = listeners.map(({ told }) => told.all.length);
  const marker = await stage.post(first.device);
  await Promise.all(
    listeners.map((listener, index) => {
      const from = before[index] ?? 0;
      // A device that must not fetch takes any signal that comes now for it.
      const matches = (told: Told) => told.kind === 'signal' || (told.kind === 'notification' && told.notification.id === marker.id);
      const isIt = (told: Told) => told.kind === 'notification' && told.notification.id === marker.id;
      return awaited(stage, listener, {
        matches: listener.isLazy ? matches : isIt,
        from,
        says: `a later notification (${marker.id}), which shows that nothing else is to come,`,
        requirement: undefined,
      });
    }),
  );
}

/** What it was pushed of one notification, fetched ones not counted, which everybody may read. */
export function pushesOf({ told }: Listener, id: string, from = 0): readonly ToldNotification[] {
  const isOfIt = (one: Told): one is ToldNotification => one.kind === 'notification' && one.notification.id === id;
  // What a signal had it fetch before may be pushed yet: a fetch overtakes the pushes that are under way.
  const fetched = new Set(
    told.all
      .slice(0, from)
      .filter((one) => isOfIt(one) && one.change === undefined)
      .map(stateOf),
  );
  return told.all
    .slice(from)
    .filter((one): one is ToldNotification => isOfIt(one) && one.change !== undefined && !fetched.has(stateOf(one)));
}

/** Equal for what tells the same of a notification. */
function stateOf(told: Told): string {
  if (told.kind !== 'notification') return told.kind;
  const { id, status, readState, userActionState } = told.notification;
  return [id, status, readState, userActionState].join(' ');
}

export function toastsOf({ told }: Listener, id: string, from = 0): readonly Told[] {
  return told.all.slice(from).filter((one) => one.kind === 'toast' && one.notificationId === id);
}

/** Nothing of it was pushed to the device; call it after {@link passMarker}. */
export function nothingCame(stage: Stage, listener: Listener, { id, says, from = 0 }: Pick<Expected, 'id' | 'says' | 'from'>): void {
  const pushes = pushesOf(listener, id, from);
  if (pushes.length > 0) stage.context.fail({ expected: `${says} (${id}) not at ${listener.who}`, got: pushes.map(describe).join('; ') });
}

/** No toast of it came; call it after {@link passMarker}. */
export function noToastCame(stage: Stage, listener: Listener, { id }: { readonly id: string }, says: string): void {
  const toasts = toastsOf(listener, id);
  if (toasts.length > 0)
    stage.context.fail({ expected: `no toast of ${id} at ${listener.who}, ${says}`, got: toasts.map(describe).join('; ') });
}

/** Connects a device that has to be let in. @throws ContractFailure when the target refuses it */
export async function returns(stage: Stage, device: AdapterDevice, options: ListenOptions = {}): Promise<Listener> {
  return mustGo(stage, `${stage.nameOf(device)} to be connected`, () => stage.listen(device, options));
}

/** What the target must not refuse; an error with a status says that it did. */
export async function mustGo<Result>(stage: Stage, expected: string, act: () => Promise<Result>, requirement?: string): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    const status: unknown = error instanceof Error ? Reflect.get(error, 'status') : undefined;
    // A target that is busy has refused nothing for good.
    if (!(error instanceof Error) || typeof status !== 'number' || isBusy(status)) throw error;
    return stage.context.fail({ ...(requirement === undefined ? {} : { requirement }), expected, got: error.message });
  }
}

/** Posts, and waits until the device has it: the next one comes after it, also where both are fetched. */
export async function postAndReceive(stage: Stage, listener: Listener, more: object = {}): Promise<Posted & { readonly cursor: string }> {
  const posted = await stage.post(listener.device, more);
  const { cursor } = await arrives(stage, listener, { id: posted.id, says: 'the notification' });
  return { ...posted, cursor };
}

export function toldFrom({ told }: Listener, from = 0): string {
  const all = told.all.slice(from).map(describe);
  if (all.length === 0) return 'nothing';
  return all.length <= 8 ? all.join('; ') : `${all.length} messages, the last: ${all.slice(-8).join('; ')}`;
}
