// Composes the log event of a request: caller, subject, response. Only used if requests are logged.
import type { Operation } from '../documents/operation.ts';
import { Refusal } from '../domain/errors.ts';
import type { EventLog, MessageDetail, RequestEvent } from '../domain/log-event.ts';
import type { Caller } from '../domain/model.ts';
import type { Timer } from '../domain/ports.ts';
import { SignInRefusal } from '../identity/errors.ts';
import { requestTarget } from '../net/request-target.ts';
import type { RequestContext } from './context.ts';
import { graphErrors, hasSignInErrors, signInErrorFacts } from './errors.ts';
import type { CallSubject } from './handler.ts';
import { redactedHeaders, redactedQuery, redactedText, redactedValue } from './redaction.ts';
import type { RequestHead } from './request-source.ts';
import { requestSubject } from './request-subject.ts';
import type { HttpResponse } from './response.ts';

/** Collects information while a request goes through the pipeline. */
export interface RequestNotes {
  readonly caller: (caller: Caller) => void;
  /** Before validation. */
  readonly body: (body: unknown) => void;
  readonly subject: (what: CallSubject) => void;
  /** The refusal or failure. */
  readonly error: (error: unknown) => void;
  readonly write: (how: RequestOutcome) => void;
}

export interface RequestOutcome {
  readonly request: RequestContext;
  /** Undefined if no operation matched. */
  readonly operation: Operation | undefined;
  /** Undefined if none was sent; `reason` then has the cause. */
  readonly response: HttpResponse | undefined;
  readonly reason?: string;
}

/** Longer bodies are truncated. */
const maxBodyCharacters = 2_000;

export function createRequestNotes(events: EventLog, timer: Pick<Timer, 'now'>, req: RequestHead): RequestNotes {
  const known: { caller?: Caller; body?: unknown; subject: CallSubject; error?: unknown } = { subject: {} };
  return {
    caller: (caller) => {
      known.caller = caller;
    },
    body: (body) => {
      known.body = body;
    },
    subject: (what) => {
      known.subject = { ...known.subject, ...what };
    },
    error: (error) => {
      known.error = error;
    },
    write: ({ request, operation, response, reason }) => {
      const { path, query } = requestTarget(req.url);
      const failure = reason === undefined ? failureOf(known.error, operation, response) : { reason };
      const { subscription, notificationId } = known.subject;
      events.write({
        event: 'request',
        method: req.method,
        path: redactedText(path),
        status: response?.status,
        ...failure,
        ...requestSubject({ req, query, operation, body: known.body, caller: known.caller, subscription }),
        durationMs: Math.round(timer.now() - request.startedMs),
        ...(events.isDetailed && {
          requestId: request.requestId,
          clientRequestId: request.clientRequestId,
          unsid: subscription?.unsid,
          notificationId,
          query: query === '' ? undefined : redactedQuery(query),
          request: { headers: redactedHeaders(req.headers), body: bodyText(known.body) },
          answer: response && responseDetail(response),
        }),
      });
    },
  };
}

/** The event of a request that is refused on its socket: a handshake, or a request that could not be parsed. */
export function bareRequestEvent({ isDetailed }: EventLog, { req, request, refusal, caller }: BareRequest): RequestEvent {
  const { path, query } = requestTarget(req?.url);
  return {
    event: 'request',
    method: req?.method,
    path: req && redactedText(path),
    ...refusalFacts(refusal, undefined),
    ...(req && requestSubject({ req, query, operation: undefined, body: undefined, caller, subscription: undefined })),
    ...(isDetailed && {
      requestId: request.requestId,
      clientRequestId: request.clientRequestId,
      query: query === '' ? undefined : redactedQuery(query),
      request: req && { headers: redactedHeaders(req.headers) },
    }),
  };
}

export interface BareRequest {
  /** Undefined if it could not be parsed. */
  readonly req: RequestHead | undefined;
  readonly request: RequestContext;
  readonly refusal: Refusal;
  readonly caller?: Caller | undefined;
}

type Failure = Pick<RequestEvent, 'code' | 'reason'>;

/** Code and reason of an error response; empty if the response replaces another one. */
function failureOf(error: unknown, operation: Operation | undefined, response: HttpResponse | undefined): Failure {
  if (response?.status === 302) return { code: errorOfRedirect(response) };
  if (response === undefined || response.status < 400) return {};
  const isRefused = error instanceof Refusal || error instanceof SignInRefusal;
  const { status, ...failure } = refusalFacts(isRefused ? error : new Refusal('Internal', 'The service failed.'), operation);
  return status === response.status ? failure : {};
}

function refusalFacts(refusal: Refusal | SignInRefusal, operation: Operation | undefined): Failure & { readonly status: number } {
  if (refusal instanceof SignInRefusal || (operation && hasSignInErrors(operation))) {
    const { status, code, message } = signInErrorFacts(refusal);
    return { status, code, reason: redactedText(message) };
  }
  const { status, code, ...more } = graphErrors[refusal.kind];
  return { status, code: 'innerCode' in more ? more.innerCode : code, reason: reasonOf(refusal) };
}

/** The parser's message quotes the body, and the path is already part of the event. */
function reasonOf({ kind, message }: Refusal): string {
  if (kind === 'InvalidJson') return message.replace(/(is not valid JSON):.*$/s, '$1');
  return kind === 'UnknownRoute' ? 'There is no operation at this path.' : redactedText(message);
}

/** Sign-in reports an error by redirecting the browser to the client. */
function errorOfRedirect({ headers }: HttpResponse): string | undefined {
  const at = headers.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'location');
  return /[?#&]error=([\w.-]+)/.exec(headers[at + 1] ?? '')?.[1];
}

function responseDetail({ headers, body, declared }: HttpResponse): MessageDetail {
  const pairs = headers.flatMap((name, index) => (index % 2 === 0 ? [[name, headers[index + 1] ?? ''] as const] : []));
  const type = pairs.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? declared?.mediaType ?? '';
  return { headers: redactedHeaders(Object.fromEntries(pairs)), body: body === undefined ? undefined : responseText(body, type) };
}

function responseText(body: string, type: string): string {
  if (!/[/+]json\b/i.test(type)) return `(${type.split(';')[0]}, ${Buffer.byteLength(body)} bytes)`;
  return truncate(JSON.stringify(redactedValue(JSON.parse(body), true)));
}

/** Plain text may contain anything, so it is not logged. */
function bodyText(body: unknown): string | undefined {
  if (body === undefined) return undefined;
  return typeof body === 'string' ? `(text, ${body.length} characters)` : truncate(JSON.stringify(redactedValue(body)));
}

const truncate = (text: string): string =>
  text.length <= maxBodyCharacters ? text : `${text.slice(0, maxBodyCharacters)}… (${text.length} characters)`;
