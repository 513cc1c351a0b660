// A few short model-based runs of the device socket; how they work, and the long ones, are in test/verify/model.test.ts.
import { describe, expect, it } from 'vitest';
import { useHosts } from './host.ts';
import { findFault } from './report.ts';

const seeds = [1, 2, 3, 4];
const steps = 60;

describe('the device socket, over short random runs', () => {
  const hostOf = useHosts();
  it.each(seeds)('brings each device what is meant for it until it is acknowledged, and nothing else (seed %i)', async (seed) => {
    expect(await findFault(seed, steps, hostOf)).toBe('');
  });
});
