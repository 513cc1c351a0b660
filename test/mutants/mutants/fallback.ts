// Toasts that come too often, to the wrong devices, or not at all.
import type { Mutant } from '../mutant.ts';

export const fallback: readonly Mutant[] = [
  {
    id: 'toast-twice',
    requirement: 'fallback-toast',
    rule: 'R9',
    says: 'sends the toast twice',
    kind: 'socket',
    needs: 'clock',
    steps: 'several',
    create: () => ({ serverMessage: (message) => (message['type'] === 'toast' ? [message, message] : undefined) }),
  },
];
