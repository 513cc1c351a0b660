// Validates outgoing messages, if enabled, so that none is sent that the document forbids.
import type { Violation } from '../domain/errors.ts';

/** An outgoing message violates the documents. */
export class MessageViolation extends Error {
  override readonly name = 'MessageViolation';
}

/** @param onViolation called with the surface and the violations */
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
