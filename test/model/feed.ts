// The model of one feed: every change in its order, what each left behind, and for whom it is meant (R1, R4, D5, D10, D11).
import type { PlatformType } from '../../src/index.ts';

/** What a notification is after a change. */
export interface Snapshot {
  readonly status: 'Active' | 'Deleted';
  readonly targets: readonly PlatformType[];
  readonly raw: string | undefined;
  readonly visual: string | undefined;
  readonly readState: string;
  readonly userActionState: string;
  /** Position of the last change of its content. */
  readonly contentAt: number;
  /** Title of its toast, and when it is due; in seconds that the clock was moved. */
  readonly fallback: { readonly title: string; readonly dueAt: number } | undefined;
}

export interface Change {
  /** The model's own number for the position: the first change of a feed is 1. */
  readonly position: number;
  readonly kind: 'content' | 'state' | 'deletion';
  /** Name of the subscriber it came from; undefined for the app server and for the observer. */
  readonly origin: string | undefined;
  readonly after: Snapshot;
  /** Ticks of the run: before it was asked for, and after it was answered. */
  readonly startedAt: number;
  readonly endedAt: number;
}

export interface Story {
  readonly id: string;
  /** The post that created it. */
  readonly name: string;
  readonly key: string | undefined;
  readonly changes: Change[];
  /** In seconds that the clock was moved. */
  expiresAt: number;
}

/** One subscription of a device: who receives. */
export interface Addressee {
  readonly name: string;
  readonly platform: PlatformType;
  /** The feed's head when it subscribed; nothing before it is meant for it. */
  readonly start: number;
}

export interface Feed {
  readonly stories: Story[];
  /** The service's cursor of each position; that of 0 is before everything. */
  readonly cursors: string[];
  /** The change at a position. */
  readonly at: (position: number) => { readonly story: Story; readonly change: Change } | undefined;
  readonly positionOf: (cursor: string) => number | undefined;
  readonly head: () => number;
  readonly add: (story: Story, change: Omit<Change, 'position'>, cursor: string) => Change;
}

export function createFeed(startCursor: string): Feed {
  const cursors = [startCursor];
  const positions = new Map([[startCursor, 0]]);
  const changes: { story: Story; change: Change }[] = [];
  return {
    stories: [],
    cursors,
    at: (position) => changes[position - 1],
    positionOf: (cursor) => positions.get(cursor),
    head: () => changes.length,
    add: (story, made, cursor) => {
      const change = { ...made, position: changes.length + 1 };
      changes.push({ story, change });
      story.changes.push(change);
      cursors.push(cursor);
      positions.set(cursor, change.position);
      return change;
    },
  };
}

export function latest(story: Story): Change {
  const change = story.changes.at(-1);
  if (!change) throw new Error(`${story.name} has no change`);
  return change;
}

export const createdAt = (story: Story): number => story.changes[0]?.position ?? 0;
export const isExpired = (story: Story, clock: number): boolean => story.expiresAt <= clock;
export const isActive = (story: Story, clock: number): boolean => latest(story).after.status === 'Active' && !isExpired(story, clock);

/** May something in this state be pushed to the platform at all? */
export function isPushable({ targets, raw, status }: Snapshot, platform: PlatformType): boolean {
  if (!targets.includes(platform)) return false;
  return platform !== 'WebPush' || (raw !== undefined && status === 'Active');
}

/** R4. */
export function isMeant(change: Change, { name, platform, start }: Addressee): boolean {
  if (change.position <= start || change.origin === name) return false;
  return isPushable(change.after, platform) && (platform !== 'WebPush' || change.kind === 'content');
}

export function lastMeant(story: Story, addressee: Addressee): Change | undefined {
  return story.changes.findLast((change) => isMeant(change, addressee));
}

/** The first change after which it can have been sent to the device. */
export function firstMeant(story: Story, addressee: Addressee): Change | undefined {
  return story.changes.find((change) => isMeant(change, addressee) && change.kind !== 'deletion');
}
