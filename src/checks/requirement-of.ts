// Which requirement a generated case proves: one table of operation, place and keyword, the first row that fits.
import type { Spec } from '../documents/spec.ts';

interface Row {
  readonly operationId: string;
  /** Matches the pointer of a body, or the name of a parameter. */
  readonly place?: RegExp;
  readonly keyword?: RegExp;
  /** Of accepted or of refused values only. */
  readonly side?: 'valid' | 'violating';
  readonly requirement: string;
}

const post = 'postNotification';

const rows: readonly Row[] = [
  { operationId: post, keyword: /^unknown$/, requirement: 'post-unknown-members' },
  { operationId: post, keyword: /^text$/, requirement: 'post-text' },
  { operationId: post, place: /^\/displayTimeToLive$/, keyword: /^x-numeric-string$/, side: 'valid', requirement: 'post-ttl' },
  { operationId: post, place: /^\/displayTimeToLive$/, keyword: /^(?!type$)/, requirement: 'post-ttl-limits' },
  { operationId: post, place: /^\/expirationDateTime$/, keyword: /^x-future$/, requirement: 'post-expiration-past' },
  { operationId: post, place: /^\/expirationDateTime$/, keyword: /^x-max-ahead$/, requirement: 'post-expiration-limit' },
  { operationId: post, place: /^\/expirationDateTime$/, keyword: /^x-default-ahead$/, requirement: 'post-default-expiration' },
  { operationId: post, place: /^\/expirationDateTime$/, keyword: /^format$/, side: 'valid', requirement: 'post-expiration-utc' },
  { operationId: post, keyword: /^(type|format)$/, side: 'violating', requirement: 'post-types' },
  { operationId: post, keyword: /^dependentSchemas$/, requirement: 'post-fallback-needs-ios' },
  { operationId: post, place: /^\/targetHostName$/, requirement: 'post-host-required' },
  { operationId: post, place: /^\/displayTimeToLive$/, requirement: 'post-ttl-limits' },
  { operationId: post, place: /^\/priority$/, requirement: 'post-priority' },
  { operationId: post, place: /^\/payload$/, requirement: 'post-payload' },
  { operationId: post, place: /^\/payload\//, side: 'violating', requirement: 'post-payload-all-valid' },
  { operationId: post, place: /^\/payload\//, requirement: 'post-payload' },
  { operationId: post, place: /^\/targetPolicy/, requirement: 'post-platforms' },
  { operationId: post, place: /^\/fallbackPolicy/, requirement: 'post-fallback' },
  { operationId: post, place: /^\/groupName$/, requirement: 'post-group-null' },
  { operationId: post, place: /^X-UNS-ID$/i, requirement: 'post-unsid-required' },
  { operationId: post, place: /^If-/i, requirement: 'post-conditional-headers' },
  { operationId: 'listNotifications', place: /^X-UNS-ID$/i, requirement: 'history-unsid-required' },
  { operationId: 'getNotification', place: /^X-UNS-ID$/i, requirement: 'history-unsid-required' },
  { operationId: 'updateNotification', place: /^X-UNS-ID$/i, requirement: 'history-unsid-required' },
  { operationId: 'deleteNotification', place: /^X-UNS-ID$/i, requirement: 'history-unsid-required' },
];

const byDefault: Readonly<Record<string, string>> = {
  [post]: 'post-created',
  createSubscription: 'subscribe-request',
  listSubscriptions: 'subscription-list',
  getSubscription: 'subscription-get',
  deleteSubscription: 'unsubscribe',
  listNotifications: 'history-parameters',
  getNotification: 'notification-get',
  updateNotification: 'update-request',
  deleteNotification: 'delete-removes',
};

export interface Subject {
  readonly operationId: string;
  readonly place: string;
  readonly keyword: string;
  readonly side: 'valid' | 'violating';
}

/** What operations prove that only a user's own document has: nothing is known of them but the statuses that it declares. */
const ofOwnOperation = 'answer-status';

/** @throws Error that names a shipped operation without a row: its cases would be counted for a requirement that they do not prove */
export function assertRequirements({ operations, documents }: Pick<Spec, 'operations' | 'documents'>): void {
  if (!documents.some(({ kind, isShipped }) => kind === 'notifications' && isShipped)) return;
  const bare = operations.filter(({ surface, operationId }) => surface === 'notifications' && !Object.hasOwn(byDefault, operationId));
  if (bare.length > 0)
    throw new Error(
      `No requirement is known for ${bare.map(({ operationId }) => operationId).join(', ')}: add a row to requirement-of.ts.`,
    );
}

export function requirementOf({ operationId, place, keyword, side }: Subject): string {
  const row = rows.find(
    (one) =>
      one.operationId === operationId &&
      (one.place?.test(place) ?? true) &&
      (one.keyword?.test(keyword) ?? true) &&
      (one.side === undefined || one.side === side),
  );
  return row?.requirement ?? byDefault[operationId] ?? ofOwnOperation;
}

/** What a whole body that must not be there proves. */
export function bodyRequirementOf(operationId: string, isArray: boolean): string {
  if (operationId !== post) return byDefault[operationId] ?? ofOwnOperation;
  return isArray ? 'post-not-array' : 'post-not-json';
}
