// Performs the steps of a device on its line and with its subscription, and notes for the model what it wrote and received.
import type { ServerMessage } from '../../src/index.ts';
import { expectStatus } from './changes.ts';
import { openLine } from './line.ts';
import type { Ending, From, Step } from './steps.ts';
import { createConnection, type Event, spelled } from './subscriber.ts';
import { type Device, subscribe, type World } from './world.ts';

type StepOf<Do extends Step['do']> = Extract<Step, { do: Do }>;

async function cursorFor(world: World, { remembered, home, subscriber }: Device, from: From | undefined): Promise<string | undefined> {
  if (from === undefined) return undefined;
  if (from !== 'list') return remembered.at(-1 - from.back);
  const { active, cursor } = await home.service.list(subscriber.unsid);
  // While other steps go on, the content that was read may be replaced before this is checked.
  subscriber.events.push({ kind: 'read', ids: [...active.keys()], isCertain: world.mode === 'serial', listed: cursor });
  return cursor;
}

/** Replaces the line that the device has (R5). */
export async function connect(world: World, device: Device, from?: From): Promise<void> {
  const { subscriber, home, line: old } = device;
  const cursor = await cursorFor(world, device, from);
  const connection = createConnection(subscriber.connections.length, cursor, world.tick());
  subscriber.connections.push(connection);
  const cursors: string[] = [];
  const onMessage = (message: ServerMessage) => {
    const isFirst = message.type === 'connected';
    subscriber.events.push(isFirst ? { kind: 'open', connection, message } : { kind: 'message', connection, message, tick: world.tick() });
    world.log(() => `  ${device.plan.name} ← ${textOf(device, message)}`);
    if (isFirst || message.type === 'error') return;
    cursors.push(message.cursor);
    device.remembered.push(message.cursor);
  };
  device.cursorsBefore = device.cursors;
  device.cursors = cursors;
  device.connection = connection;
  device.line = await openLine({ url: world.host.url, unsid: subscriber.unsid, token: home.service.token, cursor, onMessage });
  // One that does not read would never see that it was replaced.
  if (old && !old.isReading()) await old.end('terminate');
  else await old?.closed;
}

function textOf({ home: { feed } }: Device, message: ServerMessage): string {
  if (message.type === 'error') return message.error.code;
  const position = feed.positionOf(message.cursor) ?? -1;
  if (message.type === 'connected') return `connected, served from ${position}`;
  const story = feed.at(position)?.story;
  const where = story ? spelled(story, position) : message.cursor;
  return message.type === 'notification' ? `${message.change} ${where}` : `${message.type} ${where}`;
}

function noteAck(world: World, device: Device, cursor: string): Extract<Event, { kind: 'ack' }> | undefined {
  if (!device.connection) return undefined;
  const event: Event = { kind: 'ack', connection: device.connection, cursor, isCertain: false };
  device.subscriber.events.push(event);
  world.log(() => `  ${device.plan.name} → ack ${device.home.feed.positionOf(cursor)}`);
  return event;
}

export async function ack(world: World, device: Device, { back }: StepOf<'ack'>): Promise<void> {
  const { line } = device;
  const cursor = back === 'lastOfBefore' ? device.cursorsBefore.at(-1) : device.cursors.at(-1 - back);
  if (!line?.isOpen() || cursor === undefined) return;
  const event = noteAck(world, device, cursor);
  line.ack(cursor);
  if (event && line.isReading()) event.isCertain = await line.confirm();
}

export async function end(device: Device, how: Ending, cursor?: string): Promise<boolean> {
  const { line } = device;
  if (!line?.isOpen()) return false;
  device.line = undefined;
  // A line that is not read would never see the other side's end.
  const isOrderly = how === 'close' || how === 'fin';
  return line.end(isOrderly && !line.isReading() ? 'terminate' : how, cursor);
}

export async function ackAndEnd(world: World, device: Device, { back, how }: StepOf<'ack-and-end'>): Promise<void> {
  const { line } = device;
  const cursor = device.cursors.at(-1 - back);
  if (!line?.isOpen() || cursor === undefined) return how === 'replace' ? connect(world, device) : void (await end(device, how));
  const event = noteAck(world, device, cursor);
  if (how === 'replace') {
    line.ack(cursor);
    // Its bytes are with the service before the other connection is even asked for.
    if (event) event.isCertain = true;
    return connect(world, device);
  }
  const hasArrived = await end(device, how, cursor);
  if (event) event.isCertain = hasArrived;
}

export async function renew(world: World, { home, plan, subscriber }: Device): Promise<void> {
  const { status, unsid } = await home.service.subscribe(plan.name, plan.platform);
  expectStatus(world, status, 200);
  if (unsid !== subscriber.unsid) world.report({ kind: 'http', device: plan.name, expected: 'the same UNSID', came: 'another one' });
}

/** Unsubscribes and subscribes again: nothing of the old subscription is left. */
export async function resubscribe(world: World, device: Device): Promise<void> {
  const { home, plan, subscriber, line } = device;
  const isRead = line?.isReading() ?? false;
  expectStatus(world, await home.service.unsubscribe(subscriber.unsid), 204);
  const subscriptionGone = 4410;
  if (line && !isRead) await end(device, 'terminate');
  const code = await line?.closed;
  if (isRead && code !== subscriptionGone) {
    world.report({ kind: 'close code', device: plan.name, expected: `${subscriptionGone}`, came: `${code}` });
  }
  device.subscriber = await subscribe(home, plan, `${subscriber.name}'`);
  Object.assign(device, { line: undefined, connection: undefined, cursors: [], cursorsBefore: [], remembered: [] });
}
