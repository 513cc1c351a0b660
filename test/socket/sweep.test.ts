// The time by which heartbeats, stalls and closes of peers are measured.
import { expect, it } from 'vitest';
import { createPeerTime } from '../../src/socket/sweep.ts';

it('[R6] [R7] does not charge peers for the time in which the process was too busy to sweep', () => {
  let now = 1_000;
  const time = createPeerTime({ now: () => now }, 100);
  const start = time.now();
  const passed = () => time.now() - start;
  for (let sweep = 1; sweep <= 5; sweep += 1) {
    now += 110;
    time.swept();
  }
  expect(passed(), 'a little late').toBe(550);
  now += 30_000;
  expect(passed(), 'blocked').toBe(750);
  time.swept();
  expect(passed()).toBe(750);
  now += 50;
  expect(passed(), 'on time again').toBe(800);
});
