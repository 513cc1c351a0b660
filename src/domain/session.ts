// The device session apart from its socket: where it is served from, what a message does to it, and when it must end (R2, R3, R8).
import { acknowledgementsUpTo, initialAcknowledgements, withAcknowledgements } from './coverage.ts';
import type { Acknowledgement, Position, ServedRecord, Subscription } from './model.ts';
import { acknowledgementsOf } from './served.ts';

/** What the device asked for with `cursor`: nothing, a position, or one that is not known in its feed. */
export type AskedPosition = Position | 'unknown' | undefined;

export interface Opening {
  /** The position it is served from. */
  readonly position: Position;
  readonly resumed: boolean;
  /** What the device has handled, as far as this connection is concerned. */
  readonly acknowledgements: readonly Acknowledgement[];
  /** What the cursor acknowledges (R2); nothing where it is not ahead. */
  readonly acknowledged: readonly Acknowledgement[];
  /** What was served to the device before. */
  readonly served: ServedRecord;
}

export function openSession(subscription: Subscription, asked: AskedPosition, head: Position): Opening {
  const { acknowledgements, served, start } = subscription;
  const opening = { resumed: true, acknowledged: [], served };
  if (asked === 'unknown') return { ...opening, position: head, resumed: false, acknowledgements: initialAcknowledgements(head) };
  const last = acknowledgedPosition(subscription);
  if (asked === undefined || asked === last) return { ...opening, position: last, acknowledgements };
  const position = Math.max(asked, start);
  const acknowledged = acknowledgementsOf(served, position, head);
  if (position < last) return { ...opening, position, acknowledgements: acknowledgementsUpTo(subscription, position, acknowledged) };
  return { ...opening, position, acknowledgements: withAcknowledgements(acknowledgements, acknowledged), acknowledged };
}

/** Up to where the device has acknowledged: where it is served from when it comes back. */
export function acknowledgedPosition({ acknowledgements, start }: Pick<Subscription, 'acknowledgements' | 'start'>): Position {
  return acknowledgements.at(-1)?.position ?? start;
}

/** A message of the device, validated by the document: the position that its cursor names and the feed's head, or none. */
export type Received =
  | { readonly kind: 'ack'; readonly located: Acknowledgement | undefined }
  | { readonly kind: 'invalid'; readonly reason: string };

export type Effect =
  | { readonly kind: 'acknowledge'; readonly located: Acknowledgement }
  | { readonly kind: 'error'; readonly code: 'InvalidMessage' | 'CursorUnknown'; readonly message: string }
  | { readonly kind: 'close'; readonly as: 'tooManyInvalid'; readonly reason: string };

export interface SessionState {
  readonly invalidInARow: number;
}

/** What a message does: the next state and the effects, in order. */
export function receive(
  state: SessionState,
  received: Received,
  limits: { invalidMessagesInARow: number },
): [SessionState, readonly Effect[]] {
  if (received.kind === 'ack' && received.located !== undefined) {
    return [{ invalidInARow: 0 }, [{ kind: 'acknowledge', located: received.located }]];
  }
  const invalidInARow = state.invalidInARow + 1;
  const error: Effect =
    received.kind === 'ack'
      ? { kind: 'error', code: 'CursorUnknown', message: 'The cursor is unknown in this feed.' }
      : { kind: 'error', code: 'InvalidMessage', message: received.reason };
  const effects: readonly Effect[] =
    invalidInARow >= limits.invalidMessagesInARow
      ? [error, { kind: 'close', as: 'tooManyInvalid', reason: 'too many invalid messages in a row' }]
      : [error];
  return [{ invalidInARow }, effects];
}
