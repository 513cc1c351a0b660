// The actions of a user on a device, over HTTP (F26): read, activate, dismiss, snooze, delete, list the history.
import type { Client } from '../client/client.ts';
import { serviceErrorOf } from '../client/graph-error.ts';
import type { AnswerTo, ClientNotification, HistoryQuery, NotificationUpdate } from '../client/wire.ts';
import { DeviceError, refusedError } from './device-error.ts';
import { wrongInNotification } from './usable.ts';

/** All throw a {@link DeviceError} `Refused` when the service refuses (404 for an unknown id), and a `ConnectionError` when the connection fails. */
export interface DeviceActions {
  /** Sets readState to Read; the user's other devices receive the change (F27). */
  markRead(id: string): Promise<ClientNotification>;
  /** Sets userActionState to Activated. */
  activate(id: string): Promise<ClientNotification>;
  /** Sets userActionState to Dismissed; the notification stays in the history (F28). */
  dismiss(id: string): Promise<ClientNotification>;
  /** Sets userActionState to Snoozed. */
  snooze(id: string): Promise<ClientNotification>;
  /** Deletes the notification for all of the user's devices. */
  delete(id: string): Promise<void>;
  /** Returns one page of the history, as the service returns it (F28). */
  list(query?: HistoryQuery): Promise<AnswerTo<'listNotifications'>>;
}

export function createDeviceActions(options: {
  client: Client;
  unsid: string;
  changed: (notification: ClientNotification) => void;
  deleted: (id: string) => void;
}): DeviceActions {
  const { client, unsid } = options;
  const update = async (id: string, changes: NotificationUpdate): Promise<ClientNotification> => {
    const answer = await client.updateNotification({ unsid, id }, changes);
    const service = serviceErrorOf(answer);
    if (service) throw refusedError(`Changing ${id}`, service);
    if (answer.status !== 200)
      throw new DeviceError('Unusable', `Changing ${id}: status ${answer.status} is not a response of a notifications service.`);
    const wrong = wrongInNotification(answer.body);
    if (wrong !== undefined)
      throw new DeviceError('Unusable', `Changing ${id}: the response is not a notification: ${wrong} is missing or has the wrong type.`);
    options.changed(answer.body);
    return answer.body;
  };
  return {
    markRead: (id) => update(id, { readState: 'Read' }),
    activate: (id) => update(id, { userActionState: 'Activated' }),
    dismiss: (id) => update(id, { userActionState: 'Dismissed' }),
    snooze: (id) => update(id, { userActionState: 'Snoozed' }),
    async delete(id) {
      const service = serviceErrorOf(await client.deleteNotification(unsid, id));
      if (service) throw refusedError(`Deleting ${id}`, service);
      options.deleted(id);
    },
    list: (query) => client.listNotifications(unsid, query),
  };
}
