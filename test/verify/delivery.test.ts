// The property of delivery once more, over many more and longer interleavings than the fast gate has time for.
import { describe, it } from 'vitest';
import { assertDelivery } from '../property/delivery-model.ts';
import { isFull } from './extent.ts';

describe('delivery over many random interleavings', () => {
  it('[R1] [R2] [R4] each device sees all that is meant for it, in order, and nothing that is not', async () => {
    await assertDelivery(isFull ? 10_000 : 3000);
  });
});
