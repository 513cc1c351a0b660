// Compares what a fleet received with what it had to receive: lost, late, duplicated, out of order. Pure.
import type { PlatformType } from '../client/wire.ts';

/** A device of the fleet. */
export interface Member {
  readonly device: string;
  readonly user: string;
  readonly platform: PlatformType;
}

/** A notification that the service accepted with 201; the numbers of one user increase in the order of publication. */
export interface Published {
  readonly number: number;
  readonly user: string;
  /** Milliseconds, by the same clock as deliveries. */
  readonly atMs: number;
}

/** A dismissal that the service accepted with 200. */
export interface Dismissal {
  readonly number: number;
  readonly device: string;
}

/** One arrival at a device, including duplicates, in order of arrival. */
export interface Delivery {
  readonly device: string;
  readonly number: number;
  readonly atMs: number;
  /** When the connection on which it arrived was established. */
  readonly connectedAtMs: number;
  /** Arrived before with the same cursor. */
  readonly isRepeated: boolean;
  /** Unchanged since publication: only then the order of numbers is the order of the feed. */
  readonly isPristine: boolean;
  readonly isDismissed: boolean;
}

export interface Tally {
  readonly devices: number;
  /** Notifications and dismissals that had to arrive. */
  readonly expected: number;
  readonly arrived: number;
  readonly lost: number;
  readonly late: number;
  /** Arrived more than once; allowed (R2: at least once), and detected by the devices. */
  readonly duplicated: number;
  readonly outOfOrder: number;
  /** Addressed to another user. */
  readonly unexpected: number;
}

export interface Loss {
  readonly device: string;
  readonly number: number;
  readonly what: 'notification' | 'dismissal';
}

export interface Score {
  readonly platforms: readonly (Tally & { readonly platform: PlatformType })[];
  readonly total: Tally;
  readonly losses: readonly Loss[];
}

export interface Evidence {
  readonly members: readonly Member[];
  readonly published: readonly Published[];
  readonly dismissals: readonly Dismissal[];
  readonly deliveries: readonly Delivery[];
  readonly lateAfterMs: number;
}

const emptyTally: Tally = { devices: 0, expected: 0, arrived: 0, lost: 0, late: 0, duplicated: 0, outOfOrder: 0, unexpected: 0 };

function add(one: Tally, other: Tally): Tally {
  return {
    devices: one.devices + other.devices,
    expected: one.expected + other.expected,
    arrived: one.arrived + other.arrived,
    lost: one.lost + other.lost,
    late: one.late + other.late,
    duplicated: one.duplicated + other.duplicated,
    outOfOrder: one.outOfOrder + other.outOfOrder,
    unexpected: one.unexpected + other.unexpected,
  };
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

function countOutOfOrder(deliveries: readonly Delivery[]): number {
  const seen = new Set<number>();
  let highest = -1;
  let count = 0;
  for (const { number, isPristine, isRepeated } of deliveries) {
    if (isRepeated || !isPristine || seen.has(number)) continue;
    seen.add(number);
    if (number < highest) count += 1;
    highest = Math.max(highest, number);
  }
  return count;
}

interface DeviceScore {
  readonly tally: Tally;
  readonly losses: readonly Loss[];
}

interface Meant {
  readonly published: readonly Published[];
  /** Numbers dismissed on another device of the user; web endpoints do not receive dismissals (F27). */
  readonly dismissed: readonly number[];
}

function scoreDevice(member: Member, deliveries: readonly Delivery[], meant: Meant, lateAfterMs: number): DeviceScore {
  const first = new Map<number, Delivery>();
  const dismissed = new Set<number>();
  for (const delivery of deliveries) {
    if (!first.has(delivery.number)) first.set(delivery.number, delivery);
    if (delivery.isDismissed) dismissed.add(delivery.number);
  }
  const losses: Loss[] = [];
  let late = 0;
  for (const { number, atMs } of meant.published) {
    const arrival = first.get(number);
    if (!arrival) losses.push({ device: member.device, number, what: 'notification' });
    else if (arrival.atMs - Math.max(atMs, arrival.connectedAtMs) > lateAfterMs) late += 1;
  }
  for (const number of meant.dismissed) {
    // A notification that never arrived is lost once, not twice.
    if (first.has(number) && !dismissed.has(number)) losses.push({ device: member.device, number, what: 'dismissal' });
  }
  const expected = meant.published.length + meant.dismissed.length;
  const own = new Set(meant.published.map(({ number }) => number));
  const tally = {
    devices: 1,
    expected,
    arrived: expected - losses.length,
    lost: losses.length,
    late,
    duplicated: deliveries.filter(({ isRepeated }) => isRepeated).length,
    outOfOrder: countOutOfOrder(deliveries),
    unexpected: [...first.keys()].filter((number) => !own.has(number)).length,
  };
  return { tally, losses };
}

/** The score of a run; `losses` lists each loss. */
export function scoreDeliveries({ members, published, dismissals, deliveries, lateAfterMs }: Evidence): Score {
  const byDevice = groupBy(deliveries, ({ device }) => device);
  const byUser = groupBy(published, ({ user }) => user);
  const users = new Map(members.map(({ device, user }) => [device, user]));
  const dismissalsByUser = groupBy(dismissals, ({ device }) => users.get(device) ?? '');
  const platforms = new Map<PlatformType, Tally>();
  const losses: Loss[] = [];
  let total = emptyTally;
  for (const member of members) {
    const others = (dismissalsByUser.get(member.user) ?? []).filter(({ device }) => device !== member.device);
    const dismissed = member.platform === 'WebPush' ? [] : [...new Set(others.map(({ number }) => number))];
    const meant = { published: byUser.get(member.user) ?? [], dismissed };
    const score = scoreDevice(member, byDevice.get(member.device) ?? [], meant, lateAfterMs);
    losses.push(...score.losses);
    platforms.set(member.platform, add(platforms.get(member.platform) ?? emptyTally, score.tally));
    total = add(total, score.tally);
  }
  return { platforms: [...platforms].map(([platform, tally]) => ({ platform, ...tally })), total, losses };
}
