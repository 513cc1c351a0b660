// The client surface's notifications: list and sync, read, change states, delete (F24–F28).
import type { Notification, Subscription } from '../../domain/model.ts';
import { clientNotificationJson } from '../../domain/wire.ts';
import type { NotificationPage } from '../../service/history.ts';
import { type Call, type Handlers, userOf } from '../handler.ts';
import type { HandlerParts } from './parts.ts';

export function createNotificationHandlers({ service, clock }: HandlerParts) {
  const { history, subscriptions } = service;
  type DeviceCall = Pick<Call, 'caller' | 'concerns'> & { readonly parameters: { readonly header: { readonly 'X-UNS-ID': string } } };
  /** The calling device: its UNSID identifies user, application and origin (F20, F27). */
  const deviceOf = async (call: DeviceCall): Promise<Subscription> => {
    const subscription = await subscriptions.own(userOf(call), call.parameters.header['X-UNS-ID']);
    call.concerns?.({ subscription });
    return subscription;
  };
  const json = (device: Subscription) => (one: Notification) => clientNotificationJson(one, device.feed.application, clock.now());

  return {
    listNotifications: async (call) => {
      const { since, status, readState, userActionState, $top: top = 100 } = call.parameters.query;
      const device = await deviceOf(call);
      const page = await history.list(device, { since, status, readState, userActionState, top });
      return { status: 200, json: pageJson(page, page.notifications.map(json(device))) };
    },
    getNotification: async (call) => {
      const device = await deviceOf(call);
      return { status: 200, json: json(device)(await history.get(device, call.parameters.path.id)) };
    },
    updateNotification: async (call) => {
      const device = await deviceOf(call);
      return { status: 200, json: json(device)(await history.update(device, call.parameters.path.id, call.body)) };
    },
    deleteNotification: async (call) => {
      await history.remove(await deviceOf(call), call.parameters.path.id);
      return { status: 204 };
    },
  } satisfies Partial<Handlers>;
}

function pageJson({ cursor, more, syncCursor }: NotificationPage, notifications: readonly string[]): string {
  const sync = syncCursor === undefined ? '' : `,"syncCursor":${JSON.stringify(syncCursor)}`;
  return `{"value":[${notifications.join(',')}],"cursor":${JSON.stringify(cursor)},"more":${more}${sync}}`;
}
