// The suite notices where a legal variation of deliveries departs from a SHOULD, reports it, and fails nothing for it.
import { describe, expect, it } from 'vitest';
import { resumeVariations } from '../faulty-targets/variations/resume-variations.ts';
import { judge } from '../verify/faulty-targets/prove.ts';

describe('an implementation that', () => {
  it.each(resumeVariations.map((one) => [one.says, one] as const))('%s is reported for that alone', async (_says, variation) => {
    const { broken, outcomes } = await judge(variation, { only: variation.departs ?? [] });
    expect(broken).toEqual(variation.departs);
    expect(outcomes.filter(({ kind }) => kind === 'fail' || kind === 'error').map(({ case: { id } }) => id)).toEqual([]);
  });
});
