// Seeded random numbers for scripts: the same seed gives the same numbers on every machine (mulberry32).

export interface Random {
  /** A number from 0 to below 1. */
  next(): number;
  /** A number between `from` and `to`. */
  between(from: number, to: number): number;
  /** True with this probability. */
  chance(share: number): boolean;
  /** A separate stream, so that the draws of one part of a script do not affect the others. */
  stream(name: string): Random;
}

/** FNV-1a over UTF-16 units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

export function createRandom(seed: string): Random {
  let state = hash(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (from, to) => from + next() * (to - from),
    chance: (share) => next() < share,
    stream: (name) => createRandom(`${seed}/${name}`),
  };
}
