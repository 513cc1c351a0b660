// Judges messages before they are sent, where that was asked for: what the document forbids never leaves.
import type { Violation } from '../domain/errors.ts';

/** The documents forbid a message that was to be sent. */
export class MessageViolation extends Error {
  override readonly name = 'MessageViolation';
}

/** @param onViolation told where it happened, and what is wrong */
export function createMessageValidator(
  check: (message: unknown) => readonly Violation[],
  onViolation: (where: string, violations: readonly Violation[]) => void,
): (message: unknown) => void {
  return (message) => {
    const violations = check(message);
    if (violations.length === 0) return;
    onViolation('device socket', violations);
    throw new MessageViolation(
      `the document forbids this message: ${violations.map(({ target, message: violation }) => `${target} ${violation}`).join('; ')}`,
    );
  };
}
