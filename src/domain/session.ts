// The device session apart from its socket: where it is served from, what a message does to it, and when it must end (R2, R3, R8).
import type { Position, Subscription } from './model.ts';

/** What the device asked for with `cursor`: nothing, a position, or one that nobody knows. */
export type AskedPosition = Position | 'unknown' | undefined;

export interface Opening {
  /** The position it is served from. */
  readonly position: Position;
  readonly resumed: boolean;
  /** The cursor counts as an acknowledgement (R2). */
  readonly acknowledge: Position | undefined;
}

export function openSession(subscription: Subscription, asked: AskedPosition, head: Position): Opening {
  if (asked === 'unknown') return { position: head, resumed: false, acknowledge: undefined };
  if (asked === undefined) return { position: subscription.acknowledged, resumed: true, acknowledge: undefined };
  return {
    position: Math.max(asked, subscription.start),
    resumed: true,
    acknowledge: asked > subscription.acknowledged ? asked : undefined,
  };
}

/** A message of the device, judged by the document. */
export type Received =
  | { readonly kind: 'ack'; readonly position: Position | undefined }
  | { readonly kind: 'invalid'; readonly reason: string };

export type Effect =
  | { readonly kind: 'acknowledge'; readonly position: Position }
  | { readonly kind: 'error'; readonly code: 'InvalidMessage' | 'CursorUnknown'; readonly message: string }
  | { readonly kind: 'close'; readonly as: 'tooManyInvalid' };

export interface SessionState {
  readonly invalidInARow: number;
}

/** What a message does: the next state and the effects, in order. */
export function receive(
  state: SessionState,
  received: Received,
  limits: { invalidMessagesInARow: number },
): [SessionState, readonly Effect[]] {
  if (received.kind === 'ack' && received.position !== undefined) {
    return [{ invalidInARow: 0 }, [{ kind: 'acknowledge', position: received.position }]];
  }
  const invalidInARow = state.invalidInARow + 1;
  const error: Effect =
    received.kind === 'ack'
      ? { kind: 'error', code: 'CursorUnknown', message: 'The cursor is unknown in this feed.' }
      : { kind: 'error', code: 'InvalidMessage', message: received.reason };
  const effects: readonly Effect[] =
    invalidInARow >= limits.invalidMessagesInARow ? [error, { kind: 'close', as: 'tooManyInvalid' }] : [error];
  return [{ invalidInARow }, effects];
}
