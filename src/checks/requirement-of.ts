// Maps a generated case to the requirement that it proves: a table by operation, location and keyword; the first matching row wins.
import type { Spec } from '../documents/spec.ts';

interface Row {
  readonly operationId: string;
  /** Matches the JSON pointer in a body, or the name of a parameter. */
  readonly location?: RegExp;
  readonly keyword?: RegExp;
  /** Only for accepted, or only for refused values. */
  readonly side?: 'valid' | 'violating';
  readonly requirement: string;
}

const post = 'postNotification';

const rows: readonly Row[] = [
  { operationId: post, keyword: /^unknown$/, requirement: 'post-unknown-members' },
  { operationId: post, keyword: /^text$/, requirement: 'post-text' },
  { operationId: post, location: /^\/targetPolicy\/platformTypes/, keyword: /^case$/, requirement: 'post-platforms' },
  { operationId: post, keyword: /^(case|repeated)$/, requirement: 'post-letter-case' },
  { operationId: post, keyword: /^nulls$/, requirement: 'post-nulls' },
  { operationId: post, keyword: /^x-(lone-item|seconds-optional)$/, requirement: 'post-older-spellings' },
  { operationId: post, location: /^\/displayTimeToLive$/, keyword: /^x-numeric-string$/, side: 'valid', requirement: 'post-ttl' },
  { operationId: post, location: /^\/displayTimeToLive$/, keyword: /^(?!type$)/, requirement: 'post-ttl-limits' },
  { operationId: post, location: /^\/expirationDateTime$/, keyword: /^x-future$/, requirement: 'post-expiration-past' },
  { operationId: post, location: /^\/expirationDateTime$/, keyword: /^x-max-ahead$/, requirement: 'post-expiration-limit' },
  { operationId: post, location: /^\/expirationDateTime$/, keyword: /^x-default-ahead$/, requirement: 'post-default-expiration' },
  { operationId: post, location: /^\/expirationDateTime$/, keyword: /^format$/, side: 'valid', requirement: 'post-expiration-utc' },
  { operationId: post, keyword: /^(type|format)$/, side: 'violating', requirement: 'post-types' },
  { operationId: post, keyword: /^dependentSchemas$/, requirement: 'post-fallback-needs-ios' },
  { operationId: post, location: /^\/targetHostName$/, requirement: 'post-host-required' },
  { operationId: post, location: /^\/displayTimeToLive$/, requirement: 'post-ttl-limits' },
  { operationId: post, location: /^\/priority$/, requirement: 'post-priority' },
  { operationId: post, location: /^\/payload$/, requirement: 'post-payload' },
  { operationId: post, location: /^\/payload\//, side: 'violating', requirement: 'post-payload-all-valid' },
  { operationId: post, location: /^\/payload\//, requirement: 'post-payload' },
  { operationId: post, location: /^\/targetPolicy/, requirement: 'post-platforms' },
  { operationId: post, location: /^\/fallbackPolicy/, requirement: 'post-fallback' },
  { operationId: post, location: /^\/groupName$/, requirement: 'post-group-null' },
  { operationId: post, location: /^X-UNS-ID$/i, requirement: 'post-unsid-required' },
  { operationId: post, location: /^If-/i, requirement: 'post-conditional-headers' },
  { operationId: 'listNotifications', location: /^X-UNS-ID$/i, requirement: 'history-unsid-required' },
  { operationId: 'getNotification', location: /^X-UNS-ID$/i, requirement: 'history-unsid-required' },
  { operationId: 'updateNotification', location: /^X-UNS-ID$/i, requirement: 'history-unsid-required' },
  { operationId: 'deleteNotification', location: /^X-UNS-ID$/i, requirement: 'history-unsid-required' },
];

const byDefault: Readonly<Record<string, string>> = {
  [post]: 'post-created',
  postUserNotification: 'post-users',
  postBatch: 'batch',
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
  readonly location: string;
  readonly keyword: string;
  readonly side: 'valid' | 'violating';
}

/** For operations that only a user's own document has: nothing but their declared statuses is known. */
const customOperationRequirement = 'answer-status';

/** @throws Error if a shipped operation has no row: its cases would count for a requirement that they do not prove */
export function assertRequirements({ operations, documents }: Pick<Spec, 'operations' | 'documents'>): void {
  if (!documents.some(({ kind, isShipped }) => kind === 'notifications' && isShipped)) return;
  const bare = operations.filter(({ surface, operationId }) => surface === 'notifications' && !Object.hasOwn(byDefault, operationId));
  if (bare.length > 0)
    throw new Error(
      `No requirement is known for ${bare.map(({ operationId }) => operationId).join(', ')}: add a row to requirement-of.ts.`,
    );
}

export function requirementOf({ operationId, location, keyword, side }: Subject): string {
  const row = rows.find(
    (one) =>
      one.operationId === operationId &&
      (one.location?.test(location) ?? true) &&
      (one.keyword?.test(keyword) ?? true) &&
      (one.side === undefined || one.side === side),
  );
  return row?.requirement ?? byDefault[operationId] ?? customOperationRequirement;
}

/** The requirement that a body of the wrong kind, such as an array, proves. */
export function bodyRequirementOf(operationId: string, isArray: boolean): string {
  if (operationId !== post) return byDefault[operationId] ?? customOperationRequirement;
  return isArray ? 'post-not-array' : 'post-not-json';
}
