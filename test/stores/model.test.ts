// The memory store against a naive model, over random interleavings of everything that can happen to it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryStores } from '../../src/stores/memory.ts';
import { createSequenceIds } from '../support/ids.ts';
import { subscribe } from '../support/store-records.ts';
import { storeStep } from '../support/store-steps.ts';
import { createStoreTrial } from '../support/store-trial.ts';

describe('the memory store', () => {
  it('[R1][F9][F28] agrees with a naive model over random interleavings', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(storeStep, { maxLength: 150, size: 'max' }), async (steps) => {
        const trial = createStoreTrial();
        for (const one of steps) {
          await trial.run(one);
          await trial.compare();
        }
        await trial.finish();
      }),
      { numRuns: 120 },
    );
  });
});

describe('the due-list of the memory store', () => {
  it('[D12] queues a subscription once, however often it is renewed for a longer or shorter time', async () => {
    const stores = createMemoryStores({ ids: createSequenceIds() });
    for (let turn = 0; turn < 500; turn += 1) {
      await subscribe(stores, 0, 'u1', 'phone', { expiresAt: turn % 2 === 0 ? 1_000_000 - turn * 1_000 : 2_000_000 + turn });
    }
    expect(await stores.due.next()).toBe(2_000_499);
    expect(await stores.due.take(9_000_000, 9)).toHaveLength(1);
  });
});
