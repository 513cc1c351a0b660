// Fetches what a signal announced (F24), or the whole history when the position was lost (R3).
import type { Client } from '../client/client.ts';
import { serviceErrorOf } from '../client/graph-error.ts';
import type { ClientNotification, HistoryQuery, NotificationPage } from '../client/wire.ts';
import { DeviceError, refusedError } from './device-error.ts';
import { wrongInPage } from './usable.ts';

export interface Fetched {
  readonly notifications: readonly ClientNotification[];
  /** The position after them. */
  readonly cursor: string;
  /** True when this is the whole history: what is not in it is gone. */
  readonly complete: boolean;
}

const pageSize = 500;
/** A list with more pages is taken for one that does not end, */
const maxPages = 2000;
/** and so is one with as many empty pages in a row. */
const maxEmptyPages = 20;

/** Whose notifications, and over what. */
interface Reader {
  readonly client: Client;
  readonly unsid: string;
  /** For error messages. */
  readonly what: string;
}

interface PagesRead {
  readonly notifications: readonly ClientNotification[];
  readonly first: NotificationPage;
  /** After the last page. */
  readonly cursor: string;
}

/**
 * All pages; undefined when the service no longer knows the cursor.
 * @throws DeviceError `Refused`; `Unusable` for what is no page, and for a list that does not end
 */
async function readPages({ client, unsid, what }: Reader, query: HistoryQuery): Promise<PagesRead | undefined> {
  const notifications: ClientNotification[] = [];
  const cursors = new Set<string>();
  let first: NotificationPage | undefined;
  let since = query.since;
  let emptyPages = 0;
  for (;;) {
    const answer = await client.listNotifications(unsid, { ...query, $top: pageSize, ...(since === undefined ? {} : { since }) });
    if (answer.status === 410) return undefined;
    const service = serviceErrorOf(answer);
    if (service) throw refusedError(what, service);
    if (answer.status !== 200) throw unusable(`${what}: status ${answer.status} is not an answer of a notifications service.`);
    const wrong = wrongInPage(answer.body);
    if (wrong !== undefined) throw unusable(`${what}: the answer is not a list of notifications: ${wrong} is missing or of another type.`);
    const { value, more, cursor } = answer.body;
    first ??= answer.body;
    notifications.push(...value);
    if (!more) return { notifications, first, cursor };
    emptyPages = value.length === 0 ? emptyPages + 1 : 0;
    if (cursors.has(cursor) || cursor === since || emptyPages >= maxEmptyPages || cursors.size >= maxPages) {
      throw unusable(`${what}: the list does not end: on page ${cursors.size + 1} the service still says that there is more.`);
    }
    cursors.add(cursor);
    since = cursor;
  }
}

/** The whole history, as shown to a user: active ones; to stay in sync go on from `cursor`. */
export async function fetchHistory(client: Client, unsid: string): Promise<Fetched> {
  const what = 'Reading the history';
  const read = await readPages({ client, unsid, what }, { status: 'Active' });
  if (!read) throw new DeviceError('Refused', `${what} was refused: 410 for the cursor that the service gave with the page before.`);
  const { notifications, first } = read;
  return { notifications, cursor: first.syncCursor ?? first.cursor, complete: true };
}

/** Everything that changed after a cursor; the whole history when the service no longer knows the cursor. */
export async function fetchSince(client: Client, unsid: string, cursor: string): Promise<Fetched> {
  const read = await readPages({ client, unsid, what: 'Reading what has changed' }, { since: cursor });
  return read ? { notifications: read.notifications, cursor: read.cursor, complete: false } : fetchHistory(client, unsid);
}

function unusable(message: string): DeviceError {
  return new DeviceError('Unusable', message);
}
