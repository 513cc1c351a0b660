// Publishing, wrong in what is refused: the contract allows it, and this implementation does not take it.
import { refusing } from '../edits.ts';
import type { Mutant } from '../mutant.ts';

export const graphRefuses: readonly Mutant[] = [
  {
    id: 'post-ttl-largest-refused',
    requirement: 'post-ttl-limits',
    says: 'refuses the largest displayTimeToLive, 2147483647',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('postNotification', 400, (_request, body) => Number(body['displayTimeToLive']) === 2_147_483_647),
  },
];
