// Typed HTTP client of the Graph and client surfaces: one method for each operation, returning raw responses.
import { jsonOrText } from '../values/json.ts';
import { readText } from './body.ts';
import { calls, type MethodAndPath } from './calls.ts';
import { connectionError } from './connection-error.ts';
import { startTimeout } from './timeout.ts';
import { maxDelayMs } from './timer.ts';
import type { AnswerTo, HistoryQuery, NotificationRequest, NotificationUpdate, OperationId, SubscriptionRequest } from './wire.ts';

/** A bearer token, or how to get a fresh one for each call. */
export type TokenSource = string | (() => string | Promise<string>);

/** Options of {@link createClient}. */
export interface ClientOptions {
  /** Base URL of the service, http or https, with a path prefix if it has one. Throws a `TypeError` when it is no such URL. */
  readonly url: string;
  /** Sent as `Authorization: Bearer …` on every call; never printed. Without it no such header is sent. */
  readonly token?: TokenSource;
  /** Default: the global `fetch`. */
  readonly fetch?: typeof fetch;
  /** Timeout for the complete response in milliseconds. Default 30,000. */
  readonly timeoutMs?: number;
  /** Aborts every call; the calls then throw the abort reason. */
  readonly signal?: AbortSignal;
}

/** Options of one call. */
export interface CallOptions {
  /** More headers, also ones that replace the client's own. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Aborts the call; the call then throws the abort reason. */
  readonly signal?: AbortSignal;
}

/**
 * One method for each operation of `openapi/notifications.yaml`. No method throws on a 4xx or 5xx: the response is returned
 * unchanged. All throw {@link ConnectionError} when the connection fails, and a `TypeError` for an invalid header value.
 */
export interface Client {
  /** F1: publishes a notification; `unsid` names the user, required with an app-only token (F17, D3). */
  postNotification(
    notification: NotificationRequest,
    options?: CallOptions & { readonly unsid?: string },
  ): Promise<AnswerTo<'postNotification'>>;
  /** F21: subscribes a device, or renews its subscription (D12). */
  createSubscription(subscription: SubscriptionRequest, options?: CallOptions): Promise<AnswerTo<'createSubscription'>>;
  /** The caller's own subscriptions. */
  listSubscriptions(options?: CallOptions): Promise<AnswerTo<'listSubscriptions'>>;
  /** One subscription of the caller; another user's or an unknown one is 404. */
  getSubscription(unsid: string, options?: CallOptions): Promise<AnswerTo<'getSubscription'>>;
  /** Unsubscribes: the UNSID is invalid from then on (D3). */
  deleteSubscription(unsid: string, options?: CallOptions): Promise<AnswerTo<'deleteSubscription'>>;
  /** F24, F28: the history, or what has changed since a cursor. */
  listNotifications(unsid: string, query?: HistoryQuery, options?: CallOptions): Promise<AnswerTo<'listNotifications'>>;
  /** F25: one notification of the UNSID's user and application; a deleted, expired or unknown one is 404. */
  getNotification(unsid: string, id: string, options?: CallOptions): Promise<AnswerTo<'getNotification'>>;
  /** F26, F27: sets read state or user action state; the user's other devices receive the change. */
  updateNotification(
    target: { readonly unsid: string; readonly id: string },
    update: NotificationUpdate,
    options?: CallOptions,
  ): Promise<AnswerTo<'updateNotification'>>;
  /** F28: deletes; a tombstone stays until the notification would have expired. */
  deleteNotification(unsid: string, id: string, options?: CallOptions): Promise<AnswerTo<'deleteNotification'>>;
}

interface Call extends MethodAndPath {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly unsid?: string | undefined;
  readonly body?: unknown;
  readonly options?: CallOptions | undefined;
}

function baseOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) throw new TypeError(`${url} is not an http or https URL.`);
  return `${parsed.origin}${parsed.pathname.replace(/\/+$/, '')}`;
}

function searchOf(query: Call['query']): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(name, String(value));
  return search.size === 0 ? '' : `?${search}`;
}

function bodyOf(text: string, contentType: string): unknown {
  if (text === '') return undefined;
  return contentType.includes('json') ? jsonOrText(text) : text;
}

const headerDescriptions: Readonly<Record<string, string>> = { authorization: 'The token', 'x-uns-id': 'The UNSID' };

/** The error names the header and never shows its value, which may be a token; the runtime's own error would show it. */
function headersOf(values: Readonly<Record<string, string>>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(values)) {
    try {
      headers.set(name, value);
    } catch {
      const what = headerDescriptions[name.toLowerCase()] ?? `The header ${JSON.stringify(name)}`;
      throw new TypeError(
        `${what} cannot be sent: a header must not contain line breaks, control characters or characters outside Latin-1.`,
      );
    }
  }
  return headers;
}

type Send = <Id extends OperationId>(call: Call) => Promise<AnswerTo<Id>>;

function createSend(options: ClientOptions): Send {
  const base = baseOf(options.url);
  const { token } = options;
  const timeoutMs = Math.min(options.timeoutMs ?? 30_000, maxDelayMs);
  const request = options.fetch ?? fetch;
  return async <Id extends OperationId>(call: Call) => {
    const bearer = typeof token === 'function' ? await token() : token;
    const headers = headersOf({
      accept: 'application/json',
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...(call.unsid === undefined ? {} : { 'x-uns-id': call.unsid }),
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...call.options?.headers,
    });
    const body = call.body === undefined ? {} : { body: JSON.stringify(call.body) };
    const abortSignals = [options.signal, call.options?.signal].filter((signal) => signal !== undefined);
    for (const signal of abortSignals) signal.throwIfAborted();
    const timeout = startTimeout(timeoutMs);
    try {
      const response = await request(`${base}${call.path}${searchOf(call.query)}`, {
        method: call.method,
        headers,
        ...body,
        // A redirect would send the token to another server.
        redirect: 'manual',
        signal: AbortSignal.any([...abortSignals, timeout.signal]),
      });
      const answer = {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: bodyOf(await readText(response), response.headers.get('content-type') ?? ''),
      };
      // A cast at the edge: the response is returned without validation (see AnswerTo).
      return answer as unknown as AnswerTo<Id>;
    } catch (error) {
      for (const signal of abortSignals) signal.throwIfAborted();
      throw connectionError(base, error);
    } finally {
      timeout.stop();
    }
  };
}

/**
 * A client for one caller.
 * @throws TypeError when `url` is not an http or https URL.
 */
export function createClient(options: ClientOptions): Client {
  const send = createSend(options);
  return {
    postNotification: (body, options) => send({ ...calls.postNotification(), unsid: options?.unsid, body, options }),
    createSubscription: (body, options) => send({ ...calls.createSubscription(), body, options }),
    listSubscriptions: (options) => send({ ...calls.listSubscriptions(), options }),
    getSubscription: (unsid, options) => send({ ...calls.getSubscription(unsid), options }),
    deleteSubscription: (unsid, options) => send({ ...calls.deleteSubscription(unsid), options }),
    listNotifications: (unsid, query, options) =>
      send({ ...calls.listNotifications(), unsid, options, ...(query ? { query: { ...query } } : {}) }),
    getNotification: (unsid, id, options) => send({ ...calls.getNotification(id), unsid, options }),
    updateNotification: ({ unsid, id }, body, options) => send({ ...calls.updateNotification(id), unsid, body, options }),
    deleteNotification: (unsid, id, options) => send({ ...calls.deleteNotification(id), unsid, options }),
  };
}
