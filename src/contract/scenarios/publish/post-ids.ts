// Scenarios of the ids that posting gives: a GUID of its own each time, and the one that Location names.
import type { Exchange } from '../../../checks/exchange.ts';
import type { Case, CaseContext } from '../../case.ts';
import { createFixture, type Fixture } from '../../fixture.ts';

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const postCount = 25;

interface Created {
  readonly id: string;
  readonly location: string;
  readonly exchange: Exchange;
}

/** Cases over HTTP alone, which also a deployment that offers nothing but the POST can be asked. */
export const postIdScenarios: readonly Case[] = [
  postScenario('post-id', 'many', 'gives every notification a GUID that no other has, the one that Location ends with', async (context) => {
    const fixture = createFixture(context);
    const seen = new Set<string>();
    for (let count = 0; count < postCount; count += 1) {
      // The first two are the same post: it makes two notifications all the same.
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
    'has Location end with the id of this very notification, whatever was posted before',
    async (context) => {
      const fixture = createFixture(context);
      const again = { appNotificationId: context.name('own-id') };
      const bodies: readonly object[] = [{}, {}, again, {}, again, { payload: { visualContent: { title: 'Build finished' } } }];
      for (const body of bodies) expectLocation(context, await post(context, fixture, body));
      const together = await Promise.all(bodies.map((body) => post(context, fixture, body)));
      for (const created of together) expectLocation(context, created);
    },
  ),
];

function postScenario(requirement: string, name: string, title: string, run: Case['run']): Case {
  return { id: `scenario/${requirement}/${name}`, requirement, title, surface: 'graph', needs: [], origin: 'scenario', run };
}

/** @throws Error when it is refused, ContractFailure for an id that is no GUID */
async function post(context: CaseContext, fixture: Fixture, more: object): Promise<Created> {
  const exchange = await fixture.send({
    surface: 'graph',
    method: 'POST',
    path: '/beta/me/notifications',
    caller: 'app',
    headers: { 'x-uns-id': await fixture.unsid() },
    json: { targetHostName: fixture.application, payload: { rawContent: 'hello' }, ...more },
  });
  const { status, json, headers } = exchange.answer;
  if (status !== 201) throw new Error(`A notification that the scenario needs was refused with ${status}.`);
  const id: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, 'id') : undefined;
  if (typeof id !== 'string' || !guid.test(id))
    return context.fail({ requirement: 'post-id', expected: 'a GUID as id', got: JSON.stringify(id), exchange });
  return { id: id.toLowerCase(), location: headers['location'] ?? 'no Location', exchange };
}

/** Under activities, at whatever origin the target says it has (F5). */
function expectLocation(context: CaseContext, { id, location, exchange }: Created): void {
  const end = `/activities/${id}`;
  if (!location.toLowerCase().endsWith(end))
    context.fail({ requirement: 'post-location', expected: `a Location that ends with ${end}`, got: location, exchange });
}
