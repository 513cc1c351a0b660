// Judges messages before they are sent, where that was asked for: what the document forbids never leaves.
import type { Fault } from '../domain/errors.ts';

/** The documents forbid a message that was to be sent. */
export class MessageViolation extends Error {
  override readonly name = 'MessageViolation';
}

/** @param onViolation told where it happened, and what is wrong */
export function createMessageJudge(
  check: (message: unknown) => readonly Fault[],
  onViolation: (where: string, faults: readonly Fault[]) => void,
): (message: unknown) => void {
  return (message) => {
    const faults = check(message);
    if (faults.length === 0) return;
    onViolation('device socket', faults);
    throw new MessageViolation(
      `the document forbids this message: ${faults.map(({ target, message: fault }) => `${target} ${fault}`).join('; ')}`,
    );
  };
}
