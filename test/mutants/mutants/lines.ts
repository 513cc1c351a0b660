// The device socket, wrong in how connections open, are replaced, are kept alive and end.
import type { Mutant } from '../mutant.ts';

export const lines: readonly Mutant[] = [
  {
    id: 'late-close-evicts',
    requirement: 'replaced-keeps-second',
    rule: 'R5',
    says: 'stops serving the second connection when the first, which it replaced, has closed',
    kind: 'socket',
    steps: 'several',
    create: () => {
      const evicted = new Map<string, number>();
      return {
        closing: (code, { unsid, number }) => {
          if (code === 4409) evicted.set(unsid, number + 1);
          return undefined;
        },
        serverMessage: (message, { unsid, number }) => {
          return message['type'] === 'notification' && evicted.get(unsid) === number ? [] : undefined;
        },
      };
    },
  },
];
