// Performs the steps that change a feed or read it over HTTP, and records in the model what they have done.
import { type Change, isActive, latest, type Snapshot, type Story } from './feed.ts';
import { fallbackPolicy, fallbackSeconds, platformTypes, type Step, weekSeconds } from './steps.ts';
import { deviceNamed, type Home, type World } from './world.ts';

type StepOf<Do extends Step['do']> = Extract<Step, { do: Do }>;

/** Asks the service where the change stands, and that it is the only one since. */
async function record(world: World, home: Home, story: Story, change: Omit<Change, 'position' | 'endedAt'>): Promise<void> {
  const { cursor, ids } = await home.service.list(home.observer, home.feed.cursors.at(-1));
  const { position } = home.feed.add(story, { ...change, endedAt: world.tick() }, cursor);
  world.log(() => `${change.kind} ${story.name}@${position}`);
  if (ids.length !== 1 || ids[0] !== story.id) {
    world.report({ kind: 'http', device: 'observer', expected: `${story.name} as the only change`, came: `${ids.length} changes` });
  }
}

export async function post(world: World, step: StepOf<'post'>): Promise<void> {
  const home = world.homes[step.feed];
  if (!home) return;
  const startedAt = world.tick();
  const clock = world.clock();
  const current = home.feed.stories.find((story) => story.key !== undefined && story.key === step.key && isActive(story, clock));
  const id = await home.service.post(home.observer, await bodyOf(world, step));
  if (current ? current.id !== id : home.feed.stories.some((story) => story.id === id)) {
    world.report({ kind: 'http', device: 'observer', expected: current ? `the id of ${current.name} (D5)` : 'a new id', came: id });
  }
  const story: Story = current ?? { id, name: step.as, key: step.key, changes: [], expiresAt: 0 };
  if (!current) home.feed.stories.push(story);
  home.named.set(step.as, story);
  story.expiresAt = clock + (step.livesSeconds ?? weekSeconds);
  const after = snapshotOf(step, { contentAt: home.feed.head() + 1, clock });
  await record(world, home, story, { kind: 'content', origin: undefined, after, startedAt });
}

async function bodyOf({ host }: World, step: StepOf<'post'>) {
  const { raw, visual } = contentOf(step);
  const expirationDateTime =
    step.livesSeconds === undefined ? undefined : new Date((await host.control.now()) + step.livesSeconds * 1000).toISOString();
  return {
    payload: { ...(raw !== undefined && { rawContent: raw }), ...(visual !== undefined && { visualContent: { title: visual } }) },
    ...(step.key !== undefined && { appNotificationId: step.key }),
    ...(step.to && { targetPolicy: { platformTypes: [...step.to] } }),
    ...(step.fallback && { priority: 'High' as const, fallbackPolicy: fallbackPolicy(toastTitle(step)) }),
    ...(expirationDateTime !== undefined && { expirationDateTime }),
  };
}

const toastTitle = ({ as }: StepOf<'post'>) => `${as} toast`;

function contentOf({ as, content }: StepOf<'post'>) {
  return { raw: content === 'visual' ? undefined : `${as} raw`, visual: content === 'raw' ? undefined : `${as} title` };
}

function snapshotOf(step: StepOf<'post'>, { contentAt, clock }: { contentAt: number; clock: number }): Snapshot {
  const { raw, visual } = contentOf(step);
  const hasFallback = step.fallback && raw !== undefined;
  return {
    status: 'Active',
    targets: step.to ?? platformTypes,
    raw,
    visual,
    readState: 'Unread',
    userActionState: 'NoInteraction',
    contentAt,
    fallback: hasFallback ? { title: toastTitle(step), dueAt: clock + fallbackSeconds } : undefined,
  };
}

/** The notification and who changes it: the subscription of a device, or the observer. */
function named(world: World, of: string, by: string | undefined) {
  const home = world.homes.find((one) => one.named.has(of));
  const story = home?.named.get(of);
  if (!home || !story) return undefined;
  const subscriber = by === undefined ? undefined : deviceNamed(world, by)?.subscriber;
  if (subscriber && subscriber.feed !== home.feed) return undefined;
  return { home, story, subscriber, unsid: subscriber?.unsid ?? home.observer, origin: subscriber?.name };
}

export async function patch(world: World, step: StepOf<'patch'>): Promise<void> {
  const found = named(world, step.of, step.by);
  if (!found) return;
  const { home, story, subscriber, unsid, origin } = found;
  const startedAt = world.tick();
  const isThere = isActive(story, world.clock());
  expectStatus(world, await home.service.patch(unsid, story.id, step.set), isThere ? 200 : 404);
  if (!isThere) return;
  subscriber?.events.push({ kind: 'read', ids: [story.id], isCertain: false });
  const before = latest(story).after;
  const after = { ...before, ...step.set };
  if (after.readState === before.readState && after.userActionState === before.userActionState) return;
  await record(world, home, story, { kind: 'state', origin, after, startedAt });
}

export async function remove(world: World, step: StepOf<'delete'>): Promise<void> {
  const found = named(world, step.of, step.by);
  if (!found) return;
  const { home, story, unsid, origin } = found;
  const startedAt = world.tick();
  const isThere = isActive(story, world.clock());
  expectStatus(world, await home.service.remove(unsid, story.id), isThere ? 204 : 404);
  if (isThere)
    await record(world, home, story, { kind: 'deletion', origin, after: { ...latest(story).after, status: 'Deleted' }, startedAt });
}

export async function read(world: World, step: StepOf<'read'>): Promise<void> {
  const device = deviceNamed(world, step.device);
  if (!device) return;
  const { home, subscriber } = device;
  if (step.of === undefined) {
    const { active, cursor } = await home.service.list(subscriber.unsid);
    subscriber.events.push({ kind: 'read', ids: [...active.keys()], isCertain: true, listed: cursor });
    return;
  }
  const story = home.named.get(step.of);
  if (!story) return;
  const isThere = isActive(story, world.clock());
  expectStatus(world, await home.service.get(subscriber.unsid, story.id), isThere ? 200 : 404);
  if (isThere) subscriber.events.push({ kind: 'read', ids: [story.id], isCertain: true });
}

export function expectStatus(world: World, status: number, expected: number): void {
  if (status !== expected) world.report({ kind: 'http', device: 'observer', expected: `status ${expected}`, came: `${status}` });
}
