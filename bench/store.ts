// Measures the memory store with few and with many stored notifications: node --expose-gc --import tsx bench/store.ts
import { randomUUID } from 'node:crypto';
import type { FeedKey, NotificationContent, PlatformType } from '../src/domain/model.ts';
import { createNotification } from '../src/domain/notification.ts';
import type { Stores } from '../src/domain/ports.ts';
import { createMemoryStores } from '../src/stores/memory.ts';

const lifetimeMs = 7 * 86_400_000;
const operationsAtOnce = 500;
const rounds = 60;
const pageSize = 100;
const tailLength = 5;
const targets: readonly PlatformType[] = ['Windows', 'iOS', 'Android', 'WebPush'];

interface Layout {
  readonly title: string;
  /** Number of feeds for a number of notifications. */
  readonly feedsFor: (stored: number) => number;
}

const layouts: readonly Layout[] = [
  { title: 'one feed', feedsFor: () => 1 },
  { title: '10 notifications a feed', feedsFor: (stored) => Math.ceil(stored / 10) },
];

interface Bench {
  readonly stores: Stores;
  readonly feeds: readonly FeedKey[];
  readonly stored: number;
  readonly stepMs: number;
  now: number;
  posted: number;
}

function contentAt(now: number, count: number): NotificationContent {
  return {
    appNotificationId: `build-${count}`,
    groupName: 'builds',
    priority: 'High',
    rawContent: undefined,
    visualContent: { title: `Build ${count} is done`, body: 'All tests passed on the main branch.' },
    targets,
    subscriptions: undefined,
    displayUntil: undefined,
    expiresAt: now + lifetimeMs,
    fallback: undefined,
  };
}

function anyOf(feeds: readonly FeedKey[], index = Math.floor(Math.random() * feeds.length)): FeedKey {
  const feed = feeds[index % feeds.length];
  if (!feed) throw new Error('no feed');
  return feed;
}

/** A flat string; `randomUUID` returns a tree of small strings. */
const guid = () => Buffer.from(randomUUID(), 'latin1').toString('latin1');

/** Advances the time with every post, so that a full store loses one notification for each new one. */
async function post(bench: Bench): Promise<void> {
  const { stores, feeds } = bench;
  bench.now += bench.stepMs;
  bench.posted += 1;
  const now = bench.now;
  const content = contentAt(now, bench.posted);
  const feed = anyOf(feeds, bench.posted);
  await stores.notifications.write(feed, { appNotificationId: `build-${bench.posted}` }, now, (_none, position) =>
    createNotification(guid(), content, { position, now, origin: null }),
  );
}

/** Reads the last few entries of a feed, as a reconnecting device does. */
async function readTail({ stores, feeds, now }: Bench): Promise<void> {
  const feed = anyOf(feeds);
  const { head } = await stores.notifications.feed(feed);
  const { entries } = await stores.notifications.read(feed, head - tailLength, pageSize, now);
  if (entries.length !== tailLength) throw new Error(`${entries.length} read`);
}

/** A full page from anywhere in the feed. */
async function readPage({ stores, feeds, now, stored }: Bench): Promise<void> {
  const feed = anyOf(feeds);
  const { head } = await stores.notifications.feed(feed);
  const since = head - Math.floor((stored / feeds.length) * Math.random());
  await stores.notifications.read(feed, since, pageSize, now);
}

/** Removes everything that is due, as the service does. */
async function expire({ stores, now }: Bench): Promise<number> {
  let count = 0;
  for (let due = await stores.due.take(now, 256); due.length > 0; due = await stores.due.take(now, 256)) {
    for (const item of due) if (item.kind === 'notification-expiry') await stores.notifications.removeExpired(item.feed, item.id, now);
    count += due.length;
  }
  return count;
}

function heapBytes(): number {
  if (!globalThis.gc) throw new Error('run with --expose-gc');
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

const median = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;

/** Adds the microseconds per operation to the samples. */
async function timed(samples: number[], operations: number, run: () => Promise<void>): Promise<void> {
  const start = performance.now();
  await run();
  if (operations > 0) samples.push(((performance.now() - start) * 1000) / operations);
}

async function measure(layout: Layout, stored: number) {
  const before = heapBytes();
  const feeds = Array.from({ length: layout.feedsFor(stored) }, (_, index) => ({
    userId: `user-${index}`,
    application: 'contoso.example',
  }));
  const stores = createMemoryStores({ ids: { guid, unsid: guid, secret: () => 's', userCode: () => 'c', feed: guid } });
  const bench: Bench = {
    stores,
    feeds,
    stored,
    stepMs: Math.ceil(lifetimeMs / stored),
    now: Date.parse('2026-01-01T00:00:00Z'),
    posted: 0,
  };
  for (let count = 0; count < stored; count += 1) await post(bench);
  const bytes = (heapBytes() - before) / stored;
  const samples = { insert: [] as number[], tail: [] as number[], page: [] as number[], expire: [] as number[] };
  const operations = Math.min(operationsAtOnce, stored / 2);
  for (let round = 0; round < rounds; round += 1) {
    await timed(samples.insert, operations, async () => {
      for (let count = 0; count < operations; count += 1) await post(bench);
    });
    await timed(samples.expire, operations, async () => {
      const expired = await expire(bench);
      if (round > 0 && expired !== operations) throw new Error(`${expired} expired`);
    });
    await timed(samples.tail, operations, async () => {
      for (let count = 0; count < operations; count += 1) await readTail(bench);
    });
    await timed(samples.page, operations, async () => {
      for (let count = 0; count < operations; count += 1) await readPage(bench);
    });
  }
  const count = await stores.notifications.count();
  if (Math.abs(count - stored) > operations) throw new Error(`${count} notifications are left of ${stored}`);
  const { insert, tail, page, expire: expiry } = samples;
  return { insert: median(insert), tail: median(tail), page: median(page), expire: median(expiry), bytes };
}

const labels = {
  insert: 'insert',
  tail: `list, ${tailLength} since the cursor`,
  page: `list, up to ${pageSize} from anywhere`,
  expire: 'expire',
} as const;
const sizes = [1_000, 1_000_000] as const;
for (const layout of layouts) await measure(layout, 20_000);
for (const layout of layouts) {
  const [few, many] = [await measure(layout, sizes[0]), await measure(layout, sizes[1])];
  console.log(`\n${layout.title}: microseconds an operation`);
  console.log(`${'operation'.padEnd(30)} with 1,000   with 1,000,000   ratio`);
  for (const operation of ['insert', 'tail', 'page', 'expire'] as const) {
    const ratio = (many[operation] / few[operation]).toFixed(2);
    console.log(
      `${labels[operation].padEnd(30)} ${few[operation].toFixed(2).padStart(10)} ${many[operation].toFixed(2).padStart(16)} ${ratio.padStart(7)}`,
    );
  }
  console.log(`heap per notification with 1,000,000: ${Math.round(many.bytes)} bytes`);
}
