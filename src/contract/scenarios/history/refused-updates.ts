// Scenarios of refused updates, which must change nothing, and of unknown members of updates, which must have no effect.
import type { Case } from '../../case.ts';
import { expectExists, expectMembers, expectStatus, list, listAll, publish, subscribe, update } from '../../kit/client-calls.ts';
import { everything, expectListed, startOf } from '../../kit/list-assertions.ts';
import { clientScenario } from '../../kit/scenario.ts';

interface Refused {
  readonly body: object;
  /** A wrong type may be refused with 401 too (F18, D7). */
  readonly isWrongType?: true;
}

const refused: readonly Refused[] = [
  { body: {} },
  { body: { note: 'Read' } },
  { body: { note: null, more: { readState: 'Read' } } },
  { body: { readState: null }, isWrongType: true },
  { body: { userActionState: null }, isWrongType: true },
  { body: { readState: null, userActionState: null }, isWrongType: true },
  { body: { readState: 'Read', userActionState: 'Glanced' } },
  { body: { readState: 'Glanced', userActionState: 'Dismissed' } },
  { body: { readState: null, note: 'Read' }, isWrongType: true },
];

export const refusedUpdateScenarios: readonly Case[] = [
  clientScenario({
    requirement: 'update-request',
    name: 'refused-whole',
    title: 'refuses updates without a state and with an invalid state, and changes nothing',
    async run(context) {
      const device = await subscribe(context);
      const posted = await publish(context, device);
      const since = startOf(await list(context, device));
      const untouched = { readState: 'Unread', userActionState: 'NoInteraction', lastModifiedDateTime: null };
      for (const { body, isWrongType } of refused) {
        const description = `an update with ${JSON.stringify(body)}`;
        expectStatus(context, await update(context, { ...device, id: posted.id }, body), isWrongType ? [400, 401] : 400, description);
        expectMembers(context, await expectExists(context, device, posted.id), untouched);
      }
      const pages = await listAll(context, device, { since, ...everything });
      expectListed(context, { pages, own: [posted], expected: [], description: 'what changed, when all updates were refused' });
    },
  }),
  clientScenario({
    requirement: 'update-request',
    name: 'unknown-beside',
    title: 'ignores unknown members of an update, which change neither state nor content',
    async run(context) {
      const device = await subscribe(context);
      const { id, rawContent } = await publish(context, device, { groupName: 'group', priority: 'Low' });
      for (const change of [{ readState: 'Read' }, { userActionState: 'Snoozed' }] as const) {
        const body = { note: 'text', more: { userActionState: 'Dismissed' }, nothing: null, ...change };
        const expected = { id, ...change, 'payload.rawContent': rawContent, groupName: 'group', priority: 'Low', status: 'Active' };
        expectMembers(
          context,
          expectStatus(context, await update(context, { ...device, id }, body), 200, `an update with ${JSON.stringify(body)}`),
          expected,
        );
        expectMembers(context, await expectExists(context, device, id), expected);
      }
      expectMembers(context, await expectExists(context, device, id), { readState: 'Read', userActionState: 'Snoozed' });
    },
  }),
];
