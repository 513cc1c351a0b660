// What a probe is, and the few steps that many of them begin with.
import type { Call, Rig } from './rig.ts';

export interface Probe {
  readonly name: string;
  /** What it bears on beyond the operations and messages that it is seen to touch. */
  readonly sites?: readonly string[];
  /** It takes long, and is asked last. */
  readonly isHeavy?: boolean;
  /** The emulator is gone after it. */
  readonly isLast?: boolean;
  readonly run: (rig: Rig) => Promise<void>;
}

/** @param sites what it bears on beyond what it is seen to touch */
export const probe = (name: string, run: Probe['run'], sites: readonly string[] = []): Probe => ({ name, run, sites });

export const application = 'contoso.example';
export const appServer = 'dev.app.server';
export const userToken = (alias: string) => `dev.user.${alias}`;

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
/** The text at this place of an answer's body; `none` where there is none, as an altered emulator may leave it. */
export const textIn = (value: unknown, ...names: readonly string[]) =>
  String(names.reduce<unknown>((inner, name) => member(inner, name), value) ?? 'none');

export interface Subscribed {
  readonly alias: string;
  readonly token: string;
  readonly unsid: string;
}

export async function subscribe(
  rig: Rig,
  more: { platform?: string; alias?: string; app?: string; deviceId?: string } = {},
): Promise<Subscribed> {
  const { platform = 'iOS', alias = rig.user(), app = application, deviceId = `device-${platform}` } = more;
  const token = userToken(alias);
  const body = { application: app, deviceId, platform };
  const { json } = await rig.call({ of: ['createSubscription'], method: 'POST', path: '/client/v1/subscriptions', token, body });
  return { alias, token, unsid: textIn(json, 'userNotificationSubscriptionId') };
}

export const raw = { targetHostName: application, payload: { rawContent: 'Hello' } };

export const posting = (unsid: string | undefined, body: unknown = raw): Call => ({
  of: ['postNotification'],
  method: 'POST',
  path: '/beta/me/notifications',
  token: appServer,
  unsid,
  body,
});

/** Publishes, and gives the id. */
export async function publish(rig: Rig, unsid: string, body: unknown = raw): Promise<string> {
  const { json } = await rig.call(posting(unsid, body));
  return textIn(json, 'id');
}

export const onNotification = (of: string, method: string, { token, unsid }: Subscribed, id: string, body?: unknown): Call => ({
  of: [of],
  method,
  path: `/client/v1/notifications/${id}`,
  token,
  unsid,
  ...(body === undefined ? {} : { body }),
});

export const listing = ({ token, unsid }: Subscribed, query = ''): Call => ({
  of: ['listNotifications'],
  method: 'GET',
  path: `/client/v1/notifications${query}`,
  token,
  unsid,
});

/** A device that is subscribed, and connected unless it is refused. */
export async function connected(rig: Rig, options: { platform?: string; token?: string; isDeaf?: boolean } = {}) {
  const subscribed = await subscribe(rig, options.platform === undefined ? {} : { platform: options.platform });
  const token = options.token === undefined ? subscribed.token : `${options.token}.${subscribed.alias}`;
  const device = await rig.connect(`unsid=${subscribed.unsid}`, { token, ...(options.isDeaf ? { isDeaf: true } : {}) });
  if (!device.refusal) await device.until(1);
  return { ...subscribed, device };
}
