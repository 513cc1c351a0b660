// Two runs, or a run and a person, that move the clock of one emulator: neither is told that the emulator is wrong.
import { afterAll, describe, expect, it } from 'vitest';
import { runContract } from '../../src/contract/run.ts';
import { composeEmulator } from '../../src/emulator.ts';

const emulator = composeEmulator({}, {});
afterAll(async () => (await emulator).stop());

describe('a case whose clock somebody else moves', () => {
  it('is an error that says so, and the next one is judged', async () => {
    const { url, advance } = await emulator;
    let moves = 0;
    const request: typeof fetch = async (input, init) => {
      const answer = await fetch(input, init);
      if (!String(input).endsWith('/clock/advance')) return answer;
      moves += 1;
      // A day too much while the first case waits for its toast.
      if (moves === 1) await advance(86_400);
      return answer;
    };
    const { outcomes } = await runContract({ url, only: ['expiry-removes', 'fallback-only-high'], fetch: request });
    const told = outcomes.filter(({ case: { origin } }) => origin === 'scenario').map(({ kind, reason }) => [kind, reason]);
    expect(told).toEqual([
      ['error', "Somebody else moved the target's clock meanwhile: it cannot be judged."],
      ['pass', undefined],
      ['pass', undefined],
    ]);
  });
});
