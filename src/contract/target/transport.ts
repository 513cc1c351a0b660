// Sends the requests of cases to the target: tokens, rate limit, timeouts, and a record of each exchange.
import type { Caller, Exchange, HttpRequest, ReceivedAnswer, SentRequest } from '../../checks/exchange.ts';
import { readText } from '../../client/body.ts';
import { connectionError } from '../../client/connection-error.ts';
import { startTimeout } from '../../client/timeout.ts';
import { jsonIn } from '../../values/json.ts';
import { mayRetry, type RequestPacing, retryDelaySeconds } from './rate-limit.ts';
import type { ResponseWatch } from './response-watch.ts';
import type { Target, TokenSource } from './target.ts';

export interface TransportOptions {
  readonly target: Target;
  /** The rate limit, shared with devices. */
  readonly acquire: RequestPacing['acquire'];
  /** Counts requests that are throttled. */
  readonly requests: ResponseWatch;
  readonly timeoutMs: number;
  /** Waits; rejects when the signal is aborted. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Milliseconds since some moment, never backwards. */
  readonly elapsed: () => number;
  /** A new GUID. */
  readonly newId: () => string;
}

export interface Transport {
  /**
   * Returns the response, whatever its status. A throttled request (429, 406, 503 with Retry-After) is retried after that time.
   * @param onExchange called for every exchange, including throttled ones that are retried
   * @throws ConnectionError if the connection fails, Error if the target keeps throttling, or throttles without Retry-After
   */
  send(request: HttpRequest, signal: AbortSignal, onExchange: (exchange: Exchange) => void): Promise<Exchange>;
}

export function createTransport(options: TransportOptions): Transport {
  const { target, timeoutMs, acquire, requests, pause, elapsed, newId } = options;
  let count = 0;
  /** Every second request has its own client-request-id, so that its echo is checked on all kinds of responses, including errors. */
  let attempts = 0;

  async function exchange(request: HttpRequest, signal: AbortSignal): Promise<Exchange> {
    signal.throwIfAborted();
    await acquire(signal);
    attempts += 1;
    const sent = await compose(target, request, attempts % 2 === 0 ? { 'client-request-id': newId() } : {});
    const began = elapsed();
    const timeout = startTimeout(timeoutMs);
    try {
      const response = await target.fetch(sent.url, {
        method: sent.method,
        headers: sent.headers,
        ...(sent.body === undefined ? {} : { body: sent.body }),
        // Following a redirect could send the token to another server.
        redirect: 'manual',
        // Not aborted with the case: the response may name a resource that has to be deleted.
        signal: timeout.signal,
      });
      const answer = await received(response);
      count += 1;
      return { number: count, request, sent: redactedRequest(sent), answer, durationMs: elapsed() - began };
    } catch (error) {
      throw connectionError(new URL(sent.url).origin, error);
    } finally {
      timeout.stop();
    }
  }

  return {
    async send(request, signal, onExchange) {
      for (let attempt = 1; ; attempt += 1) {
        const one = await exchange(request, signal);
        onExchange(one);
        const wait = retryDelayOf(one);
        if (wait === undefined && one.answer.status === 429) {
          requests.givenUp();
          // No case expects 429, so without a retry it has no verdict.
          throw new Error('The target throttles (429) without Retry-After.');
        }
        if (wait === undefined) return one;
        if (!mayRetry(attempt, wait, requests))
          throw new Error(`The target keeps throttling (${one.answer.status}); Retry-After is ${wait} s.`);
        await pause(wait * 1000, signal);
      }
    },
  };
}

function retryDelayOf({ answer }: Exchange): number | undefined {
  return retryDelaySeconds(answer.status, { retryAfter: answer.headers['retry-after'], date: answer.headers['date'] });
}

interface Composed {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array<ArrayBuffer> | string | undefined;
  readonly token: string | undefined;
}

async function compose(target: Target, request: HttpRequest, more: Readonly<Record<string, string>>): Promise<Composed> {
  const token = await tokenOf(target, request.caller);
  const body = bodyOf(request);
  const headers: Record<string, string> = { accept: 'application/json', ...(request.surface === 'control' ? {} : more), ...target.headers };
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  if (body !== undefined) headers['content-type'] = 'application/json';
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    if (value === null) delete headers[name.toLowerCase()];
    else headers[name.toLowerCase()] = value;
  }
  return { method: request.method, url: `${originOf(target, request.surface)}${request.path}${queryOf(request)}`, headers, body, token };
}

function originOf(target: Target, surface: HttpRequest['surface']): string {
  if (surface === 'graph') return target.graphUrl;
  return surface === 'client' ? target.clientUrl : (target.controlUrl ?? target.clientUrl);
}

function queryOf({ query = {} }: HttpRequest): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) for (const one of [value].flat()) search.append(name, one);
  return search.size === 0 ? '' : `?${search}`;
}

function bodyOf({ json, bytes }: HttpRequest): Composed['body'] {
  if (bytes !== undefined) return typeof bytes === 'string' ? bytes : new Uint8Array(bytes);
  return json === undefined ? undefined : JSON.stringify(json);
}

async function tokenOf({ credentials }: Target, caller: Caller): Promise<string | undefined> {
  if (caller === 'none') return undefined;
  if (typeof caller === 'object') return caller.literal;
  const source: TokenSource | undefined = credentials[caller];
  if (source === undefined) throw new Error(`There is no token for ${caller}.`);
  return typeof source === 'string' ? source : await source();
}

/** The request as it may be shown, with the token replaced. */
function redactedRequest({ method, url, headers, body, token }: Composed): SentRequest {
  const shown = token === undefined ? headers : { ...headers, authorization: 'Bearer <token>' };
  return { method, url, headers: shown, body: typeof body === 'object' ? describeBytes(body) : body };
}

function describeBytes(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return `base64:${Buffer.from(bytes).toString('base64')}`;
  }
}

async function received(response: Response): Promise<ReceivedAnswer> {
  const text = await readText(response);
  return { status: response.status, headers: Object.fromEntries(response.headers), text, json: jsonIn(text) };
}
