// Patterns of hooks: accept what is invalid, refuse what is valid, change a response or a message.
import type { Connection, Hooks, Outgoing, Wire } from './hooks.ts';
import {
  drop,
  headerOf,
  isObject,
  type JsonObject,
  jsonOf,
  listAt,
  mapHeaders,
  objectIn,
  put,
  type WireAnswer,
  type WireRequest,
  withBody,
  withHeader,
  withJson,
  withoutHeader,
} from './http-message.ts';
import { type Operation, operationOf } from './operations.ts';

type Which = Operation | readonly Operation[];
const isOneOf = (which: Which, request: WireRequest) => [which].flat().some((one) => one === operationOf(request));

/** Changes the JSON of a request before it reaches the emulator, which so accepts what it should refuse, or interprets it differently. */
export function reading(which: Which, change: (body: JsonObject, request: WireRequest, wire: Wire) => JsonObject | undefined): Hooks {
  return {
    request: (request, wire) => {
      const body = isOneOf(which, request) ? jsonOf(request) : undefined;
      const changed = body && change(body, request, wire);
      return changed && withJson(request, changed);
    },
  };
}

/** Changes the request as a whole. */
export function taking(which: Which, change: (request: WireRequest, wire: Wire) => WireRequest | undefined): Hooks {
  return { request: (request, wire) => (isOneOf(which, request) ? change(request, wire) : undefined) };
}

/** Refuses what the contract allows, with a response that is valid otherwise. */
export function refusing(
  which: Which,
  status: RefusalStatus,
  isRefused: (request: WireRequest, body: JsonObject, wire: Wire) => boolean,
): Hooks {
  return {
    request: (request, wire) => {
      if (!isOneOf(which, request) || !isRefused(request, jsonOf(request) ?? {}, wire)) return undefined;
      return refused(request, status);
    },
  };
}

export type RefusalStatus = 400 | 401 | 403 | 404 | 413 | 415;

/** Changes the request so that the emulator itself refuses it with this status. */
export function refused(request: WireRequest, status: RefusalStatus): WireRequest {
  switch (status) {
    case 400:
      return request.method === 'GET'
        ? { ...request, path: '/client/v1/notifications', query: '?$top=0' }
        : withBody(withoutHeader(withHeader(request, 'Content-Type', 'application/json'), 'content-encoding'), Buffer.from('[]'));
    case 401:
      return withoutHeader(request, 'authorization');
    case 403:
      return {
        ...withHeader(withHeader(request, 'X-UNS-ID', 'unknown-unsid-0123456789'), 'Authorization', 'Bearer dev.app.refused'),
        ...(request.path.startsWith('/client') ? {} : { path: '/beta/me/notifications' }),
      };
    case 404:
      return { ...request, path: '/client/v1/nowhere', query: '' };
    case 413:
      return withBody(request, Buffer.alloc(4 * 1024 * 1024 + 1, ' '));
    case 415:
      return withHeader(request, 'Content-Type', 'text/plain');
  }
}

/** Changes the JSON of a response with status 2xx. */
export function rewritingJson(
  which: Which,
  change: (body: JsonObject, request: WireRequest, wire: Wire) => JsonObject | undefined | Promise<JsonObject | undefined>,
): Hooks {
  return {
    answer: async (answer, request, wire) => {
      const body = answer.status < 300 && isOneOf(which, request) ? jsonOf(answer) : undefined;
      const changed = body && (await change(body, request, wire));
      return changed && withJson(answer, changed);
    },
  };
}

/** Changes responses of these operations as a whole. */
export function answering(
  which: Which,
  change: (answer: WireAnswer, request: WireRequest, wire: Wire) => WireAnswer | undefined | Promise<WireAnswer | undefined>,
): Hooks {
  return { answer: (answer, request, wire) => (isOneOf(which, request) ? change(answer, request, wire) : undefined) };
}

/** Changes responses of status 400 and above, of every request. */
export function failing(change: (answer: WireAnswer, request: WireRequest) => WireAnswer | undefined): Hooks {
  return { answer: (answer, request) => (answer.status >= 400 ? change(answer, request) : undefined) };
}

export function isNotification(value: JsonObject): boolean {
  return typeof value['id'] === 'string' && typeof value['creationDateTime'] === 'string';
}

/** Changes every notification that a client reads over HTTP: in a page, alone, or after an update. */
export function showing(change: (notification: JsonObject, request: WireRequest, wire: Wire) => JsonObject): Hooks {
  return rewritingJson(['listNotifications', 'getNotification', 'updateNotification'], (body, request, wire) => {
    if (isNotification(body)) return change(body, request, wire);
    return { ...body, value: listAt(body, 'value').map((one) => change(one, request, wire)) };
  });
}

/** Changes which notifications a page has. */
export function listing(
  change: (value: readonly JsonObject[], request: WireRequest, wire: Wire) => readonly JsonObject[] | Promise<readonly JsonObject[]>,
): Hooks {
  return rewritingJson('listNotifications', async (body, request, wire) => ({
    ...body,
    value: await change(listAt(body, 'value'), request, wire),
  }));
}

/** Changes the notification that a message carries. */
export function pushing(change: (notification: JsonObject, connection: Connection, wire: Wire) => JsonObject): Hooks {
  return {
    serverMessage: (message, connection, wire) => {
      const { notification } = message;
      return isObject(notification) ? [{ ...message, notification: change(notification, connection, wire) }] : undefined;
    },
  };
}

/** Decides what is sent instead of each notification message. */
export function delivering(
  change: (message: JsonObject, notification: JsonObject, connection: Connection, wire: Wire) => readonly Outgoing[] | undefined,
): Hooks {
  return {
    serverMessage: (message, connection, wire) => {
      const { notification } = message;
      return isObject(notification) ? change(message, notification, connection, wire) : undefined;
    },
  };
}

export interface ErrorParts {
  readonly status: number;
  readonly code: string;
  readonly innerCode?: string;
  readonly message?: string;
}

/** A valid error of any status; the request has no effect. */
export async function errorAnswer(request: WireRequest, wire: Wire, parts: ErrorParts): Promise<WireAnswer> {
  const unasked = { ...refused(request, 401), method: 'GET', path: '/client/v1/subscriptions', query: '', body: Buffer.alloc(0) };
  const bare = ['content-length', 'transfer-encoding', 'upgrade', 'connection'].reduce<WireRequest>(withoutHeader, unasked);
  const answer = withoutHeader(await wire.forward(bare), 'www-authenticate');
  return { ...asError(answer, parts), status: parts.status };
}

/** The same response with another error in it. */
export function asError(answer: WireAnswer, { status, code, innerCode, message = 'Refused.' }: ErrorParts): WireAnswer {
  const body = drop(jsonOf(answer) ?? {}, 'error/details');
  const coded = put(put(body, 'error/code', code), 'error/message', message);
  const inner = innerCode === undefined ? drop(coded, 'error/innerError/code') : put(coded, 'error/innerError/code', innerCode);
  return { ...withJson(answer, inner), status };
}

/** Combines patterns to one fault; each hook may occur only once. */
export const together = (...hooks: readonly Hooks[]): Hooks => Object.assign({}, ...hooks);

export const bearer = (request: WireRequest): string => headerOf(request, 'authorization') ?? '';
export const unsidIn = (request: WireRequest): string => headerOf(request, 'x-uns-id') ?? '';
export const aheadOf = (wire: Wire, milliseconds: number): string => new Date(wire.now() + milliseconds).toISOString();

/** App-only: a development token of an application, or a JWT without scopes. */
export function isAppToken(request: WireRequest): boolean {
  const token = bearer(request).replace(/^Bearer +/i, '');
  if (token.startsWith('dev.')) return token.startsWith('dev.app.');
  const claims = objectIn(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  return claims !== undefined && claims['scp'] === undefined;
}

/** The same request-id in the headers and in the body of an error. */
export function withRequestId(answer: WireAnswer, id: string): WireAnswer {
  const old = headerOf(answer, 'request-id') ?? '';
  const headed = mapHeaders(answer, (pairs) => pairs.map(([name, value]) => [name, value === old ? id : value]));
  return old !== '' && answer.body.includes(old) ? withBody(headed, Buffer.from(answer.body.toString('utf8').replaceAll(old, id))) : headed;
}

export const platformOf = (unsid: string, wire: Wire): string | undefined => wire.ledger.subscriptions.get(unsid)?.platform;
