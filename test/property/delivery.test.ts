// Delivery holds over random interleavings of posts, connects, disconnects, acks, updates, deletes and clock moves.
import { describe, it } from 'vitest';
import { assertDelivery } from './delivery-model.ts';

describe('delivery over random interleavings', () => {
  it('[R1] [R2] [R4] [R5] [R6] [F24] [F27] [F28] [D5] [D10] [D11] each device sees all that is meant for it, in order, and nothing that is not', async () => {
    await assertDelivery(150);
  });
});
