// Random interleavings of everything that can happen to feeds and devices, judged by a model that knows no code of the core.
import fc from 'fast-check';
import { expect } from 'vitest';
import type { PlatformType, Subscription } from '../../src/domain/model.ts';
import type { ServerMessage } from '../../src/spec/socket-spec.ts';
import { type Core, createCore, type TestDevice } from '../support/core.ts';

type NotificationMessage = Extract<ServerMessage, { type: 'notification' }>;

/** Everything that ever happened to one notification, as the model saw it. */
interface Story {
  readonly id: string;
  readonly key: string | undefined;
  readonly changes: { position: number; kind: 'content' | 'state' | 'delete'; origin: string | undefined }[];
  /** The policies it had, each from a position on. */
  readonly policies: { position: number; targets: readonly PlatformType[]; hasRaw: boolean }[];
  expiresAt: number;
  isDeleted: boolean;
}

interface Seat {
  readonly name: string;
  readonly platform: PlatformType;
  subscription: Subscription;
  device: TestDevice | undefined;
  /** Position the present connection is served from. */
  from: number;
  /** How many messages of the present connection are judged already. */
  judged: number;
  lastPosition: number;
  /** Where each notification was last delivered on the present connection. */
  delivered: Map<string, number>;
  acknowledged: number;
}

type Step =
  | {
      do: 'publish';
      user: number;
      key: number | undefined;
      platforms: readonly PlatformType[] | undefined;
      kind: 'raw' | 'visual' | 'both';
      lifeSeconds: number | undefined;
    }
  | { do: 'connect' | 'cut' | 'stop' | 'read' | 'ack' | 'resubscribe'; seat: number }
  | { do: 'state'; seat: number; which: number; to: 'Dismissed' | 'Activated' | 'Read' | 'Unread' }
  | { do: 'delete'; seat: number; which: number }
  | { do: 'advance'; seconds: number };

const platforms: readonly PlatformType[] = ['Windows', 'iOS', 'Android', 'WebPush'];
const seatNumber = fc.nat(5);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('publish' as const),
      user: fc.nat(1),
      key: fc.option(fc.nat(2), { nil: undefined }),
      platforms: fc.option(fc.subarray([...platforms], { minLength: 1 }), { nil: undefined }),
      kind: fc.constantFrom('raw' as const, 'visual' as const, 'both' as const),
      lifeSeconds: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom('connect' as const, 'connect' as const, 'cut' as const, 'ack' as const, 'stop' as const, 'read' as const),
      seat: seatNumber,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resubscribe' as const), seat: seatNumber }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('state' as const),
      seat: seatNumber,
      which: fc.nat(20),
      to: fc.constantFrom('Dismissed' as const, 'Activated' as const, 'Read' as const, 'Unread' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), seat: seatNumber, which: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('advance' as const), seconds: fc.integer({ min: 1, max: 40 }) }) },
);

const numberOf = (cursor: string) => Number.parseInt(cursor.split('.')[2] ?? '', 36);

/** Was this change meant for this seat, under the policy in force at this position? Straight from the rules' text (R4). */
function isMeant(story: Story, change: Story['changes'][number], seat: Seat, at = Number.POSITIVE_INFINITY): boolean {
  const policy = story.policies.findLast(({ position }) => position <= at);
  if (!policy?.targets.includes(seat.platform)) return false;
  if (seat.platform === 'WebPush') return change.kind === 'content' && policy.hasRaw;
  return change.origin !== seat.subscription.unsid;
}

class World {
  readonly core: Core;
  readonly users = ['adele', 'bert'];
  readonly stories: Story[][] = [[], []];
  readonly heads = [0, 0];
  readonly seats: Seat[] = [];

  constructor(core: Core) {
    this.core = core;
  }

  async open(): Promise<void> {
    const plan: [number, PlatformType][] = [
      [0, 'Windows'],
      [0, 'iOS'],
      [0, 'Android'],
      [0, 'WebPush'],
      [1, 'Windows'],
      [1, 'WebPush'],
    ];
    for (const [user, platform] of plan) {
      const subscription = await this.core.subscribe(this.users[user] ?? '', platform);
      this.seats.push({
        name: `${user}`,
        platform,
        subscription,
        device: undefined,
        from: 0,
        judged: 0,
        lastPosition: 0,
        delivered: new Map(),
        acknowledged: 0,
      });
    }
  }

  userOf(seat: Seat): number {
    return Number(seat.name);
  }

  record(user: number, story: Story, kind: 'content' | 'state' | 'delete', origin?: string): void {
    const position = (this.heads[user] ?? 0) + 1;
    this.heads[user] = position;
    story.changes.push({ position, kind, origin });
  }

  isAlive = (story: Story) => story.expiresAt > this.core.clock.now();

  /** Judges what the seat's present connection has received since the last look. */
  judge(seat: Seat): void {
    const { device } = seat;
    if (!device) return;
    for (const message of device.messages.slice(seat.judged)) {
      seat.judged += 1;
      if (message.type !== 'notification') continue;
      const position = numberOf(message.cursor);
      expect(position, 'in feed order').toBeGreaterThan(seat.lastPosition);
      this.judgeMessage(seat, message, position);
      seat.lastPosition = position;
    }
  }

  judgeMessage(seat: Seat, message: NotificationMessage, position: number): void {
    const story = this.stories[this.userOf(seat)]?.find(({ id }) => id === message.notification.id);
    expect(story, 'a notification of this user').toBeDefined();
    if (!story) return;
    const created = story.changes[0]?.position ?? 0;
    const seenUpTo = seat.delivered.get(story.id) ?? seat.from;
    const pending = story.changes.filter((change) => change.position > seenUpTo && change.position <= position);
    expect(
      pending.some((change) => isMeant(story, change, seat, position)),
      'some change is meant for it',
    ).toBe(true);
    const isNew = created > seat.from && !seat.delivered.has(story.id);
    seat.delivered.set(story.id, position);
    // One that was not for this platform at first may be told as created or as updated, and its deletion told or not.
    const wasAlwaysMeant = story.policies.every(
      ({ targets, hasRaw }) => targets.includes(seat.platform) && (hasRaw || seat.platform !== 'WebPush'),
    );
    if (message.change === 'deleted') {
      if (wasAlwaysMeant) expect(isNew).toBe(false);
      expect(seat.platform).not.toBe('WebPush');
    } else if (wasAlwaysMeant) expect(message.change).toBe(isNew ? 'created' : 'updated');
    if (seat.platform === 'WebPush') expect(JSON.stringify(message.notification)).not.toContain('visualContent');
  }

  /** Nothing that is meant for a connected device that reads is missing. */
  judgeComplete(seat: Seat): void {
    const { device } = seat;
    if (!device) return;
    for (const story of this.stories[this.userOf(seat)] ?? []) {
      const meant = story.changes.filter((change) => change.position > seat.from && isMeant(story, change, seat));
      const last = meant.at(-1);
      if (!last || !this.isAlive(story)) continue;
      const isGoneUnseen = story.isDeleted && (seat.platform === 'WebPush' || (story.changes[0]?.position ?? 0) > seat.from);
      const got = device.messages.filter((message) => message.type === 'notification' && message.notification.id === story.id);
      if (isGoneUnseen && got.length === 0) continue;
      if (isGoneUnseen && seat.platform === 'WebPush') continue;
      const position = Math.max(...got.map((message) => (message.type === 'notification' ? numberOf(message.cursor) : 0)));
      expect(position, `${story.id} has reached ${seat.platform}`).toBeGreaterThanOrEqual(last.position);
    }
  }
}

async function perform(world: World, step: Step): Promise<void> {
  const { core } = world;
  if (step.do === 'advance') return core.advance(step.seconds);
  if (step.do === 'publish') return publish(world, step);
  const seat = world.seats[step.seat];
  if (!seat) return;
  switch (step.do) {
    case 'connect':
      seat.device = await core.connect(seat.subscription);
      seat.judged = 0;
      seat.from = numberOf((seat.device.messages.find((message) => message.type === 'connected') as { cursor: string }).cursor);
      expect(seat.from, 'served from the last acknowledgement').toBe(seat.acknowledged);
      seat.lastPosition = seat.from;
      seat.delivered = new Map();
      return;
    case 'cut':
      world.judge(seat);
      seat.device?.cut();
      seat.device = undefined;
      return;
    case 'stop':
      return seat.device?.stopReading();
    case 'read':
      return seat.device?.readAll();
    case 'ack': {
      const last = seat.device?.messages.filter((message) => message.type === 'notification').at(-1);
      if (last?.type !== 'notification') return;
      await seat.device?.ack(last.cursor);
      seat.acknowledged = Math.max(seat.acknowledged, numberOf(last.cursor));
      return;
    }
    case 'resubscribe': {
      world.judge(seat);
      const { feed, deviceId, unsid } = seat.subscription;
      await core.service.subscriptions.unsubscribe(
        { kind: 'user', userId: feed.userId, upn: '', clientId: undefined, scopes: new Set() },
        unsid,
      );
      seat.device = undefined;
      seat.subscription = await core.subscribe(feed.userId, seat.platform, deviceId);
      expect(seat.subscription.unsid).not.toBe(unsid);
      seat.acknowledged = world.heads[world.userOf(seat)] ?? 0;
      return;
    }
    default:
      return change(world, seat, step);
  }
}

async function publish(world: World, step: Extract<Step, { do: 'publish' }>): Promise<void> {
  const { core } = world;
  const to = world.seats[step.user === 0 ? 0 : 4];
  if (!to) return;
  const now = core.clock.now();
  const appNotificationId = step.key === undefined ? undefined : `key${step.key}`;
  const payload = {
    ...(step.kind === 'visual' ? {} : { rawContent: 'raw' }),
    ...(step.kind === 'raw' ? {} : { visualContent: { title: 'T' } }),
  };
  const notification = await core.publish(to.subscription, {
    payload,
    ...(appNotificationId === undefined ? {} : { appNotificationId }),
    ...(step.platforms ? { targetPolicy: { platformTypes: [...step.platforms] } } : {}),
    ...(step.lifeSeconds === undefined ? {} : { expirationDateTime: new Date(now + step.lifeSeconds * 1000).toISOString() }),
  });
  const stories = world.stories[step.user] ?? [];
  const before = stories.find(
    (story) => story.key !== undefined && story.key === appNotificationId && !story.isDeleted && world.isAlive(story),
  );
  expect(notification.id === before?.id, 'D5: same id exactly when the same key is still there').toBe(before !== undefined);
  const story: Story = before ?? { id: notification.id, key: appNotificationId, changes: [], policies: [], expiresAt: 0, isDeleted: false };
  if (!before) stories.push(story);
  story.expiresAt = notification.expiresAt;
  world.record(step.user, story, 'content');
  story.policies.push({ position: world.heads[step.user] ?? 0, targets: step.platforms ?? platforms, hasRaw: step.kind !== 'visual' });
}

async function change(world: World, seat: Seat, step: Extract<Step, { do: 'state' | 'delete' }>): Promise<void> {
  const user = world.userOf(seat);
  const stories = world.stories[user] ?? [];
  const story = stories[step.which % Math.max(1, stories.length)];
  if (!story) return;
  const { history } = world.core.service;
  const isThere = !story.isDeleted && world.isAlive(story);
  if (step.do === 'delete') {
    const done = history.remove(seat.subscription, story.id).then(
      () => true,
      () => false,
    );
    expect(await done).toBe(isThere);
    if (isThere) {
      story.isDeleted = true;
      world.record(user, story, 'delete', seat.subscription.unsid);
    }
  } else {
    const wanted = step.to === 'Read' || step.to === 'Unread' ? { readState: step.to } : { userActionState: step.to };
    const before = await history.get(seat.subscription, story.id).then(
      (one) => one.position,
      () => undefined,
    );
    const after = await history.update(seat.subscription, story.id, wanted).then(
      (one) => one.position,
      () => undefined,
    );
    expect(after !== undefined).toBe(isThere);
    if (after !== before) world.record(user, story, 'state', seat.subscription.unsid);
  }
  await world.core.settle();
}

/** Each device sees all that is meant for it, in order, and nothing that is not. */
export async function assertDelivery(numRuns: number): Promise<void> {
  const steps = fc.array(step, { minLength: 5, maxLength: 80, size: 'max' });
  const unsentBytes = fc.constantFrom(600, 2_000, 1_048_576);
  await fc.assert(fc.asyncProperty(steps, unsentBytes, judgeRun), { numRuns });
}

async function judgeRun(steps: readonly Step[], maxUnsentBytes: number): Promise<void> {
  const world = new World(createCore({ limits: { maxUnsentBytes } }));
  await world.open();
  for (const one of steps) {
    await perform(world, one);
    for (const seat of world.seats) {
      world.judge(seat);
      // One message alone may always wait, or a large one would never go.
      expect(seat.device?.unsent() ?? 0, 'bounded memory (R6)').toBeLessThanOrEqual(Math.max(maxUnsentBytes, 1_200));
    }
  }
  for (const seat of world.seats) {
    await seat.device?.readAll();
    await world.core.settle();
    world.judge(seat);
    world.judgeComplete(seat);
  }
  expect(world.core.errors).toEqual([]);
}
