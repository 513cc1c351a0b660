// Runs the clean-up actions of a case in reverse order, and those registered as `last` at the end.
import type { CaseContext } from '../case.ts';

export interface CleanUps {
  readonly add: CaseContext['cleanUp'];
  /** Runs all actions in sequence; `wait` waits for one, and may stop to. Errors are ignored. */
  run(wait: (acting: Promise<unknown>) => Promise<unknown>): Promise<void>;
}

export function createCleanUps(): CleanUps {
  const last: (() => Promise<unknown>)[] = [];
  const others: (() => Promise<unknown>)[] = [];
  return {
    add: (action, when) => void (when === 'last' ? last : others).push(action),
    async run(wait) {
      for (const action of [...others.reverse(), ...last.reverse()]) await wait(action().catch(() => undefined));
    },
  };
}
