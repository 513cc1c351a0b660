// The log's event of one request: who called, what it was about, how it was answered. Made only where the log takes requests.
import type { IncomingMessage } from 'node:http';
import type { Operation } from '../documents/operation.ts';
import { Refusal } from '../domain/errors.ts';
import type { EventLog, MessageDetail, RequestEvent } from '../domain/log-event.ts';
import type { Caller } from '../domain/model.ts';
import type { Timer } from '../domain/ports.ts';
import { SignInRefusal } from '../identity/errors.ts';
import type { RequestContext } from './context.ts';
import { graphErrors, signInErrorFacts } from './errors.ts';
import type { CallSubject } from './handler.ts';
import { redactedHeaders, redactedQuery, redactedText, redactedValue } from './redaction.ts';
import { requestSubject } from './request-subject.ts';
import { requestTarget } from './request-target.ts';
import type { HttpResponse } from './response.ts';

/** What becomes known on a request's way through the pipeline. */
export interface RequestNotes {
  readonly caller: (caller: Caller) => void;
  /** As it was sent. */
  readonly body: (body: unknown) => void;
  readonly subject: (what: CallSubject) => void;
  /** Why it is refused, or failed. */
  readonly error: (error: unknown) => void;
  readonly write: (how: RequestOutcome) => void;
}

export interface RequestOutcome {
  readonly request: RequestContext;
  /** Undefined where none matched. */
  readonly operation: Operation | undefined;
  /** Undefined: none was sent, for this reason. */
  readonly response: HttpResponse | undefined;
  readonly reason?: string;
}

/** Longer bodies are cut. */
const maxBodyCharacters = 2_000;

export function createRequestNotes(events: EventLog, timer: Pick<Timer, 'now'>, req: IncomingMessage): RequestNotes {
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

/** The event of a request that is answered on its bare socket: a refused handshake, or what could not be read. */
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
  /** Undefined where it could not be read. */
  readonly req: IncomingMessage | undefined;
  readonly request: RequestContext;
  readonly refusal: Refusal;
  readonly caller?: Caller | undefined;
}

type Failure = Pick<RequestEvent, 'code' | 'reason'>;

/** What the answer says of an error; an answer that stands in for another says nothing of it. */
function failureOf(error: unknown, operation: Operation | undefined, response: HttpResponse | undefined): Failure {
  if (response?.status === 302) return { code: errorOfRedirect(response) };
  if (response === undefined || response.status < 400) return {};
  const isRefused = error instanceof Refusal || error instanceof SignInRefusal;
  const { status, ...failure } = refusalFacts(isRefused ? error : new Refusal('Internal', 'The service failed.'), operation);
  return status === response.status ? failure : {};
}

function refusalFacts(refusal: Refusal | SignInRefusal, operation: Operation | undefined): Failure & { readonly status: number } {
  if (refusal instanceof SignInRefusal || operation?.surface === 'identity') {
    const { status, code, message } = signInErrorFacts(refusal);
    return { status, code, reason: redactedText(message) };
  }
  const { status, code, ...more } = graphErrors[refusal.kind];
  return { status, code: 'innerCode' in more ? more.innerCode : code, reason: reasonOf(refusal) };
}

/** The parser's message quotes the body, and the path is in the line already. */
function reasonOf({ kind, message }: Refusal): string {
  if (kind === 'InvalidJson') return message.replace(/(is not valid JSON):.*$/s, '$1');
  return kind === 'UnknownRoute' ? 'There is no operation at this path.' : redactedText(message);
}

/** Sign-in reports a client's error by sending the browser back to it. */
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

/** A page's or any other text might hold anything, so it is not shown. */
function bodyText(body: unknown): string | undefined {
  if (body === undefined) return undefined;
  return typeof body === 'string' ? `(text, ${body.length} characters)` : truncate(JSON.stringify(redactedValue(body)));
}

const truncate = (text: string): string =>
  text.length <= maxBodyCharacters ? text : `${text.slice(0, maxBodyCharacters)}… (${text.length} characters)`;
