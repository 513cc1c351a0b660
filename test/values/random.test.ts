// Pins the seeded random numbers, so that a recorded seed plays the same script and the same cases after every change.
import { expect, it } from 'vitest';
import { createScriptRandom } from '../../src/simulator/script-random.ts';
import { createRandom } from '../../src/values/random.ts';

it('draws for a seed of a script the numbers that it always drew', () => {
  const { next } = createScriptRandom('seed/😀');
  expect([next(), next()]).toEqual([0.8154764634091407, 0.47237757104448974]);
});

it('draws for a seed and a case id the numbers that it always drew', () => {
  const next = createRandom(7, 'post-body');
  expect([next(), next()]).toEqual([0.8563986110966653, 0.9520665763411671]);
});
