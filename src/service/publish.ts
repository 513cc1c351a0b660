// Use case: an app server publishes a notification to a user (F1, F17, D3, D4, D5).
import { contentFrom, type NotificationRequest } from '../domain/content.ts';
import { clientNotRegistered, Refusal, refusalForViolations, type Violation } from '../domain/errors.ts';
import type { ActiveNotification, Caller, FeedKey, Subscription, Unsid } from '../domain/model.ts';
import { createNotification, isActive, replaceContent } from '../domain/notification.ts';
import type { ServiceContext } from './context.ts';

export interface Published {
  readonly notification: ActiveNotification;
  /** Names the user in `@odata.context` (F4). */
  readonly upn: string;
}

/** Whom an app server publishes to. */
export interface Recipient {
  readonly unsid: Unsid | undefined;
  /** Id or user principal name of the user in the path; undefined: `me` (F53). */
  readonly user?: string;
}

type Addressed = { readonly feed: FeedKey; readonly upn: string };

export function createPublish(context: ServiceContext) {
  const { stores, clock, ids, signals, registry, lifetimes, activity } = context;

  async function addressee(caller: Caller, unsid: Unsid | undefined, application: string): Promise<Addressed> {
    if (!registry.isClientOf(application, caller.clientId)) {
      throw clientNotRegistered({ application, clientId: caller.clientId, clients: registry.clientsOf(application) });
    }
    if (unsid !== undefined) {
      const subscription = await stores.subscriptions.get(unsid, clock.now());
      return byUnsid(caller, { unsid, subscription, application });
    }
    if (caller.kind === 'user') return { feed: { userId: caller.userId, application }, upn: caller.upn };
    const message = 'is required with an app-only token: it names the user';
    throw new Refusal('MissingUnsid', `X-UNS-ID: ${message}`, { violations: [{ code: 'required', target: 'X-UNS-ID', message }] });
  }

  /** The subscriptions that the request targets one by one (F52). @throws Refusal InvalidBody for those that are not of this feed (D32) */
  async function targeted(feed: FeedKey, unsids: readonly Unsid[]): Promise<readonly Subscription[]> {
    const isOwn = (one: Subscription | undefined): one is Subscription =>
      one?.feed.userId === feed.userId && one.feed.application === feed.application;
    // Each is looked up once, because a body has room for very many.
    const found = await Promise.all([...new Set(unsids)].map((unsid) => stores.subscriptions.get(unsid, clock.now())));
    const own = new Map(found.filter(isOwn).map((one) => [one.unsid, one]));
    const unknown = unsids.flatMap((unsid, index) => (own.has(unsid) ? [] : [index]));
    if (unknown.length > 0) throw refusalForViolations('InvalidBody', unknown.map(unknownSubscription));
    return [...own.values()];
  }

  return async function publish(caller: Caller, { unsid, user }: Recipient, request: NotificationRequest): Promise<Published> {
    const now = clock.now();
    const { feed, upn } = await addressee(caller, unsid, request.targetHostName.toLowerCase());
    if (user !== undefined && user.toLowerCase() !== upn.toLowerCase() && !registry.isUser(feed.userId, user)) throw otherUser();
    const named = request.targetPolicy?.endpoints?.subscriptions;
    const subscriptions = named && (await targeted(feed, named));
    const content = contentFrom(request, { now, lifetimeMs: lifetimes.notificationMs, subscriptions });
    const { appNotificationId } = content;
    const which = appNotificationId === null ? { id: undefined } : { appNotificationId };
    const newId = ids.guid();
    const { after: notification } = await stores.notifications.write(feed, which, now, (current, position) => {
      const change = { position, now, origin: null };
      return isActive(current) ? replaceContent(current, content, change) : createNotification(newId, content, change);
    });
    if (!isActive(notification)) throw new Error(`the store has no active notification after a publication: ${notification?.status}`);
    signals.publish({ kind: 'due-changed', at: Math.min(content.expiresAt, content.fallback?.dueAt ?? Number.POSITIVE_INFINITY) });
    activity?.changed(feed, notification);
    signals.publish({ kind: 'feed-changed', feed });
    return { notification, upn };
  };
}

/** One message for every reason, as for X-UNS-ID. */
function unknownSubscription(index: number): Violation {
  const message = 'is unknown, expired or unsubscribed, or not of this user and application';
  return { code: 'unusable', target: `/targetPolicy/endpoints/subscriptions/${index}`, message };
}

function otherUser(): Refusal {
  const message = "must be the token's own user, or the user of X-UNS-ID";
  return new Refusal('OtherUser', `The user in the path ${message}.`, { violations: [{ code: 'unusable', target: 'user', message }] });
}

/** A longer value is no UNSID, and is not repeated whole. */
const maxShownUnsid = 128;

interface ByUnsid {
  readonly unsid: Unsid;
  readonly subscription: Subscription | undefined;
  /** That of the request. */
  readonly application: string;
}

/** One message for every reason (D3, D4), so that nothing about others' UNSIDs is given away. */
function byUnsid(caller: Caller, { unsid, subscription, application }: ByUnsid): Addressed {
  const isOwn = caller.kind === 'app' || subscription?.feed.userId === caller.userId;
  if (!subscription || !isOwn || subscription.feed.application !== application) {
    const received = unsid.length > maxShownUnsid ? `${unsid.slice(0, maxShownUnsid)}…` : unsid;
    const message = `is not the UNSID of a device that is subscribed for ${application} and that this caller may notify`;
    const advice = 'it is unknown, expired, unsubscribed or of another user or application; send the UNSID of the last subscription';
    // The log prints violations: the UNSID itself is only in the message.
    throw new Refusal('UnsidNotUsable', `X-UNS-ID: ${JSON.stringify(received)} ${message}: ${advice}`, {
      violations: [{ code: 'unusable', target: 'X-UNS-ID', message }],
    });
  }
  return { feed: subscription.feed, upn: subscription.upn };
}
