// Publishing, wrong in what is answered.
import { telling } from '../edits.ts';
import { at, jsonOf, put } from '../http-message.ts';
import type { Mutant } from '../mutant.ts';

export const graphAnswers: readonly Mutant[] = [
  {
    id: 'post-raw-echoed-beside-visual',
    requirement: 'post-raw-not-echoed',
    also: ['answer-schema'],
    says: 'echoes rawContent when both contents are sent',
    kind: 'answer',
    steps: 'one',
    create: () =>
      telling('postNotification', (body, request) => {
        const raw = at(jsonOf(request), 'payload/rawContent');
        return raw !== undefined && at(body, 'payload/visualContent') !== undefined ? put(body, 'payload/rawContent', raw) : undefined;
      }),
  },
];
