// Checks the toasts of fallbacks: who must be sent one when it falls due, and that no other comes (F16, R9).
import { isExpired, latest, type Story } from './feed.ts';
import { type Checking, type Connection, contentKey, type Message, type Subscriber, spelled, type Toast } from './subscriber.ts';

/** Called when the clock has moved: whatever fell due by now is settled for this device, once. */
export function settleDue(subscriber: Subscriber, clockBefore: number, { clock }: Checking): void {
  const { platform, feed, toasts } = subscriber;
  if (platform !== 'iOS') return;
  for (const story of feed.stories) {
    const { fallback, status, contentAt } = latest(story).after;
    const key = contentKey(story);
    if (status !== 'Active' || !fallback || fallback.dueAt > clock() || toasts.has(key)) continue;
    if (isExpired(story, clockBefore)) continue;
    toasts.set(key, {
      key,
      story,
      title: fallback.title,
      contentAt,
      need: needOf(subscriber, story, contentAt, isExpired(story, clock())),
    });
  }
}

function needOf({ coverage, read, start }: Subscriber, story: Story, contentAt: number, isGone: boolean): Toast['need'] {
  if (contentAt <= start || coverage.certain(story) >= contentAt || (read.certain.get(story) ?? 0) >= contentAt) return 'forbidden';
  const mayBeFetched = coverage.possible(story) >= contentAt || (read.possible.get(story) ?? 0) >= contentAt;
  // What expires on the way may have been shown just before.
  return isGone || mayBeFetched ? 'allowed' : 'required';
}

export function checkToast(
  subscriber: Subscriber,
  connection: Connection,
  { message, tick }: { message: Message<'toast'>; tick: number },
  checking: Checking,
): void {
  const { feed, toasts, coverage, device } = subscriber;
  const report = (kind: string, expected: string, came: string) => checking.report({ kind, device, expected, came });
  const found = feed.at(feed.positionOf(message.cursor) ?? 0);
  connection.cursors.add(message.cursor);
  if (!found || found.story.id !== message.notificationId) {
    report('toast cursor', "its notification's cursor", message.cursor);
    return;
  }
  const { story, change } = found;
  const key = `${story.id} ${change.after.contentAt}`;
  const came = `the toast of ${spelled(story, change.position)}`;
  const toast = toasts.get(key);
  if (!toast || toast.need === 'forbidden')
    report('toast not meant', 'no toast: it is not due, was fetched in time, or is not for this device', came);
  else if (message.visualContent.title !== toast.title) report('toast state', toast.title, message.visualContent.title);
  else if (connection.toasts.has(key)) report('toast repeated', 'no second toast on one connection', came);
  else if (coverage.toast(key) === 'yes') report('toast acknowledged again', 'no toast: it was acknowledged', came);
  else if (isOver(story, toast.contentAt, tick, checking)) report('toast of what is gone', 'no toast: it was deleted or replaced', came);
  connection.toasts.set(key, change.position);
}

/** Its content was replaced or deleted before the toast came, by the ticks of the run. */
function isOver(story: Story, contentAt: number, tick: number, { mode }: Checking): boolean {
  const end = story.changes.find(({ kind, position }) => kind !== 'state' && position > contentAt);
  return mode === 'serial' && end !== undefined && end.endedAt < tick;
}
