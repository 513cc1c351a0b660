// What an acknowledgement covers although notifications move to the feed's end with every change (R2).
import type { Acknowledgement, Notification, Position, Subscription } from './model.ts';

/** Acknowledgements remembered for a subscription; one that is forgotten has a notification delivered again rather than not at all. */
const maxAcknowledgements = 16;

/** Where a notification was when the feed's head was `head`: undefined before its creation, `unknown` when that is no longer remembered. */
function positionAt({ position, createdPosition, earlierPositions }: Notification, head: Position): Position | 'unknown' | undefined {
  if (position <= head) return position;
  if (createdPosition > head) return undefined;
  return earlierPositions?.findLast((earlier) => earlier <= head) ?? 'unknown';
}

/**
 * Every change of this notification up to the returned position is covered by the acknowledgements. An acknowledged position covers a
 * notification that was at or before it when it was served. One that had moved behind it by then was still to be sent, so the
 * acknowledgement says nothing about it, and an earlier acknowledgement counts.
 */
export function coveredUpTo(notification: Notification, acknowledgements: readonly Acknowledgement[]): Position {
  for (let index = acknowledgements.length - 1; index > 0; index -= 1) {
    const acknowledgement = acknowledgements[index];
    if (acknowledgement && covers(acknowledgement, notification)) return acknowledgement.position;
  }
  return acknowledgements[0]?.position ?? 0;
}

/** Does this acknowledgement cover the present content of the notification? */
export function coversContent(acknowledgement: Acknowledgement, notification: Notification): boolean {
  return notification.contentPosition <= acknowledgement.position && covers(acknowledgement, notification);
}

function covers({ position, head }: Acknowledgement, notification: Notification): boolean {
  const at = positionAt(notification, head);
  return at === undefined || (at !== 'unknown' && at <= position);
}

/** The acknowledgements of a new subscription: nothing before its start is meant for it (R4). */
export function initialAcknowledgements(start: Position): readonly Acknowledgement[] {
  return [{ position: start, head: start }];
}

/**
 * Adds acknowledgements in the order of their positions; what is behind the last one changes nothing. The first of the result covers
 * everything before it: its position was the feed's head when it was served.
 */
export function withAcknowledgements(
  acknowledgements: readonly Acknowledgement[],
  added: readonly Acknowledgement[],
): readonly Acknowledgement[] {
  return added.reduce(withAcknowledgement, acknowledgements);
}

function withAcknowledgement(acknowledgements: readonly Acknowledgement[], added: Acknowledgement): readonly Acknowledgement[] {
  const last = acknowledgements.at(-1);
  if (last && added.position <= last.position) return acknowledgements;
  if (added.position >= added.head) return initialAcknowledgements(added.position);
  // Of the same head, the later position covers all that the earlier one does.
  const kept = last?.head === added.head ? acknowledgements.slice(0, -1) : acknowledgements;
  const [first, ...rest] = [...kept, added];
  return first ? [first, ...rest.slice(1 - maxAcknowledgements)] : [added];
}

/**
 * The acknowledgements that count for a device which asks to be served again from an earlier position.
 *
 * @param acknowledged what the position that it asked for acknowledges
 */
export function acknowledgementsUpTo(
  { acknowledgements, start }: Pick<Subscription, 'acknowledgements' | 'start'>,
  asked: Position,
  acknowledged: readonly Acknowledgement[],
): readonly Acknowledgement[] {
  const earlier = acknowledgements.filter(({ position }) => position <= asked);
  return withAcknowledgements(earlier.length > 0 ? earlier : initialAcknowledgements(start), acknowledged);
}
