// The service as one user of one application reaches it over HTTP: what app server, devices and an observer ask of it.
import { type Client, createClient, type NotificationRequest, type PlatformType } from '../../src/index.ts';
import type { StateUpdate } from './steps.ts';

export interface Access {
  readonly url: string;
  /** Alias of the user, of this run alone. */
  readonly user: string;
  readonly application: string;
}

export interface Listed {
  readonly cursor: string;
  readonly ids: readonly string[];
  readonly active: ReadonlyMap<string, { readonly readState: string; readonly userActionState: string }>;
}

export interface Service {
  readonly token: string;
  readonly subscribe: (deviceId: string, platform: PlatformType) => Promise<{ readonly status: number; readonly unsid: string }>;
  readonly unsubscribe: (unsid: string) => Promise<number>;
  /** The id of the notification. */
  readonly post: (unsid: string, body: Omit<NotificationRequest, 'targetHostName'>) => Promise<string>;
  readonly patch: (unsid: string, id: string, set: StateUpdate) => Promise<number>;
  readonly remove: (unsid: string, id: string) => Promise<number>;
  readonly get: (unsid: string, id: string) => Promise<number>;
  /** The history, or what has changed since a cursor; `cursor` is the feed's head. */
  readonly list: (unsid: string, since?: string) => Promise<Listed>;
}

function expectStatus(what: string, answer: { readonly status: number; readonly body: unknown }, ...expected: readonly number[]): void {
  if (!expected.includes(answer.status))
    throw new Error(`${what}: expected ${expected.join(' or ')}, got ${answer.status} ${JSON.stringify(answer.body)}`);
}

export function createService({ url, user, application }: Access): Service {
  const token = `dev.user.${user}`;
  const person = createClient({ url, token });
  const server = createClient({ url, token: 'dev.app.model-server' });
  return {
    token,
    subscribe: async (deviceId, platform) => {
      const answer = await person.createSubscription({ application, deviceId, platform });
      if (answer.status !== 200 && answer.status !== 201) throw new Error(`subscribing ${deviceId}: got ${answer.status}`);
      return { status: answer.status, unsid: answer.body.userNotificationSubscriptionId };
    },
    unsubscribe: async (unsid) => (await person.deleteSubscription(unsid)).status,
    post: async (unsid, body) => {
      const answer = await server.postNotification({ targetHostName: application, ...body }, { unsid });
      if (answer.status !== 201) throw new Error(`posting: expected 201, got ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body.id;
    },
    patch: async (unsid, id, set) => (await person.updateNotification({ unsid, id }, set)).status,
    remove: async (unsid, id) => (await person.deleteNotification(unsid, id)).status,
    get: async (unsid, id) => (await person.getNotification(unsid, id)).status,
    list: (unsid, since) => list(person, unsid, since),
  };
}

async function list(person: Client, unsid: string, since: string | undefined): Promise<Listed> {
  const answer = await person.listNotifications(unsid, { $top: 1000, ...(since !== undefined && { since }) });
  expectStatus('listing', answer, 200);
  if (answer.status !== 200) throw new Error('unreachable');
  const { value, cursor, syncCursor, more } = answer.body;
  if (more) throw new Error('the feed of one run fits into one page');
  return {
    cursor: syncCursor ?? cursor,
    ids: value.map(({ id }) => id),
    active: new Map(value.flatMap((one) => (one.status === 'Active' ? [[one.id, one] as const] : []))),
  };
}

export interface Control {
  readonly advance: (seconds: number) => Promise<void>;
  readonly connections: () => Promise<number>;
  /** By the service clock. */
  readonly now: () => Promise<number>;
}

export function createControl(url: string): Control {
  const health = async () => {
    const answer = (await (await fetch(`${url}/_emulator/v1/health`)).json()) as { connections: number; now: string };
    return answer;
  };
  return {
    advance: async (seconds) => {
      const body = JSON.stringify({ seconds });
      const answer = await fetch(`${url}/_emulator/v1/clock/advance`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
      });
      if (answer.status !== 200) throw new Error(`advancing the clock: got ${answer.status}`);
      await answer.text();
    },
    connections: async () => (await health()).connections,
    now: async () => Date.parse((await health()).now),
  };
}
