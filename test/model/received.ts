// Checks each message a device has received: in order, once, meant for it, not acknowledged before, with the right change and state (R1, R2, R4).
import { type Change, createdAt, firstMeant, isMeant, isPushable, latest, type Story } from './feed.ts';
import { type Checking, type Connection, type Message, type Subscriber, spelled } from './subscriber.ts';

interface Arrival {
  readonly subscriber: Subscriber;
  readonly connection: Connection;
  readonly story: Story;
  readonly change: Change;
  readonly report: (kind: string, expected: string, came: string) => void;
}

export function checkArrival(
  subscriber: Subscriber,
  connection: Connection,
  message: Message<'notification'> | Message<'signal'>,
  checking: Checking,
): void {
  const { feed, device } = subscriber;
  const report = (kind: string, expected: string, came: string) => checking.report({ kind, device, expected, came });
  const position = feed.positionOf(message.cursor);
  const found = position === undefined ? undefined : feed.at(position);
  connection.cursors.add(message.cursor);
  if (!found) {
    report('unknown cursor', 'the cursor of a change', message.cursor);
    return;
  }
  const arrival: Arrival = { subscriber, connection, ...found, report };
  checkOrder(arrival);
  checkNews(arrival);
  if (message.type === 'notification') checkNotification(arrival, message);
  else if (checking.push === 'embed') report('signal', 'a notification', 'a signal');
  connection.received.push({ story: found.story, position: found.change.position });
  connection.delivered.set(found.story, found.change.position);
}

function checkOrder({ connection, story, change, report }: Arrival): void {
  const { lastPosition } = connection;
  if (change.position <= lastPosition) report('order', `a cursor behind ${lastPosition}`, spelled(story, change.position));
  connection.lastPosition = Math.max(lastPosition, change.position);
}

/** Some change since the device last had or acknowledged the notification is meant for it. */
function checkNews({ subscriber, connection, story, change, report }: Arrival): void {
  const came = spelled(story, change.position);
  // A platform that the last content left out may still show the notification: it hears of the deletion.
  if (change.after.status === 'Deleted' && wasEverPushable(story, subscriber.platform)) return;
  if (!isPushable(change.after, subscriber.platform)) {
    report('not meant', `nothing for ${subscriber.platform}, which it does not go to`, came);
    return;
  }
  const delivered = connection.delivered.get(story) ?? 0;
  const known = connection.known.get(story) ?? 0;
  const base = Math.max(delivered, known, subscriber.start);
  const isNews = story.changes.some((one) => one.position > base && one.position <= change.position && isMeant(one, subscriber));
  if (isNews || isFurtherBack(subscriber, connection)) return;
  const kind = base === subscriber.start ? 'not meant' : delivered >= known ? 'repeated' : 'acknowledged again';
  report(kind, `nothing: no change of ${story.name} behind ${base} is meant for it`, came);
}

function checkNotification(arrival: Arrival, { change, notification }: Message<'notification'>): void {
  const { subscriber, story, change: at, report } = arrival;
  if (notification.id !== story.id) report('order', `the notification that stands at this cursor, ${story.name}`, 'another one');
  const expected = stateOf(at, subscriber);
  const came = notification.status === 'Deleted' ? { status: notification.status } : seen(notification);
  if (JSON.stringify(came) !== JSON.stringify(expected)) report('state', JSON.stringify(expected), JSON.stringify(came));
  checkChange(arrival, change);
}

function stateOf({ after }: Change, { platform }: Subscriber): object {
  if (after.status === 'Deleted') return { status: after.status };
  const payload = {
    ...(after.raw !== undefined && { rawContent: after.raw }),
    ...(after.visual !== undefined && platform !== 'WebPush' && { visualContent: { title: after.visual } }),
  };
  return { status: after.status, readState: after.readState, userActionState: after.userActionState, payload };
}

function seen({
  status,
  readState,
  userActionState,
  payload,
}: Exclude<Message<'notification'>['notification'], { status: 'Deleted' }>): object {
  const { rawContent, visualContent } = payload;
  return {
    status,
    readState,
    userActionState,
    payload: { ...(rawContent !== undefined && { rawContent }), ...(visualContent && { visualContent }) },
  };
}

/** Only where the rules leave one answer. */
function checkChange(arrival: Arrival, came: Message<'notification'>['change']): void {
  const { subscriber, connection, story, change, report } = arrival;
  const where = `${came} ${spelled(story, change.position)}`;
  if (change.after.status === 'Deleted') {
    if (came !== 'deleted') report('change', 'deleted', where);
    const isUnsent =
      isSteady(story, subscriber.platform) && createdAt(story) > connection.servedFrom && !mayHaveBeenSent(subscriber, story);
    if (isUnsent) report('deletion of what was never sent', 'nothing', where);
    return;
  }
  if (came === 'deleted') report('change', 'created or updated', where);
  // What the platform was not always meant to get, and what comes again from an earlier cursor, may be called either.
  if (!isSteady(story, subscriber.platform) || isFurtherBack(subscriber, connection)) return;
  const isBefore = createdAt(story) <= connection.servedFrom;
  if (connection.delivered.has(story)) {
    if (came !== 'updated') report('change', 'updated: it has come on this connection before', where);
  } else if (isBefore && connection.known.has(story)) {
    if (came !== 'updated') report('change', 'updated: it was acknowledged before', where);
  } else if (isFirstEver(arrival) && came !== 'created') report('change', 'created: it was never sent before', where);
}

const wasEverPushable = (story: Story, platform: Subscriber['platform']): boolean =>
  platform !== 'WebPush' && story.changes.some(({ after }) => after.status !== 'Deleted' && isPushable(after, platform));

/** Every content that it had was meant for the platform. */
const isSteady = (story: Story, platform: Subscriber['platform']): boolean =>
  story.changes.every(({ after }) => after.status === 'Deleted' || isPushable(after, platform));

/** It asked to be served from before what it had acknowledged: what it has handled may come again (F24). */
function isFurtherBack({ coverage }: Subscriber, { asked, servedFrom }: Connection): boolean {
  return asked !== undefined && coverage.candidates().some((position) => position > servedFrom);
}

/** It was created behind everything that the device was served from or acknowledged, and can have been sent on no other connection. */
function isFirstEver({ subscriber, connection, story }: Arrival): boolean {
  const { coverage, start, connections } = subscriber;
  if (createdAt(story) <= Math.max(start, connection.servedFrom, ...coverage.candidates())) return false;
  const since = firstMeant(story, subscriber)?.startedAt ?? Number.POSITIVE_INFINITY;
  return connections.every(({ number, closedAt }) => number >= connection.number || closedAt < since);
}

/** Some connection was open, for all that is known, between its first change for the device and its deletion; or it was read over HTTP. */
function mayHaveBeenSent(subscriber: Subscriber, story: Story): boolean {
  const { connections, read } = subscriber;
  if (read.certain.has(story) || read.possible.has(story)) return true;
  const since = firstMeant(story, subscriber)?.startedAt;
  const until = latest(story).endedAt;
  return since !== undefined && connections.some(({ openedAt, closedAt }) => closedAt > since && openedAt < until);
}
