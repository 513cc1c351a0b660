// The activity surface's items, as the client SDK read and changed them (F46, F47).
import type { Instant } from '../../domain/model.ts';
import { type Handlers, userOf } from '../handler.ts';
import type { HandlerParts } from './parts.ts';

export function createActivityHandlers({ service }: HandlerParts) {
  const { subscriptions, view } = service;
  return {
    listViewActivities: async (call) => {
      const { path, query, header } = call.parameters;
      const device = await subscriptions.own(userOf(call), path.unsid);
      call.concerns?.({ subscription: device });
      const { items, tag } = await view(device, {
        tag: header['If-None-Match'],
        modifiedAfter: instantIn(query.lastmodifiedafter),
        modifiedBefore: instantIn(query.lastmodifiedbefore),
      });
      const metadata = JSON.stringify({ totalCount: items.length, initialETag: tag });
      return { status: 200, json: `{"__metadata":${metadata},"activities":[${items.join(',')}]}` };
    },
  } satisfies Partial<Handlers>;
}

/** The client sends the least and the greatest instant of its date library, which no other can hold: they are no limits (D29). */
function instantIn(text: string | undefined): Instant | undefined {
  const instant = Date.parse(text ?? '');
  return Number.isNaN(instant) ? undefined : instant;
}
