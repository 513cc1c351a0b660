// One run against a running emulator: its users, feeds and devices, its time, and what has been found.
import { createFeed, type Feed, type Story } from './feed.ts';
import type { Line } from './line.ts';
import { type Control, createService, type Service } from './service-calls.ts';
import type { DevicePlan, Plan } from './steps.ts';
import { type Checking, type Connection, createSubscriber, type Subscriber, type Violation } from './subscriber.ts';

/** An emulator that runs share, one after the other; each has users of its own. */
export interface Host {
  readonly url: string;
  readonly control: Control;
  /** A name that no other run on this host has. */
  readonly nextRun: () => string;
}

/** One user of one application. */
export interface Home {
  readonly feed: Feed;
  readonly service: Service;
  /** UNSID of a subscription that never connects: it lists the feed, and changes states from no device. */
  readonly observer: string;
  /** Names the posts of this run. */
  readonly named: Map<string, Story>;
}

export interface Device {
  readonly plan: DevicePlan;
  readonly home: Home;
  subscriber: Subscriber;
  line: Line | undefined;
  connection: Connection | undefined;
  /** Cursors received on the present connection, on the one before it, and on all of this subscription. */
  cursors: string[];
  cursorsBefore: readonly string[];
  remembered: string[];
}

export interface World extends Checking {
  readonly plan: Plan;
  readonly host: Host;
  readonly homes: readonly Home[];
  readonly devices: readonly Device[];
  readonly violations: readonly Violation[];
  readonly tick: () => number;
  readonly moveClock: (seconds: number) => void;
  /** What happened, for the report; positions may become known later. */
  readonly log: (text: () => string) => void;
  readonly logged: readonly (() => string)[];
}

const users = ['adele', 'bert'];
const applications = ['contoso.example', 'fabrikam.example'];

export async function createWorld(plan: Plan, host: Host): Promise<World> {
  const violations: Violation[] = [];
  const logged: (() => string)[] = [];
  let ticks = 0;
  let clock = 0;
  const run = host.nextRun();
  const feedCount = Math.max(...plan.devices.map(({ feed }) => feed)) + 1;
  const homes = await Promise.all(Array.from({ length: feedCount }, (_, index) => openHome(host, run, index)));
  const devices: Device[] = [];
  for (const one of plan.devices) {
    const home = homes[one.feed];
    if (!home) throw new Error(`${one.name} has no feed ${one.feed}`);
    const subscriber = await subscribe(home, one, one.name);
    devices.push({ plan: one, home, subscriber, line: undefined, connection: undefined, cursors: [], cursorsBefore: [], remembered: [] });
  }
  return {
    plan,
    host,
    homes,
    devices,
    violations,
    mode: plan.mode,
    push: plan.push,
    clock: () => clock,
    moveClock: (seconds) => {
      clock += seconds;
    },
    tick: () => {
      ticks += 1;
      return ticks;
    },
    report: (violation) => {
      violations.push(violation);
    },
    log: (text) => {
      logged.push(text);
    },
    logged,
  };
}

async function openHome({ url }: Host, run: string, index: number): Promise<Home> {
  const user = `${users[index % users.length]}-${run}`;
  const application = applications[Math.floor(index / users.length)] ?? 'contoso.example';
  const service = createService({ url, user, application });
  const { unsid } = await service.subscribe(`observer-${run}`, 'Windows');
  const { cursor } = await service.list(unsid);
  return { feed: createFeed(cursor), service, observer: unsid, named: new Map() };
}

/** Subscribes a device that is not subscribed; `name` names this subscription. */
export async function subscribe({ service, feed }: Home, plan: DevicePlan, name: string): Promise<Subscriber> {
  const { unsid, status } = await service.subscribe(plan.name, plan.platform);
  if (status !== 201) throw new Error(`subscribing ${plan.name}: expected 201, got ${status}`);
  return createSubscriber({ name, device: plan.name, unsid, platform: plan.platform, start: feed.head(), feed });
}

export function deviceNamed({ devices }: World, name: string): Device | undefined {
  return devices.find(({ plan }) => plan.name === name);
}
