// A client of the activity surface: sends what the retired client SDK sent, and takes of the answers what that took.
import { randomUUID } from 'node:crypto';
import { type Item, itemOf, listOf, objectOf } from './item.ts';
import { type Push, pushOf } from './push.ts';
import { createStored } from './stored.ts';
import { isGuid, unsidIn } from './subscription-answer.ts';

export type ResultStatus = 'SUCCEEDED' | 'FAILED_DUE_TO_SERVER_ERROR' | 'FAILED_DUE_TO_INVALID_SUBSCRIPTION';

export interface ActivityClientOptions {
  readonly root: string;
  token: string;
  readonly platformType?: string;
  readonly appPackageName: string;
}

export interface PushResult {
  readonly isOurs: boolean;
  readonly status: ResultStatus;
  readonly notifications: readonly Item[] | null;
  /** Whether the view was fetched for it. */
  readonly hasFetched: boolean;
}

export type ActivityClient = ReturnType<typeof createActivityClient>;

const query =
  'pageSize=10&token=1&types=6&format=' +
  '&lastmodifiedafter=-999999999-01-01T00%3A00%3A00%2B18%3A00' +
  '&lastmodifiedbefore=%2B999999999-12-31T23%3A59%3A59.999999999-18%3A00';
/** The original goes on without end; here it fails. */
const maxPages = 5;

export function createActivityClient(options: ActivityClientOptions) {
  const stored = createStored();
  /** The status and body of the last answer. */
  let last: { readonly status: number; readonly text: string } = { status: 0, text: '' };

  async function call(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<typeof last> {
    const response = await fetch(`${options.root}${path}`, {
      method,
      headers: {
        Accept: 'application/json',
        'Content-Type': body === undefined ? 'application/json' : 'application/json; charset=utf-8',
        'User-Agent': 'OpenAPI-Generator/1.0.0/java',
        'X-AFS-ClientInfo': 'os=android; osVer=9; lcid=en-US; deviceModel=Contoso/One; deviceType=android; sdkType=lite',
        'X-AFS-CV': 'cv',
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    last = { status: response.status, text: await response.text() };
    return last;
  }

  const bearer = () => ({ Authorization: `Bearer ${options.token}`, 'X-Device-Ticket': '' });
  const isSuccess = () => last.status >= 200 && last.status < 300;

  function subscription(): string {
    const unsid = stored.read('UNSID');
    if (unsid === undefined) throw new Error('Requires valid subscription');
    return unsid;
  }

  async function subscribe(appDisplayName: string | null = null): Promise<ResultStatus> {
    const deviceId = stored.read('DEVICEID') ?? `dds:${randomUUID()}`;
    const { platformType = 'gcm', appPackageName, token } = options;
    const channel = { platformType, appPackageName, pushToken: 'fcm:token', ...(appDisplayName === null ? {} : { appDisplayName }) };
    const body = { crossPlatformChannelData: channel, deviceId, publisherFilters: [{ application: '*', activityTypes: [13] }] };
    const { text } = await call('POST', '/V1/feeds/me/subscriptions', { Authorization: `bearer ${token}`, 'If-Match': '' }, body);
    try {
      if (!isSuccess()) return 'FAILED_DUE_TO_SERVER_ERROR';
      stored.write('UNSID', unsidIn(JSON.parse(text)));
      stored.write('DEVICEID', deviceId);
      return 'SUCCEEDED';
    } catch {
      return 'FAILED_DUE_TO_SERVER_ERROR';
    }
  }

  /** @throws WrongType, SyntaxError when the body cannot be taken as it is; undefined for a status of failure */
  async function fetchView(headers: Record<string, string> = {}): Promise<readonly Item[] | undefined> {
    const path = `/V2/feeds/me/views/${encodeURIComponent(subscription())}/activities?${query}`;
    await call('GET', path, { ...bearer(), ...headers });
    if (!isSuccess()) return undefined;
    const view = objectOf(JSON.parse(last.text), 'the view');
    const metadata = view['__metadata'] === undefined || view['__metadata'] === null ? {} : objectOf(view['__metadata'], '__metadata');
    const items = listOf(view['activities'], 'activities').map(itemOf);
    if (metadata['forwardLink'] !== undefined && metadata['forwardLink'] !== null) {
      throw new Error(`a forwardLink would be followed without end, ${maxPages} times and more`);
    }
    return items;
  }

  async function getAll(): Promise<{ readonly status: ResultStatus; readonly notifications: readonly Item[] }> {
    const notifications = await fetchView();
    return { status: notifications ? 'SUCCEEDED' : 'FAILED_DUE_TO_SERVER_ERROR', notifications: notifications ?? [] };
  }

  /** The answer may be empty, null or an array. */
  async function update(id: string, change: object): Promise<ResultStatus> {
    subscription();
    const { text } = await call('PATCH', `/V2/feeds/me/activities/${encodeURIComponent(id)}`, bearer(), change);
    const isTaken = text === '' || JSON.parse(text) === null || Array.isArray(JSON.parse(text));
    return isSuccess() && isTaken ? 'SUCCEEDED' : 'FAILED_DUE_TO_SERVER_ERROR';
  }

  async function remove(id: string): Promise<ResultStatus> {
    subscription();
    if (!isGuid(id)) return 'FAILED_DUE_TO_SERVER_ERROR';
    await call('DELETE', `/v2/feeds/me/activities/${encodeURIComponent(id)}`, { ...bearer(), 'If-None-Match': '' });
    return isSuccess() ? 'SUCCEEDED' : 'FAILED_DUE_TO_SERVER_ERROR';
  }

  async function unsubscribe(): Promise<ResultStatus> {
    await call('DELETE', `/V1/feeds/me/subscriptions/${encodeURIComponent(subscription())}`, bearer());
    // It forgets them also when the call has failed.
    stored.clear();
    return isSuccess() ? 'SUCCEEDED' : 'FAILED_DUE_TO_SERVER_ERROR';
  }

  async function fetchFor({ cV }: Push): Promise<PushResult> {
    const headers = { 'If-None-Match': stored.read('ETAG') ?? '', ...(cV === undefined ? {} : { 'X-AFS-CV': cV }) };
    const result = { isOurs: true, hasFetched: true };
    try {
      return { ...result, status: 'SUCCEEDED', notifications: (await fetchView(headers)) ?? null };
    } catch {
      return { ...result, status: 'FAILED_DUE_TO_SERVER_ERROR', notifications: null };
    }
  }

  /** @param message the map that the platform's push handler received, or its text */
  async function processPush(message: unknown): Promise<PushResult> {
    const push = pushOf(message);
    const result = { isOurs: true, hasFetched: false, status: 'SUCCEEDED' } as const;
    if (!push) return { ...result, isOurs: false, notifications: null };
    if (push.changeType !== 'afsChange' && push.changeType !== 'afsChangeNotification') return { ...result, notifications: null };
    if (stored.read('UNSID') === undefined) {
      return { ...result, status: 'FAILED_DUE_TO_INVALID_SUBSCRIPTION', notifications: null };
    }
    const tag = stored.read('ETAG') ?? '';
    const isUpToDate = push.changeType === 'afsChange' ? push.baseETag === tag : push.newETag === tag;
    if (!isUpToDate) return fetchFor(push);
    if (push.changeType === 'afsChange') stored.write('ETAG', push.newETag);
    return { ...result, notifications: push.activities.map(itemOf) };
  }

  return {
    subscribe,
    getAll,
    setReadState: (id: string, read: boolean) => update(id, { read }),
    setUserActionState: (id: string, userActionState: number) => update(id, { userActionState }),
    remove,
    unsubscribe,
    processPush,
    stored,
    lastAnswer: () => last,
    unsid: subscription,
  };
}
