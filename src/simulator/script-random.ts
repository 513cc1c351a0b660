// The random numbers of a script: streams of the script's seed, and what is drawn from them.
import { createRandom } from '../values/random.ts';

export interface ScriptRandom {
  /** A number from 0 to below 1. */
  next(): number;
  /** A number between `from` and `to`. */
  between(from: number, to: number): number;
  /** True with this probability. */
  chance(share: number): boolean;
  /** A separate stream, so that the draws of one part of a script do not affect the others. */
  stream(name: string): ScriptRandom;
}

export function createScriptRandom(seed: string): ScriptRandom {
  const next = createRandom(0, seed);
  return {
    next,
    between: (from, to) => from + next() * (to - from),
    chance: (share) => next() < share,
    stream: (name) => createScriptRandom(`${seed}/${name}`),
  };
}
