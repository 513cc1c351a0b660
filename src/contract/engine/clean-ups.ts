// Takes away what a case made, however it ended: the last first, and what others need after them.
import type { CaseContext } from '../case.ts';

export interface CleanUps {
  readonly add: CaseContext['cleanUp'];
  /** Runs them all, one by one; gives one up when `cleanUpTimeout` is settled. What fails is left. */
  run(cleanUpTimeout: Promise<unknown>): Promise<void>;
}

export function createCleanUps(): CleanUps {
  const last: (() => Promise<unknown>)[] = [];
  const others: (() => Promise<unknown>)[] = [];
  return {
    add: (action, when) => void (when === 'last' ? last : others).push(action),
    async run(cleanUpTimeout) {
      for (const action of [...others.reverse(), ...last.reverse()]) await Promise.race([action().catch(() => undefined), cleanUpTimeout]);
    },
  };
}
