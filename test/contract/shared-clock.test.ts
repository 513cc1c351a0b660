// Two runs, or a run and a person, that move the clock of one emulator: neither is told that the emulator is wrong.
import { afterAll, describe, expect, it } from 'vitest';
import { runContract } from '../../src/contract/run.ts';
import { composeEmulator } from '../../src/emulator.ts';

const emulator = composeEmulator({}, {});
afterAll(async () => (await emulator).stop());

async function judged(isDisturbed: (move: number) => boolean) {
  const { url, advance } = await emulator;
  let moves = 0;
  const request: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    if (!String(input).endsWith('/clock/advance')) return answer;
    moves += 1;
    if (isDisturbed(moves)) await advance(86_400);
    return answer;
  };
  const { outcomes } = await runContract({ url, only: ['scenario/fallback-only-high/*'], fetch: request });
  return outcomes.filter(({ case: { origin } }) => origin === 'scenario').map(({ kind, reason }) => [kind, reason]);
}

describe('a case whose clock somebody else moves', () => {
  it('is tried again', async () => {
    expect(await judged((move) => move === 1)).toEqual([['pass', undefined]]);
  });

  it('is an error that says so when it happens again and again', async () => {
    const reason = "Another client keeps moving the target's clock, so that the case has no verdict.";
    expect(await judged(() => true)).toEqual([['error', reason]]);
  });
});
