// How much a gate runs: `npm run verify` an even sample of what is exhaustive, `npm run verify:full` all of it.

export const isFull = process.env['UNSID_VERIFY'] === 'full';

/** Every n-th from the first, always the same ones; all in verify:full. */
export function sample<Item>(all: readonly Item[], every: number): readonly Item[] {
  return isFull ? all : all.filter((_, index) => index % every === 0);
}
