// Follows where a device is served from and what its acknowledgements cover (R2, R3): a cursor it connects with counts as one.
import type { Covered } from './coverage.ts';
import { latest, type Story } from './feed.ts';
import { allUpTo, type Checking, type Connection, type Event, receivedUpTo, type Subscriber } from './subscriber.ts';

type Opened = Extract<Event, { kind: 'open' }>;

export function checkOpening(subscriber: Subscriber, { connection, message }: Opened, checking: Checking): void {
  const { feed, coverage, start, device: name } = subscriber;
  const report = (kind: string, expected: string, came: string) => checking.report({ kind, device: name, expected, came });
  const servedFrom = feed.positionOf(message.cursor);
  if (!message.resumed) report('resumed', 'connected with resumed: true', 'resumed: false');
  if (servedFrom === undefined) {
    report('unknown cursor', 'connected with a cursor of the feed', message.cursor);
    return;
  }
  if (connection.asked === undefined) {
    const candidates = coverage.candidates();
    const kind = servedFrom < coverage.acknowledged() ? 'acknowledgement lost' : 'wrong position';
    if (!candidates.includes(servedFrom)) report(kind, `served from ${candidates.join(' or ')}, the last acknowledgement`, `${servedFrom}`);
    coverage.resolve(servedFrom, checking.mode === 'serial');
  } else {
    const asked = feed.positionOf(connection.asked) ?? 0;
    if (servedFrom !== Math.max(asked, start)) report('wrong position', `served from ${asked}, as asked for`, `${servedFrom}`);
    acknowledgeRemembered(subscriber, connection, asked);
    if (checking.push === 'signal') coverage.mayCover(allUpTo(feed, asked), []);
  }
  connection.servedFrom = servedFrom;
  connection.lastPosition = servedFrom;
  connection.known = connection.asked === undefined ? coverage.certainUpTo(Number.POSITIVE_INFINITY) : coverage.certainUpTo(servedFrom);
}

/**
 * A cursor received on an earlier connection certainly covers what every connection had brought up to there that was served from before it,
 * since each of them may have brought the cursor, for all that the service knows; possibly what any had.
 */
function acknowledgeRemembered(subscriber: Subscriber, { number, asked }: Connection, position: number): void {
  const { feed, coverage, connections, listed, toasts } = subscriber;
  const before = connections.filter((one) => one.number < number);
  const isReceived = before.some(({ cursors }) => asked !== undefined && cursors.has(asked));
  const sources = isReceived ? before.filter(({ servedFrom }) => servedFrom < position).map((one) => receivedUpTo(one, position)) : [];
  if (listed.includes(position)) sources.push(allUpTo(feed, position));
  const shown = [...toasts.keys()].filter((key) => before.some((one) => (one.toasts.get(key) ?? Number.POSITIVE_INFINITY) <= position));
  for (const one of before) coverage.mayCover(receivedUpTo(one, position), shown);
  for (const covers of sources) {
    coverage.mayCover(covers, shown);
    settleToasts(subscriber, covers);
  }
  coverage.mayCover(unsentDeletionsUpTo(subscriber, position), []);
  if (position > coverage.acknowledged()) coverage.arrived({ position, covers: common(sources), toasts: [], connection: number });
}

function common(sources: readonly Covered[]): Covered {
  const [first = new Map<Story, number>(), ...others] = sources;
  const positionIn = (story: Story, position: number) => Math.min(position, ...others.map((covers) => covers.get(story) ?? 0));
  return new Map([...first].map(([story, position]) => [story, positionIn(story, position)] as const).filter(([, covered]) => covered > 0));
}

export function acknowledge(
  subscriber: Subscriber,
  { connection, cursor, isCertain }: Extract<Event, { kind: 'ack' }>,
  checking: Checking,
): void {
  const { feed, coverage, connections } = subscriber;
  const position = feed.positionOf(cursor);
  if (position === undefined) return;
  const toasts = [...connection.toasts].filter(([, at]) => at <= position).map(([key]) => key);
  const ack = { position, covers: coveredOn(connection, position, checking), toasts, connection: connection.number };
  coverage.wrote(ack);
  if (isCertain) coverage.arrived(ack);
  if (checking.push === 'signal') coverage.mayCover(allUpTo(feed, position), toasts);
  // One that was received on an earlier connection may be meant for what that one had brought.
  for (const one of connections.filter(({ cursors }) => cursors.has(cursor))) coverage.mayCover(receivedUpTo(one, position), []);
  coverage.mayCover(unsentDeletionsUpTo(subscriber, position), []);
  settleToasts(subscriber, ack.covers);
}

/** Of what was deleted before it was ever received nothing was to be sent, so that an acknowledgement passes it by. */
function unsentDeletionsUpTo({ feed, connections }: Subscriber, position: number): Covered {
  const received = new Set(connections.flatMap((one) => one.received.map(({ story }) => story)));
  const passed = feed.stories.filter((story) => latest(story).after.status === 'Deleted' && latest(story).position <= position);
  return new Map(passed.filter((story) => !received.has(story)).map((story) => [story, latest(story).position]));
}

/** A signal covers whatever is fetched then; certainly only the change that it stands at. */
function coveredOn(connection: Connection, position: number, { push }: Checking): Covered {
  if (push === 'embed') return receivedUpTo(connection, position);
  return new Map(connection.received.filter((one) => one.position === position).map((one) => [one.story, position]));
}

/** What is acknowledged after its toast fell due, and before the toast was seen, may or may not be shown. */
function settleToasts({ toasts, connections }: Subscriber, covers: Covered): void {
  for (const toast of toasts.values()) {
    if (toast.need !== 'required' || (covers.get(toast.story) ?? 0) < toast.contentAt) continue;
    if (!connections.some((one) => one.toasts.has(toast.key))) toast.need = 'allowed';
  }
}

export function noteRead({ read, listed, toasts, connections, feed }: Subscriber, event: Extract<Event, { kind: 'read' }>): void {
  const into = event.isCertain ? read.certain : read.possible;
  const stories = feed.stories.filter(({ id }) => event.ids.includes(id));
  for (const story of stories) into.set(story, story.changes.findLast(({ kind }) => kind === 'content')?.position ?? 0);
  const head = event.listed === undefined ? undefined : feed.positionOf(event.listed);
  if (head !== undefined) listed.push(head);
  for (const toast of toasts.values()) {
    const isShown = connections.some((one) => one.toasts.has(toast.key));
    if (toast.need === 'required' && stories.includes(toast.story) && !isShown) toast.need = 'allowed';
  }
}
