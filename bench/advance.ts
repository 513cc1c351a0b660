// Measures what moving the clock costs for each expiry, and how long others wait meanwhile. Run: node --import tsx bench/advance.ts
import { randomUUID } from 'node:crypto';
import { loadSpec } from '../src/documents/spec.ts';
import type { FeedKey, NotificationContent, Subscription } from '../src/domain/model.ts';
import { createNotification } from '../src/domain/notification.ts';
import { createServiceClock } from '../src/runtime/clock.ts';
import { createRandomIds } from '../src/runtime/ids.ts';
import { createLocalSignals } from '../src/runtime/signals.ts';
import { createTimer } from '../src/runtime/timer.ts';
import { nextTurn } from '../src/runtime/turn.ts';
import { createScheduler } from '../src/service/scheduler.ts';
import { createService } from '../src/service/service.ts';
import { createHub } from '../src/socket/hub.ts';
import { createMemoryStores } from '../src/stores/memory.ts';

const dayMs = 86_400_000;
const application = 'contoso.example';
const spec = await loadSpec();

function fail(error: unknown): never {
  throw error;
}

/** Service, stores and hub as the emulator puts them together, without HTTP and sockets. */
function createCore() {
  const clock = createServiceClock(() => 1_700_000_000_000);
  const timer = createTimer();
  const ids = createRandomIds();
  const signals = createLocalSignals(fail);
  const stores = createMemoryStores({ ids });
  const scheduler = createScheduler({ clock, timer, signals, turn: nextTurn, onError: fail });
  const { wakeBy } = scheduler;
  const registry = { isClientOf: () => true, clientsOf: () => [], isUser: () => true, applicationsOf: () => [] };
  const service = createService({
    stores,
    clock,
    ids,
    turn: nextTurn,
    signals,
    registry,
    lifetimes: spec.lifetimes,
    maxPageBytes: spec.maxPageBytes,
    maxViewBytes: spec.maxViewBytes,
  });
  const hub = createHub({
    rules: spec.socket,
    delivery: service.delivery,
    signals,
    clock,
    timer,
    push: 'embed',
    heartbeatSeconds: undefined,
    validate: undefined,
    wakeBy,
    onError: fail,
  });
  scheduler.addSource(service.due);
  scheduler.addSource(hub.tokenExpiry);
  return { clock, stores, scheduler, service, hub };
}
type Core = ReturnType<typeof createCore>;

/** A writer whose peer takes everything. */
const readyWriter = {
  isOpen: () => true,
  unsentBytes: () => 0,
  write: () => undefined,
  whenDrained: () => undefined,
  cork: () => undefined,
  uncork: () => undefined,
  drainToken: () => '',
  ping: () => undefined,
  pong: () => undefined,
  close: () => undefined,
  terminate: () => undefined,
};

async function connectUsers({ service, hub, clock }: Core, count: number): Promise<void> {
  const expiresAt = clock.now() + 400 * dayMs;
  for (let index = 0; index < count; index += 1) {
    const userId = `connected-${index}`;
    const subscription: Subscription = (
      await service.subscriptions.subscribe(
        { kind: 'user', userId, upn: `${userId}@contoso.example`, clientId: undefined, scopes: new Set() },
        { application, deviceId: userId, platform: 'Windows' },
      )
    ).subscription;
    await hub.open({ subscription, cursor: undefined, writer: readyWriter, tokenExpiresAt: expiresAt });
  }
}

function contentUntil(expiresAt: number): NotificationContent {
  return {
    appNotificationId: null,
    groupName: null,
    priority: 'None',
    rawContent: 'hello',
    visualContent: undefined,
    targets: ['Windows'],
    subscriptions: undefined,
    displayUntil: undefined,
    expiresAt,
    fallback: undefined,
  };
}

async function store({ stores, clock }: Core, count: number, expiresAt: (index: number) => number): Promise<void> {
  const now = clock.now();
  for (let index = 0; index < count; index += 1) {
    const feed: FeedKey = { userId: `user-${index % 1_000}`, application };
    const content = contentUntil(now + expiresAt(index));
    await stores.notifications.write(feed, { id: undefined }, now, (_none, position) =>
      createNotification(randomUUID(), content, { position, now, origin: null }),
    );
  }
}

/** Returns a function that stops watching and returns the maximum time between two turns of the event loop. */
function watchTurns(): () => number {
  let maxTurnMs = 0;
  let last = performance.now();
  let isWatching = true;
  const look = () => {
    const now = performance.now();
    maxTurnMs = Math.max(maxTurnMs, now - last);
    last = now;
    if (isWatching) setImmediate(look);
  };
  setImmediate(look);
  return () => {
    isWatching = false;
    return maxTurnMs;
  };
}

/** Measures processor time instead of wall time, so that other load on the machine does not count. */
async function advance(core: Core, days: number): Promise<{ cpuMs: number; maxTurnMs: number }> {
  const stop = watchTurns();
  const start = process.cpuUsage();
  await core.scheduler.advance(days * dayMs);
  const { user, system } = process.cpuUsage(start);
  const cpuMs = (user + system) / 1000;
  await new Promise<void>((resolve) => setImmediate(resolve));
  const left = await core.stores.notifications.count();
  if (left > 0) throw new Error(`${left} notifications are left`);
  return { cpuMs, maxTurnMs: stop() };
}

async function expiryCost(users: number, expiries: number): Promise<number> {
  const core = createCore();
  await connectUsers(core, users);
  await new Promise<void>((resolve) => setImmediate(resolve));
  await store(core, expiries, (index) => (index + 1) * 100);
  const { cpuMs } = await advance(core, 1);
  core.hub.stop();
  await core.scheduler.stop();
  return (cpuMs * 1000) / expiries;
}

async function bulk(title: string, count: number, days: number, expiresAt: (index: number) => number): Promise<void> {
  const core = createCore();
  await store(core, count, expiresAt);
  const { cpuMs, maxTurnMs: longestTurnMs } = await advance(core, days);
  console.log(`${title}: ${(cpuMs / 1000).toFixed(2)} s, nothing else had a turn for at most ${longestTurnMs.toFixed(0)} ms`);
  core.hub.stop();
  await core.scheduler.stop();
}

const median = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[all.length >> 1] ?? Number.NaN;

const connectedUsers = 3_000;
const samples = { none: [] as number[], many: [] as number[] };
await expiryCost(100, 20_000);
for (let round = 0; round < 5; round += 1) {
  samples.none.push(await expiryCost(0, 20_000));
  samples.many.push(await expiryCost(connectedUsers, 20_000));
}
const [none, many] = [median(samples.none), median(samples.many)];
console.log(`microseconds an expiry: ${none.toFixed(1)} with no connected user, ${many.toFixed(1)} with ${connectedUsers}`);
console.log(`ratio: ${(many / none).toFixed(2)}`);
await bulk('1,000,000 expiries over 31 days', 1_000_000, 32, (index) => index * 2_678 + 1_000);
await bulk('1,000,000 expiries at one instant', 1_000_000, 1, () => 3_600_000);
