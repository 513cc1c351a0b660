// The device socket, wrong in what is delivered, in which order, and what it takes as acknowledged.
import type { Mutant } from '../mutant.ts';

export const delivery: readonly Mutant[] = [
  {
    id: 'ack-forgotten',
    requirement: 'acknowledged',
    rule: 'R2',
    says: 'forgets acknowledgements when the connection ends',
    kind: 'socket',
    steps: 'several',
    create: () => ({
      clientMessage: ({ json }, _connection, wire) => {
        const isKnown = json?.['type'] === 'ack' && wire.ledger.cursors.has(String(json['cursor']));
        return isKnown ? [] : undefined;
      },
    }),
  },
];
