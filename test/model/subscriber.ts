// One subscription of a device as the model knows it: its connections, all that happened on them in order, and what it has acknowledged.
import type { PlatformType, ServerMessage } from '../../src/index.ts';
import { type Coverage, type Covered, createCoverage } from './coverage.ts';
import { type Addressee, type Feed, latest, type Story } from './feed.ts';
import type { Mode, PushMode } from './steps.ts';

export type Message<Type extends ServerMessage['type']> = Extract<ServerMessage, { type: Type }>;

export interface Connection {
  readonly number: number;
  /** The cursor it was opened with. */
  readonly asked: string | undefined;
  /** Ticks of the run. */
  readonly openedAt: number;
  /** Infinity until the service has certainly noticed the end. */
  closedAt: number;
  servedFrom: number;
  /** What had certainly been acknowledged when it was opened, as far as it lies before the position served from. */
  known: Covered;
  lastPosition: number;
  readonly received: { readonly story: Story; readonly position: number }[];
  /** Where each notification was last delivered. */
  readonly delivered: Map<Story, number>;
  /** By key: where its notification stood. */
  readonly toasts: Map<string, number>;
  readonly cursors: Set<string>;
}

/** What happened, in the device's order. Positions of cursors may become known later, so nothing is checked at once. */
export type Event =
  | { readonly kind: 'open'; readonly connection: Connection; readonly message: Message<'connected'> }
  | { readonly kind: 'message'; readonly connection: Connection; readonly message: ServerMessage; readonly tick: number }
  | { readonly kind: 'ack'; readonly connection: Connection; readonly cursor: string; isCertain: boolean }
  /** Over HTTP; `listed`: cursor of the head of the feed at that moment, all of which was read. `isCertain`: it counts as fetched (R9). */
  | { readonly kind: 'read'; readonly ids: readonly string[]; readonly isCertain: boolean; readonly listed?: string };

/** The toast of one content of a notification. */
export interface Toast {
  readonly key: string;
  readonly story: Story;
  readonly title: string;
  readonly contentAt: number;
  /** Whether it must be sent; `allowed` where the device may have fetched the notification in time. */
  need: 'required' | 'allowed' | 'forbidden';
}

export interface Subscriber extends Addressee {
  readonly device: string;
  readonly unsid: string;
  readonly platform: PlatformType;
  readonly feed: Feed;
  readonly events: Event[];
  readonly coverage: Coverage;
  readonly connections: Connection[];
  /** Positions that lists read by the device have covered as a whole. */
  readonly listed: number[];
  /** Known over HTTP; the position of the content that was read, by how certain it counts as fetched. */
  readonly read: { readonly certain: Map<Story, number>; readonly possible: Map<Story, number> };
  readonly toasts: Map<string, Toast>;
  /** How many events have been checked. */
  checked: number;
}

export interface Violation {
  readonly kind: string;
  readonly device: string;
  readonly expected: string;
  readonly came: string;
}

/** What the checks of one run share. */
export interface Checking {
  readonly mode: Mode;
  readonly push: PushMode;
  /** Seconds that the service clock was moved. */
  readonly clock: () => number;
  readonly report: (violation: Violation) => void;
}

export type NewSubscriber = Pick<Subscriber, 'name' | 'device' | 'unsid' | 'platform' | 'start' | 'feed'>;

export function createSubscriber(one: NewSubscriber): Subscriber {
  return {
    ...one,
    events: [],
    coverage: createCoverage(one.start),
    connections: [],
    listed: [],
    read: { certain: new Map(), possible: new Map() },
    toasts: new Map(),
    checked: 0,
  };
}

export function createConnection(number: number, asked: string | undefined, openedAt: number): Connection {
  return {
    number,
    asked,
    openedAt,
    closedAt: Number.POSITIVE_INFINITY,
    servedFrom: 0,
    known: new Map(),
    lastPosition: 0,
    received: [],
    delivered: new Map(),
    toasts: new Map(),
    cursors: new Set(),
  };
}

/** What was received on the connection up to a position. */
export function receivedUpTo({ received }: Connection, position: number): Covered {
  const covers = new Map<Story, number>();
  for (const one of received) if (one.position <= position) covers.set(one.story, Math.max(covers.get(one.story) ?? 0, one.position));
  return covers;
}

/** All that the feed had at a position; what has moved behind it since is covered up to there. */
export function allUpTo({ stories }: Feed, position: number): Covered {
  const covers = stories.map((story) => [story, story.changes.findLast((change) => change.position <= position)?.position ?? 0] as const);
  return new Map(covers.filter(([, covered]) => covered > 0));
}

export const contentKey = (story: Story): string => `${story.id} ${latest(story).after.contentAt}`;
export const spelled = (story: Story, position: number): string => `${story.name}@${position}`;
