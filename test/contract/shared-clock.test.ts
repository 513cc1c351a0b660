// Two clients that move the clock of one emulator: the run does not report a failure of the emulator.
import { afterAll, describe, expect, it } from 'vitest';
import { runContract } from '../../src/contract/run.ts';
import { composeEmulator } from '../../src/emulator.ts';

const emulator = composeEmulator({}, {});
afterAll(async () => (await emulator).stop());

async function outcomesWhen(isDisturbed: (move: number) => boolean) {
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

describe('a case whose clock another client moves', () => {
  it('is retried', async () => {
    expect(await outcomesWhen((move) => move === 1)).toEqual([['pass', undefined]]);
  });

  it('is an error with that reason if it happens repeatedly', async () => {
    const reason = "Another client keeps moving the target's clock, so that the case has no verdict.";
    expect(await outcomesWhen(() => true)).toEqual([['error', reason]]);
  });
});
