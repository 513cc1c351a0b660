// Scenarios of the ids that posting gives: a GUID of its own each time, and the one that Location names.
import type { Case } from '../case.ts';
import { createFixture } from '../fixture.ts';

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const posts = 25;

/** A case over HTTP alone, which also a deployment that offers nothing but the POST can be asked. */
export const postIdScenarios: readonly Case[] = [
  {
    id: 'scenario/post-id/many',
    requirement: 'post-id',
    title: 'gives every notification a GUID that no other has, the one that Location ends with',
    surface: 'graph',
    needs: [],
    origin: 'scenario',
    async run(context) {
      const fixture = createFixture(context);
      const unsid = await fixture.unsid();
      const seen = new Set<string>();
      for (let count = 0; count < posts; count += 1) {
        // The first two are the same post: it makes two notifications all the same.
        const exchange = await fixture.send({
          operationId: 'postNotification',
          surface: 'graph',
          method: 'POST',
          path: '/beta/me/notifications',
          caller: 'app',
          headers: { 'x-uns-id': unsid },
          json: { targetHostName: fixture.application, payload: { rawContent: `number ${Math.max(1, count)}` } },
        });
        const { status, json, headers } = exchange.answer;
        if (status !== 201) throw new Error(`A notification that the scenario needs was refused with ${status}.`);
        const id: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, 'id') : undefined;
        if (typeof id !== 'string' || !guid.test(id)) return context.fail({ expected: 'a GUID as id', got: JSON.stringify(id), exchange });
        const requirement = count === 1 ? 'post-new' : 'post-id';
        if (seen.has(id.toLowerCase())) context.fail({ requirement, expected: 'an id that no other notification has', got: id, exchange });
        seen.add(id.toLowerCase());
        const location = headers['location'] ?? 'no Location';
        if (!location.endsWith(`/${id}`))
          context.fail({ requirement: 'post-location', expected: `a Location that ends with /${id}`, got: location, exchange });
      }
    },
  },
];
