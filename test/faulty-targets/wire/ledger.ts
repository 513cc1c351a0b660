// Records subscriptions and notifications, as the emulator answered them, for faults that need them.
import { at, headerOf, isObject, type JsonObject, jsonOf, textAt, type WireAnswer, type WireRequest } from './http-message.ts';
import { idIn, operationOf } from './operations.ts';

export interface KnownSubscription {
  readonly unsid: string;
  readonly authorization: string;
  /** In the original spelling. */
  readonly application: string;
  readonly deviceId: string;
  readonly platform: string;
  readonly isEnded: boolean;
}

export interface KnownNotification {
  readonly id: string;
  /** The UNSID of the post; empty for a delegated token. */
  readonly unsid: string;
  readonly request: JsonObject;
  readonly isDeleted: boolean;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** The device that made the last change of state, if any. */
  readonly changedBy: string | undefined;
}

export interface Ledger {
  readonly subscriptions: ReadonlyMap<string, KnownSubscription>;
  readonly notifications: ReadonlyMap<string, KnownNotification>;
  /** Other subscriptions of the same user and application. */
  readonly siblings: (unsid: string) => readonly KnownSubscription[];
  /** All cursors of responses and messages. */
  readonly cursors: ReadonlySet<string>;
  readonly noteCursor: (cursor: unknown) => void;
  readonly note: (request: WireRequest, answer: WireAnswer) => void;
}

export function createLedger(): Ledger {
  const subscriptions = new Map<string, KnownSubscription>();
  const notifications = new Map<string, KnownNotification>();
  const cursors = new Set<string>();
  const noteCursor = (cursor: unknown) => void (typeof cursor === 'string' && cursors.add(cursor));

  function noteSubscription(request: WireRequest, body: JsonObject): void {
    const unsid = textAt(body, 'userNotificationSubscriptionId');
    subscriptions.set(unsid, {
      unsid,
      authorization: headerOf(request, 'authorization') ?? '',
      application: textAt(jsonOf(request), 'application') || textAt(body, 'application'),
      deviceId: textAt(body, 'deviceId'),
      platform: textAt(body, 'platform'),
      isEnded: false,
    });
  }

  function notePost(request: WireRequest, body: JsonObject): void {
    const id = textAt(body, 'id');
    const unsid = headerOf(request, 'x-uns-id') ?? '';
    notifications.set(id, {
      id,
      unsid,
      request: jsonOf(request) ?? {},
      isDeleted: false,
      expiresAt: Date.parse(textAt(body, 'expirationDateTime')),
      changedBy: undefined,
    });
  }

  function noteChange(request: WireRequest, isDeleted: boolean): void {
    const known = notifications.get(idIn(request));
    if (known) notifications.set(known.id, { ...known, isDeleted, changedBy: headerOf(request, 'x-uns-id') });
  }

  return {
    subscriptions,
    notifications,
    cursors,
    noteCursor,
    siblings: (unsid) => {
      const own = subscriptions.get(unsid);
      return [...subscriptions.values()].filter((one) => own && one.unsid !== unsid && isSameFeed(one, own));
    },
    note: (request, answer) => {
      if (answer.status >= 300) return;
      const body = jsonOf(answer) ?? {};
      noteCursor(body['cursor']);
      noteCursor(body['syncCursor']);
      switch (operationOf(request)) {
        case 'createSubscription':
          return noteSubscription(request, body);
        case 'postNotification':
          return notePost(request, body);
        case 'updateNotification':
          return noteChange(request, false);
        case 'deleteNotification':
          return noteChange(request, true);
        case 'deleteSubscription': {
          const known = subscriptions.get(idIn(request));
          if (known) subscriptions.set(known.unsid, { ...known, isEnded: true });
          return;
        }
        default:
      }
    },
  };
}

export function isSameFeed(one: KnownSubscription, other: KnownSubscription): boolean {
  return one.authorization === other.authorization && one.application.toLowerCase() === other.application.toLowerCase();
}

/** The platforms that a posted notification targets, in the document's spelling. */
export function targetsOf(request: JsonObject): readonly string[] {
  const all = ['Windows', 'iOS', 'Android', 'WebPush'];
  const named = at(request, 'targetPolicy/platformTypes');
  if (!isObject(at(request, 'targetPolicy')) || !Array.isArray(named)) return all;
  return all.filter((platform) => named.some((one) => String(one).toLowerCase() === platform.toLowerCase()));
}
