// The suite reports the SHOULD that a legal variation of deliveries departs from, and fails no case for it.
import { describe, expect, it } from 'vitest';
import { resumeVariations } from '../faulty-targets/variations/resume-variations.ts';
import { prove } from '../verify/faulty-targets/prove.ts';

describe('an implementation that', () => {
  it.each(resumeVariations.map((variation) => [variation.description, variation] as const))(
    '%s is reported for that SHOULD alone',
    async (_description, variation) => {
      const { broken, outcomes } = await prove(variation, { only: variation.departs ?? [] });
      expect(broken).toEqual(variation.departs);
      expect(outcomes.filter(({ kind }) => kind === 'fail' || kind === 'error').map(({ case: { id } }) => id)).toEqual([]);
    },
  );
});
