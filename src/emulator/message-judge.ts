// Judges every message to a device by the documents, and lets nothing through that they forbid.
import type { Fault } from '../domain/errors.ts';

export function createMessageJudge(
  check: (message: unknown) => readonly Fault[],
  onViolation: (where: string, faults: readonly Fault[]) => void,
) {
  return (message: unknown): void => {
    const faults = check(message);
    if (faults.length === 0) return;
    onViolation('device socket', faults);
    throw new Error(`the document forbids this message: ${faults.map(({ target, message: fault }) => `${target} ${fault}`).join('; ')}`);
  };
}
