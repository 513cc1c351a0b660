// Scenarios of the ids of posted notifications: a unique GUID each time, which Location names.
import type { Exchange } from '../../../checks/exchange.ts';
import { isGuid } from '../../../values/guid.ts';
import { memberOf } from '../../../values/json.ts';
import type { Case, CaseContext } from '../../case.ts';
import { createFixture, type Fixture } from '../../fixture.ts';
import { postRequest } from '../../kit/calls.ts';

const postCount = 25;

interface Created {
  readonly id: string;
  readonly location: string;
  readonly exchange: Exchange;
}

/** These cases need only the POST, so they run against deployments without the client surface too. */
export const postIdScenarios: readonly Case[] = [
  postScenario('post-id', 'many', 'gives every notification a unique GUID, with which Location ends', async (context) => {
    const fixture = createFixture(context);
    const seen = new Set<string>();
    for (let count = 0; count < postCount; count += 1) {
      // The first two posts are equal, and must make two notifications.
      const created = await post(context, fixture, { payload: { rawContent: `number ${Math.max(1, count)}` } });
      const { id, exchange } = created;
      const requirement = count === 1 ? 'post-new' : 'post-id';
      if (seen.has(id)) context.fail({ requirement, expected: 'an id that no other notification has', got: id, exchange });
      seen.add(id);
      expectLocation(context, created);
    }
  }),
  postScenario(
    'post-location',
    'each',
    'returns a Location that ends with the id of the notification, whatever was posted before',
    async (context) => {
      const fixture = createFixture(context);
      const sameId = { appNotificationId: context.name('own-id') };
      const bodies: readonly object[] = [{}, {}, sameId, {}, sameId, { payload: { visualContent: { title: 'Build finished' } } }];
      for (const body of bodies) expectLocation(context, await post(context, fixture, body));
      const together = await Promise.all(bodies.map((body) => post(context, fixture, body)));
      for (const created of together) expectLocation(context, created);
    },
  ),
];

function postScenario(requirement: string, name: string, title: string, run: Case['run']): Case {
  return { id: `scenario/${requirement}/${name}`, requirement, title, surface: 'graph', needs: [], origin: 'scenario', run };
}

/** @throws Error if it is refused; ContractFailure if the id is no GUID */
async function post(context: CaseContext, fixture: Fixture, more: object): Promise<Created> {
  const body = { targetHostName: fixture.application, payload: { rawContent: 'hello' }, ...more };
  const exchange = await fixture.send(postRequest({ caller: 'app', unsid: await fixture.unsid() }, body));
  const { status, json, headers } = exchange.answer;
  if (status !== 201) throw new Error(`A notification that the scenario needs was refused with ${status}.`);
  const id = memberOf(json, 'id');
  if (typeof id !== 'string' || !isGuid(id))
    return context.fail({ requirement: 'post-id', expected: 'a GUID as id', got: JSON.stringify(id), exchange });
  return { id: id.toLowerCase(), location: headers['location'] ?? 'no Location', exchange };
}

/** Expects the path under activities; the origin may be any (F5). */
function expectLocation(context: CaseContext, { id, location, exchange }: Created): void {
  const end = `/activities/${id}`;
  if (!location.toLowerCase().endsWith(end))
    context.fail({ requirement: 'post-location', expected: `a Location that ends with ${end}`, got: location, exchange });
}
