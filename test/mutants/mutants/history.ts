// Reading the history, with faults.
import { answering, listing, telling } from '../edits.ts';
import { drop, jsonOf, listAt, parametersOf, textAt, withJson, withParameters } from '../http-message.ts';
import type { Mutant } from '../mutant.ts';

export const history: readonly Mutant[] = [
  {
    id: 'second-page-loses-first',
    requirement: 'history-pages',
    says: 'loses the first notification of the second and each later page',
    kind: 'answer',
    steps: 'several',
    create: () => {
      const boundaries = new Set<string>();
      return telling('listNotifications', (body, request) => {
        if (body['more'] === true) boundaries.add(textAt(body, 'cursor'));
        const isLater = boundaries.has(parametersOf(request).get('since') ?? '');
        return isLater ? { ...body, value: listAt(body, 'value').slice(1) } : undefined;
      });
    },
  },
  {
    id: 'foreign-cursor-accepted',
    requirement: 'history-unknown-cursor',
    says: 'takes a cursor of another feed and answers the whole history',
    kind: 'accepts',
    steps: 'several',
    create: () =>
      answering('listNotifications', async (answer, request, wire) => {
        if (answer.status !== 410 || !wire.ledger.cursors.has(parametersOf(request).get('since') ?? '')) return undefined;
        const whole = withParameters(request, (parameters) => {
          parameters.delete('since');
          if (!parameters.has('status')) parameters.set('status', 'Any');
        });
        const accepted = await wire.forward(whole);
        return withJson(accepted, drop(jsonOf(accepted) ?? {}, 'syncCursor'));
      }),
  },
  {
    id: 'dismissed-vanishes',
    requirement: 'dismissed-stays',
    says: 'leaves dismissed notifications out of the history',
    kind: 'answer',
    steps: 'several',
    create: () =>
      listing((value, request) => {
        const parameters = parametersOf(request);
        const isHidden = !parameters.has('since') && !parameters.has('userActionState');
        return isHidden ? value.filter((one) => one['userActionState'] !== 'Dismissed') : value;
      }),
  },
];
