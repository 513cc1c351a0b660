// Finds what a device should have received on its open connection and has not: at least once, until acknowledged (R2), toasts included (R9).
import { type Change, createdAt, isActive, isExpired, isPushable, lastMeant, latest, type Story } from './feed.ts';
import { type Checking, type Connection, contentKey, type Subscriber, spelled, type Violation } from './subscriber.ts';

/** All that is missing on this connection, which reads, once everything the service has written has arrived. */
export function missingOn(subscriber: Subscriber, connection: Connection, checking: Checking): readonly Violation[] {
  const { device, feed } = subscriber;
  const missing = feed.stories.flatMap((story): Violation[] => {
    const due = dueOn(subscriber, connection, story, checking);
    if (!due) return [];
    const state = due.after.status === 'Deleted' ? 'its deletion' : `its change at ${due.position}`;
    const kind = due.after.status === 'Deleted' ? 'deletion lost' : 'lost';
    const expected = `${spelled(story, latest(story).position)}: ${state} was never acknowledged; served from ${connection.servedFrom}`;
    return [{ kind, device, expected, came: cameOn(connection, story) }];
  });
  return [...missing, ...missingToasts(subscriber, connection, checking)];
}

function cameOn({ delivered }: Connection, story: Story): string {
  const at = delivered.get(story);
  return at === undefined ? 'nothing of it on this connection' : `${spelled(story, at)} and nothing behind it`;
}

/** The last change that must have come on the connection, if it has not. */
function dueOn(subscriber: Subscriber, connection: Connection, story: Story, checking: Checking): Change | undefined {
  const { coverage, platform } = subscriber;
  const last = lastMeant(story, subscriber);
  if (!last || isExpired(story, checking.clock())) return undefined;
  const isThere = isActive(story, checking.clock());
  // What the targets or the content no longer allow is not sent in its latest state (D5); of a deletion the targets last known decide.
  if (isThere ? !isPushable(latest(story).after, platform) : last !== latest(story)) return undefined;
  const isCovered = coverage.possible(story) >= last.position;
  const isAskedFor = connection.asked !== undefined && last.position > connection.servedFrom;
  if (isCovered && !isAskedFor) return undefined;
  if (!isThere && !mustHearOfDeletion(subscriber, connection, story, isCovered)) return undefined;
  return hasCome(connection, story, last, checking) ? undefined : last;
}

/** It was received on some connection; and one that was acknowledged comes again only if the creation lies before the position asked for. */
function mustHearOfDeletion({ connections }: Subscriber, { servedFrom }: Connection, story: Story, isCovered: boolean): boolean {
  const wasReceived = connections.some(({ received }) => received.some((one) => one.story === story));
  return wasReceived && (!isCovered || createdAt(story) <= servedFrom);
}

function hasCome({ delivered, lastPosition, servedFrom }: Connection, story: Story, { position }: Change, { push }: Checking): boolean {
  // A signal says that something changed up to its cursor; the device then fetches from where it was.
  if (push === 'signal') return lastPosition >= position && lastPosition > servedFrom;
  return (delivered.get(story) ?? 0) >= position;
}

function missingToasts({ device, coverage, toasts }: Subscriber, connection: Connection, { clock }: Checking): readonly Violation[] {
  return [...toasts.values()].flatMap(({ need, key, story, title }): Violation[] => {
    const isCurrent = isActive(story, clock()) && contentKey(story) === key;
    if (need !== 'required' || !isCurrent || coverage.toast(key) !== 'no' || connection.toasts.has(key)) return [];
    return [{ kind: 'toast lost', device, expected: `the toast '${title}' of ${story.name}`, came: 'no toast on this connection' }];
  });
}
