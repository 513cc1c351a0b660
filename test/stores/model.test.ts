// The memory store against what every store has to do, and the size of its due-list.
import { describe, expect, it } from 'vitest';
import { createMemoryStores } from '../../src/stores/memory.ts';
import { createSequenceIds } from '../support/ids.ts';
import { describeStore } from '../support/store-contract.ts';
import { subscribe } from '../support/store-records.ts';

describeStore('the memory store', async () => {
  const stores = createMemoryStores({ ids: createSequenceIds() });
  return { stores, dropsWhenReading: true, sizes: stores.sizes };
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
