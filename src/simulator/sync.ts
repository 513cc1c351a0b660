// Fetches the changes that a signal announced (F24), or the whole history when the cursor is no longer known (R3).
import type { Client } from '../client/client.ts';
import { serviceErrorOf } from '../client/graph-error.ts';
import type { ClientNotification, HistoryQuery, NotificationPage } from '../client/wire.ts';
import { DeviceError, refusedError } from './device-error.ts';
import { defaultMemoryLimit, memoryOf } from './memory.ts';
import { wrongInPage } from './usable.ts';

export interface Fetched {
  readonly notifications: readonly ClientNotification[];
  /** The cursor after these notifications. */
  readonly cursor: string;
  /** True if this is the whole history: other notifications no longer exist. */
  readonly complete: boolean;
}

const pageSize = 500;
/** A list with more pages is considered endless, */
const maxPages = 2000;
/** and so is one with this number of consecutive empty pages. */
const maxEmptyPages = 20;

/** Whose notifications to read, and with which client. */
interface Reader {
  readonly client: Client;
  readonly unsid: string;
  /** Name of the action for error messages. */
  readonly what: string;
  /** A list is stored until its last page: this is the maximum memory in bytes for all pages, far above that of a user's notifications. */
  readonly maxBytes: number;
}

interface PagesRead {
  readonly notifications: readonly ClientNotification[];
  readonly first: NotificationPage;
  /** The cursor after the last page. */
  readonly cursor: string;
}

/**
 * Reads all pages; returns undefined if the service no longer knows the cursor.
 * @throws DeviceError `Refused`; `Unusable` for an invalid page and for an endless list
 */
async function readPages({ client, unsid, what, maxBytes }: Reader, query: HistoryQuery): Promise<PagesRead | undefined> {
  const notifications: ClientNotification[] = [];
  const cursors = new Set<string>();
  let first: NotificationPage | undefined;
  let since = query.since;
  let emptyPages = 0;
  let bytes = 0;
  for (;;) {
    const answer = await client.listNotifications(unsid, { ...query, $top: pageSize, ...(since === undefined ? {} : { since }) });
    if (answer.status === 410) return undefined;
    const service = serviceErrorOf(answer);
    if (service) throw refusedError(what, service);
    if (answer.status !== 200) throw unusable(`${what}: status ${answer.status} is not a response of a notifications service.`);
    const wrong = wrongInPage(answer.body);
    if (wrong !== undefined)
      throw unusable(`${what}: the response is not a list of notifications: ${wrong} is missing or has the wrong type.`);
    const { value, more, cursor } = answer.body;
    bytes += memoryOf(answer.body);
    if (bytes > maxBytes)
      throw unusable(`${what}: the list takes more than ${maxBytes} bytes of memory, the maximum that a device stores.`);
    first ??= answer.body;
    notifications.push(...value);
    if (!more) return { notifications, first, cursor };
    emptyPages = value.length === 0 ? emptyPages + 1 : 0;
    if (cursors.has(cursor) || cursor === since || emptyPages >= maxEmptyPages || cursors.size >= maxPages) {
      throw unusable(`${what}: the list does not end: on page ${cursors.size + 1} the service still announces more.`);
    }
    cursors.add(cursor);
    since = cursor;
  }
}

/** Fetches the whole history of active notifications, as shown to a user; later changes follow after `cursor`. */
export async function fetchHistory(client: Client, unsid: string, maxBytes: number = defaultMemoryLimit): Promise<Fetched> {
  const what = 'Reading the history';
  const read = await readPages({ client, unsid, what, maxBytes }, { status: 'Active' });
  if (!read) throw new DeviceError('Refused', `${what} was refused: the service answered 410 for the cursor of its own previous page.`);
  const { notifications, first } = read;
  return { notifications, cursor: first.syncCursor ?? first.cursor, complete: true };
}

export interface Since {
  readonly cursor: string;
  readonly maxBytes?: number;
}

/** Fetches everything that changed after a cursor, or the whole history if the service no longer knows the cursor. */
export async function fetchSince(client: Client, unsid: string, { cursor, maxBytes = defaultMemoryLimit }: Since): Promise<Fetched> {
  const read = await readPages({ client, unsid, what: 'Reading what has changed', maxBytes }, { since: cursor });
  return read ? { notifications: read.notifications, cursor: read.cursor, complete: false } : fetchHistory(client, unsid, maxBytes);
}

function unusable(message: string): DeviceError {
  return new DeviceError('Unusable', message);
}
