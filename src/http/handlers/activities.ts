// The activity surface's items, as the client SDK read and changed them (F58, F59, F61).
import { userActionStates } from '../../domain/activity-item.ts';
import type { Instant } from '../../domain/model.ts';
import type { StateChange } from '../../domain/notification.ts';
import { type Handlers, userOf } from '../handler.ts';
import type { HandlerParts } from './parts.ts';

export function createActivityHandlers({ service }: HandlerParts) {
  const { subscriptions, view, activities } = service;
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
    updateActivity: async (call) => {
      const { id } = await activities.update(userOf(call), call.parameters.path.id, changeIn(call.body));
      call.concerns?.({ notificationId: id });
      return { status: 204 };
    },
    deleteActivity: async (call) => {
      const { id } = await activities.remove(userOf(call), call.parameters.path.id);
      call.concerns?.({ notificationId: id });
      return { status: 204 };
    },
  } satisfies Partial<Handlers>;
}

function changeIn({ read, userActionState: number }: { readonly read?: boolean; readonly userActionState?: number }): StateChange {
  const userActionState = number === undefined ? undefined : userActionStates[number];
  return {
    ...(read === undefined ? {} : { readState: read ? 'Read' : 'Unread' }),
    ...(userActionState === undefined ? {} : { userActionState }),
  };
}

/** RFC 3339. Date.parse alone takes nearly every text for a date, and what has no offset for local time. */
const instantText = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i;

/** The client sends the least and the greatest instant of its date library, which no other can hold: they are no limits (D38). */
function instantIn(text = ''): Instant | undefined {
  const instant = instantText.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? undefined : instant;
}
