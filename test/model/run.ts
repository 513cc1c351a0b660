// Runs a plan against a host: performs its steps, checks after each that everything has come, and at the end that nothing is left.
import { acknowledge, checkOpening, noteRead } from './acknowledgements.ts';
import { patch, post, read, remove } from './changes.ts';
import { ack, ackAndEnd, connect, end, renew, resubscribe } from './connections.ts';
import { isActive, latest } from './feed.ts';
import { missingOn } from './missing.ts';
import { checkArrival } from './received.ts';
import { type Plan, type Step, textOf } from './steps.ts';
import type { Subscriber, Violation } from './subscriber.ts';
import { checkToast, settleDue } from './toasts.ts';
import { createWorld, deviceNamed, type Host, type World } from './world.ts';

export interface Outcome {
  readonly violations: readonly Violation[];
  /** The steps that were performed and what came of each, as lines. */
  readonly trace: readonly string[];
}

/** Round trips within which the service writes what it has; and how many more before something counts as missing. */
const usualRounds = 3;
const extraRounds = 30;
const maxLooks = 2_000;
/** Steps of a concurrent run between two moments at which all is waited for. */
const stretch = 12;

export async function runPlan(plan: Plan, host: Host): Promise<Outcome> {
  const world = await createWorld(plan, host);
  try {
    await (plan.mode === 'serial' ? runSerially(world) : runConcurrently(world));
    if (world.violations.length === 0) await finish(world);
  } finally {
    for (const device of world.devices) await end(device, 'terminate');
    await connectionsSettle(world);
  }
  return { violations: world.violations, trace: world.logged.map((text) => text()) };
}

async function runSerially(world: World): Promise<void> {
  for (const [index, step] of world.plan.steps.entries()) {
    world.log(() => `${index + 1}. ${textOf(step)}`);
    await perform(world, step);
    await settle(world);
    if (world.violations.length > 0) return;
  }
}

/** Changes of one feed follow each other, and so do the steps of one device; everything else overlaps. */
async function runConcurrently(world: World): Promise<void> {
  const chains = new Map<string, Promise<void>>();
  for (const [index, step] of world.plan.steps.entries()) {
    world.log(() => `${index + 1}. ${textOf(step)}`);
    const isAlone = 'seconds' in step || step.do === 'read' || step.do === 'renew' || step.do === 'resubscribe';
    if (isAlone || index % stretch === 0) {
      await Promise.all(chains.values());
      await settle(world);
    }
    if (world.violations.length > 0) return;
    if (isAlone) {
      await perform(world, step);
      await settle(world);
      continue;
    }
    const key = 'device' in step ? step.device : 'changes';
    chains.set(
      key,
      (chains.get(key) ?? Promise.resolve()).then(() => perform(world, step)),
    );
  }
  await Promise.all(chains.values());
  await settle(world);
}

async function perform(world: World, step: Step): Promise<void> {
  if (step.do === 'post') return post(world, step);
  if (step.do === 'patch') return patch(world, step);
  if (step.do === 'delete') return remove(world, step);
  if (step.do === 'read') return read(world, step);
  if (step.do === 'advance') return advance(world, step.seconds);
  const device = deviceNamed(world, step.device);
  if (!device) return;
  if (step.do === 'connect') return connect(world, device, step.from);
  if (step.do === 'ack') return ack(world, device, step);
  if (step.do === 'ack-and-end') return ackAndEnd(world, device, step);
  if (step.do === 'end') return void (await end(device, step.how));
  if (step.do === 'renew') return renew(world, device);
  if (step.do === 'resubscribe') return resubscribe(world, device);
  if (device.line?.isOpen()) device.line[step.do]();
}

async function advance(world: World, seconds: number): Promise<void> {
  const before = world.clock();
  await world.host.control.advance(seconds);
  world.moveClock(seconds);
  for (const { subscriber } of world.devices) settleDue(subscriber, before, world);
}

async function roundTrips({ devices }: World, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) await Promise.all(devices.map(({ line }) => line?.roundTrip()));
}

/** Waits until the service has noticed the end of every line that has ended. */
async function connectionsSettle({ devices, host, tick, report }: World): Promise<void> {
  const ended = devices.flatMap(({ subscriber, connection, line }) =>
    subscriber.connections.filter((one) => one.closedAt === Number.POSITIVE_INFINITY && (one !== connection || !line?.isOpen())),
  );
  if (ended.length === 0) return;
  const expected = devices.filter(({ line }) => line?.isOpen()).length;
  let count = await host.control.connections();
  for (let look = 0; count !== expected && look < maxLooks; look += 1) count = await host.control.connections();
  if (count !== expected) report({ kind: 'connections', device: 'all', expected: `${expected} connections`, came: `${count}` });
  const now = tick();
  for (const one of ended) one.closedAt = now;
}

/** All that was caused so far has arrived, and is checked; what has not come after a few more round trips is missing. */
async function settle(world: World): Promise<void> {
  for (const device of world.devices) {
    if (!device.line || device.line.isOpen()) continue;
    const came = `closed with ${await device.line.closed}`;
    world.report({ kind: 'closed', device: device.plan.name, expected: 'an open line', came });
  }
  await roundTrips(world, usualRounds);
  await connectionsSettle(world);
  check(world);
  for (let round = 0; round < extraRounds && missing(world).length > 0; round += 1) {
    await roundTrips(world, 1);
    check(world);
  }
  if (world.violations.length === 0) for (const violation of missing(world)) world.report(violation);
}

function missing(world: World): readonly Violation[] {
  return world.devices.flatMap(({ subscriber, connection, line }) =>
    connection && line?.isReading() ? missingOn(subscriber, connection, world) : [],
  );
}

function check(world: World): void {
  for (const { subscriber } of world.devices) checkEvents(subscriber, world);
}

function checkEvents(subscriber: Subscriber, world: World): void {
  const { events } = subscriber;
  for (; subscriber.checked < events.length && world.violations.length === 0; subscriber.checked += 1) {
    const event = events[subscriber.checked];
    if (event?.kind === 'open') checkOpening(subscriber, event, world);
    else if (event?.kind === 'ack') acknowledge(subscriber, event, world);
    else if (event?.kind === 'read') noteRead(subscriber, event);
    else if (event?.message.type === 'toast') checkToast(subscriber, event.connection, { message: event.message, tick: event.tick }, world);
    else if (event?.message.type === 'notification' || event?.message.type === 'signal') {
      checkArrival(subscriber, event.connection, event.message, world);
    }
  }
}

/** Everybody comes back and reads to the end; then acknowledges all, and comes back once more. */
async function finish(world: World): Promise<void> {
  for (const round of ['first', 'second']) {
    world.log(() => `at the end, ${round} time: all connect, and are sent one more notification`);
    for (const device of world.devices) if (!device.line?.isReading()) await connect(world, device);
    await settle(world);
    for (const [feed] of world.homes.entries()) await post(world, { do: 'post', as: `end-${round}-${feed}`, feed, content: 'raw' });
    await settle(world);
    if (world.violations.length > 0) return;
    for (const device of world.devices) {
      await ack(world, device, { do: 'ack', device: device.plan.name, back: 0 });
      await end(device, 'close');
    }
    await settle(world);
  }
  for (const home of world.homes) {
    const { active } = await home.service.list(home.observer);
    const expected = home.feed.stories.filter((story) => isActive(story, world.clock())).map((story) => [story.id, latest(story).after]);
    for (const [id, { readState, userActionState }] of expected as [string, ReturnType<typeof latest>['after']][]) {
      const one = active.get(id);
      if (one?.readState !== readState || one.userActionState !== userActionState) {
        world.report({ kind: 'http', device: 'observer', expected: `${readState}, ${userActionState}`, came: JSON.stringify(one) });
      }
    }
    if (active.size !== expected.length) {
      world.report({ kind: 'http', device: 'observer', expected: `${expected.length} notifications`, came: `${active.size}` });
    }
  }
}
