// Fetches what a signal announced (F24), or the whole history when the position was lost (R3).
import type { Client } from '../client/client.ts';
import { serviceErrorOf } from '../client/graph-error.ts';
import type { ClientNotification } from '../client/wire.ts';
import { refusedError } from './device-error.ts';

export interface Fetched {
  readonly notifications: readonly ClientNotification[];
  /** The position after them. */
  readonly cursor: string;
  /** True when this is the whole history: what is not in it is gone. */
  readonly complete: boolean;
}

const PAGE = 500;

/** The whole history, as shown to a user: active ones; to stay in sync go on from `cursor`. */
export async function fetchHistory(client: Client, unsid: string): Promise<Fetched> {
  const notifications: ClientNotification[] = [];
  let syncCursor: string | undefined;
  let since: string | undefined;
  for (;;) {
    const answer = await client.listNotifications(unsid, { status: 'Active', $top: PAGE, ...(since === undefined ? {} : { since }) });
    if (answer.status !== 200) throw refused('Reading the history', answer);
    notifications.push(...answer.body.value);
    syncCursor ??= answer.body.syncCursor ?? answer.body.cursor;
    if (!answer.body.more) return { notifications, cursor: syncCursor, complete: true };
    since = answer.body.cursor;
  }
}

/** Everything that changed after a cursor; the whole history when the service no longer knows the cursor. */
export async function fetchSince(client: Client, unsid: string, cursor: string): Promise<Fetched> {
  const notifications: ClientNotification[] = [];
  let since = cursor;
  for (;;) {
    const answer = await client.listNotifications(unsid, { since, $top: PAGE });
    if (answer.status === 410) return fetchHistory(client, unsid);
    if (answer.status !== 200) throw refused('Reading what has changed', answer);
    notifications.push(...answer.body.value);
    since = answer.body.cursor;
    if (!answer.body.more) return { notifications, cursor: since, complete: false };
  }
}

function refused(what: string, answer: { readonly status: number; readonly body: unknown }): Error {
  const service = serviceErrorOf(answer);
  return service ? refusedError(what, service) : new Error(`${what}: status ${answer.status} was not expected.`);
}
