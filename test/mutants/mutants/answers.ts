// Wrong in any answer: headers, request-ids and the shape of errors.
import { failing, withRequestId } from '../edits.ts';
import { headerOf, withBody, withHeader, withJson } from '../http-message.ts';
import type { Mutant } from '../mutant.ts';

export const answers: readonly Mutant[] = [
  {
    id: 'request-id-repeated',
    requirement: 'request-id',
    says: 'gives every tenth answer the request-id of the one before',
    kind: 'answer',
    steps: 'several',
    create: () => {
      let count = 0;
      let last = '';
      return {
        answer: (answer) => {
          count += 1;
          const before = last;
          last = headerOf(answer, 'request-id') ?? last;
          return count % 10 === 0 && before !== '' ? withRequestId(answer, before) : undefined;
        },
      };
    },
  },
  {
    id: 'client-request-id-lost-on-errors',
    requirement: 'client-request-id',
    says: "does not echo the client's client-request-id when it answers an error",
    kind: 'answer',
    steps: 'one',
    create: () =>
      failing((answer) => {
        const own = headerOf(answer, 'request-id') ?? '';
        const echoed = headerOf(answer, 'client-request-id') ?? '';
        if (own === echoed) return undefined;
        const headed = withHeader(answer, 'client-request-id', own);
        return answer.body.length === 0 ? headed : withBody(headed, Buffer.from(answer.body.toString('utf8').replaceAll(echoed, own)));
      }),
  },
  {
    id: 'error-404-bare',
    requirement: 'error-body',
    also: ['answer-schema'],
    says: 'tells a 404 in a body of its own shape',
    kind: 'answer',
    steps: 'one',
    create: () => failing((answer) => (answer.status === 404 ? withJson(answer, { message: 'There is no such resource.' }) : undefined)),
  },
];
