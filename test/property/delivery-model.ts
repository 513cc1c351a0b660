// Random interleavings of everything that can happen to feeds and devices, judged by a model that knows no code of the core.
import fc from 'fast-check';
import { expect } from 'vitest';
import type { ServerMessage } from '../../src/documents/socket-spec.ts';
import type { PlatformType, Subscription } from '../../src/domain/model.ts';
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
  /** Where the subscription starts. */
  start: number;
  /** Where each notification was in the last message of it that the device has acknowledged. */
  handled: Map<string, number>;
  /** Notifications that the device has seen, on any connection or over HTTP. */
  sent: Set<string>;
  /** What was created up to here may have been lost on a line that was cut. */
  maybeSentUpTo: number;
  /** Messages of the last connection, for the cursors that a device knows. */
  received: NotificationMessage[];
  /** It asked for an earlier position, so that what it has handled comes again. */
  isReplaying: boolean;
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
  | { do: 'connect' | 'cut' | 'stop' | 'read' | 'resubscribe'; seat: number }
  | { do: 'ack' | 'connect-from'; seat: number; which: number }
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
      do: fc.constantFrom('connect' as const, 'connect' as const, 'cut' as const, 'stop' as const, 'read' as const),
      seat: seatNumber,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('ack' as const, 'ack' as const, 'connect-from' as const),
      seat: seatNumber,
      which: fc.nat(20),
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
  // A deletion reaches also a platform that the last policy left out: its devices may still show the notification.
  if (change.kind === 'delete') {
    const wasTargeted = story.policies.some(({ position, targets }) => position <= at && targets.includes(seat.platform));
    return wasTargeted && seat.platform !== 'WebPush' && change.origin !== seat.subscription.unsid;
  }
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
        start: 0,
        handled: new Map(),
        sent: new Set(),
        maybeSentUpTo: 0,
        received: [],
        isReplaying: false,
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
    const handledUpTo = seat.isReplaying ? seat.start : Math.max(seat.handled.get(story.id) ?? 0, seat.start);
    const seenUpTo = seat.delivered.get(story.id) ?? handledUpTo;
    const pending = story.changes.filter((change) => change.position > seenUpTo && change.position <= position);
    expect(
      pending.some((change) => isMeant(story, change, seat, position)),
      'some change is meant for it',
    ).toBe(true);
    this.judgeChange(seat, story, message.change);
    seat.delivered.set(story.id, position);
    seat.sent.add(story.id);
    seat.received.push(message);
    if (seat.platform === 'WebPush') expect(JSON.stringify(message.notification)).not.toContain('visualContent');
  }

  /** R2: a deletion only of what the device may know; `created` for what is new to it, since its creation or since it is meant for it. */
  judgeChange(seat: Seat, story: Story, change: NotificationMessage['change']): void {
    const first = story.policies.findIndex((policy) => isTarget(policy, seat.platform));
    const isMeantSince = first >= 0 && story.policies.slice(first).every((policy) => isTarget(policy, seat.platform));
    if (change === 'deleted') {
      expect(seat.platform).not.toBe('WebPush');
      const created = story.changes[0]?.position ?? 0;
      const mayKnow = seat.sent.has(story.id) || created <= Math.max(seat.start, seat.maybeSentUpTo);
      // One that was once meant for the platform may have been sent before it was left out.
      expect(mayKnow || !isMeantSince, 'a deletion of what the device may have been sent').toBe(true);
      return;
    }
    // One that was meant for the platform, then not, and now again, may be called created or updated; so may what comes again.
    if (!isMeantSince || seat.isReplaying) return;
    const isKnown = seat.delivered.has(story.id) || seat.handled.has(story.id) || (story.policies[first]?.position ?? 0) <= seat.start;
    expect(change).toBe(isKnown ? 'updated' : 'created');
  }

  /** Nothing that is meant for a connected device that reads is missing, whatever has become of it since (R2). */
  judgeComplete(seat: Seat): void {
    const { device } = seat;
    if (!device) return;
    for (const story of this.stories[this.userOf(seat)] ?? []) {
      if (!this.isAlive(story)) continue;
      const last = story.changes.filter((change) => change.position > seat.start && isMeant(story, change, seat)).at(-1);
      const reached = Math.max(seat.handled.get(story.id) ?? 0, seat.delivered.get(story.id) ?? 0);
      if (story.isDeleted) {
        if (seat.platform === 'WebPush' || !seat.sent.has(story.id)) continue;
        const deletion = story.changes.at(-1);
        const isTargeted = story.policies.some(({ targets }) => targets.includes(seat.platform));
        if (!deletion || deletion.origin === seat.subscription.unsid || !isTargeted || deletion.position <= seat.start) continue;
        expect(reached, `the deletion of ${story.id} has reached ${seat.platform}`).toBe(deletion.position);
      } else if (last) expect(reached, `${story.id} has reached ${seat.platform}`).toBeGreaterThanOrEqual(last.position);
    }
  }

  /** The device has handled what it received, up to the message with this cursor. */
  handled(seat: Seat, received: readonly NotificationMessage[], position: number): void {
    if (position <= seat.acknowledged) return;
    seat.acknowledged = position;
    for (const { cursor, notification } of received) {
      if (numberOf(cursor) <= position)
        seat.handled.set(notification.id, Math.max(seat.handled.get(notification.id) ?? 0, numberOf(cursor)));
    }
  }

  ended(seat: Seat): void {
    this.judge(seat);
    if ((seat.device?.unsent() ?? 0) > 0) seat.maybeSentUpTo = this.heads[this.userOf(seat)] ?? 0;
    seat.device = undefined;
  }
}

const isTarget = ({ targets, hasRaw }: Story['policies'][number], platform: PlatformType) =>
  targets.includes(platform) && (hasRaw || platform !== 'WebPush');

async function connect(world: World, seat: Seat, cursor?: string): Promise<void> {
  const { device, received } = seat;
  if (device) world.judge(seat);
  if ((device?.unsent() ?? 0) > 0) seat.maybeSentUpTo = world.heads[world.userOf(seat)] ?? 0;
  const asked = cursor === undefined ? seat.acknowledged : numberOf(cursor);
  world.handled(seat, received, asked);
  seat.received = [];
  seat.device = await world.core.connect(seat.subscription, cursor);
  seat.judged = 0;
  seat.from = numberOf((seat.device.messages.find((message) => message.type === 'connected') as { cursor: string }).cursor);
  expect(seat.from, 'served from the last acknowledgement, or from where it asked').toBe(asked);
  seat.isReplaying = asked < seat.acknowledged;
  seat.lastPosition = seat.from;
  seat.delivered = new Map();
}

async function perform(world: World, step: Step): Promise<void> {
  const { core } = world;
  if (step.do === 'advance') return core.advance(step.seconds);
  if (step.do === 'publish') return publish(world, step);
  const seat = world.seats[step.seat];
  if (!seat) return;
  switch (step.do) {
    case 'connect':
      return connect(world, seat);
    case 'connect-from': {
      const known = seat.received[step.which % Math.max(1, seat.received.length)];
      return connect(world, seat, known?.cursor);
    }
    case 'cut':
      seat.device?.cut();
      return world.ended(seat);
    case 'stop':
      return seat.device?.stopReading();
    case 'read':
      return seat.device?.readAll();
    case 'ack': {
      if (!seat.device) return;
      world.judge(seat);
      const acknowledged = seat.received[step.which % Math.max(1, seat.received.length)];
      if (!acknowledged) return;
      await seat.device.ack(acknowledged.cursor);
      world.handled(seat, seat.received, numberOf(acknowledged.cursor));
      return;
    }
    case 'resubscribe': {
      world.ended(seat);
      const { feed, deviceId, unsid } = seat.subscription;
      await core.service.subscriptions.unsubscribe(
        { kind: 'user', userId: feed.userId, upn: '', clientId: undefined, scopes: new Set() },
        unsid,
      );
      seat.subscription = await core.subscribe(feed.userId, seat.platform, deviceId);
      expect(seat.subscription.unsid).not.toBe(unsid);
      seat.acknowledged = world.heads[world.userOf(seat)] ?? 0;
      seat.start = seat.acknowledged;
      seat.maybeSentUpTo = 0;
      seat.handled = new Map();
      seat.sent = new Set();
      seat.received = [];
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
    if (isThere) seat.sent.add(story.id);
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
