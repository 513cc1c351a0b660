// Composes answers from replies: status, the headers that the document declares, body text; on request validates them before they are sent.
import type { Operation } from '../documents/operation.ts';
import { type ResponseSpec, responseFor } from '../documents/responses.ts';
import { type Fault, Refusal } from '../domain/errors.ts';
import type { AnswerDeps, RequestContext } from './context.ts';
import { errorReply, refusalReply } from './errors.ts';
import type { Reply } from './handler.ts';

export interface Answer {
  readonly status: number;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: string | undefined;
  /** What the document says of it; undefined: it declares no such answer. */
  readonly declared: ResponseSpec | undefined;
  /** What other operations of the path say of it. */
  readonly alsoDeclared: readonly (ResponseSpec | undefined)[];
  readonly operationId: string | undefined;
}

export interface AnswerContext {
  readonly request: RequestContext;
  /** Undefined where none matched. */
  readonly operation: Operation | undefined;
  /** The operations of the path where the method matched none: a 405 is an answer of each of them. */
  readonly neighbours?: readonly Operation[] | undefined;
}

type HeaderValue = (deps: AnswerDeps, request: RequestContext) => string;

const dynamic: Readonly<Record<string, HeaderValue>> = {
  'request-id': (_, { requestId }) => requestId,
  'x-ms-request-id': (_, { requestId }) => requestId,
  'client-request-id': (_, { clientRequestId }) => clientRequestId,
  date: ({ clock }) => new Date(clock.now()).toUTCString(),
  duration: ({ timer }, { startedMs }) => (timer.now() - startedMs).toFixed(4),
  'x-ms-ags-diagnostic': ({ version }) => diagnostic(version),
  // Over https no browser is to be pinned for localhost.
  'strict-transport-security': (_, { isSecure }) => (isSecure ? 'max-age=0' : 'max-age=31536000'),
};

/** Written with every body, whatever the document says of them. */
const written = new Set(['content-type', 'content-length']);

/** Whether a header has a value in every answer that declares it. */
export function isComputed(name: string): boolean {
  const key = name.toLowerCase();
  return Object.hasOwn(dynamic, key) || written.has(key);
}

/** The recorded shape with the emulator's own values (D15). */
function diagnostic(version: string): string {
  return `{"ServerInfo":{"DataCenter":"Local","Slice":"unsid","Ring":"0","ScaleUnit":"000","RoleInstance":"UNSID_${version}","ADSiteName":"LOCAL"}}`;
}

/** What answers that no document describes say of their request too. */
export function commonHeaders(deps: AnswerDeps, request: RequestContext): readonly string[] {
  return ['request-id', 'client-request-id', 'Date'].flatMap((name) => [name, dynamic[name.toLowerCase()]?.(deps, request) ?? '']);
}

export function composeAnswer(deps: AnswerDeps, context: AnswerContext, reply: Reply): Answer {
  const { request, operation } = context;
  const [declared, ...alsoDeclared] = declarationsOf(deps, context, reply.status);
  // An answer that nobody declares still says who it is from.
  const shape = declared ?? deps.spec.responseAnywhere(reply.status) ?? deps.spec.responseAnywhere(404);
  const body = reply.json ?? (reply.body === undefined ? undefined : bodyText(reply.body, shape?.mediaType));
  const headers: string[] = [];
  const given = lowerCased(reply.headers);
  for (const { name, constant, isRequired } of shape?.headers ?? []) {
    const key = name.toLowerCase();
    const value = (isRequired ? constant : undefined) ?? given?.get(key) ?? dynamic[key]?.(deps, request);
    if (value !== undefined) headers.push(name, value);
  }
  if (body !== undefined)
    headers.push('Content-Type', shape?.mediaType ?? 'application/json', 'Content-Length', String(Buffer.byteLength(body)));
  else if (reply.status !== 204 && reply.status !== 304) headers.push('Content-Length', '0');
  return { status: reply.status, headers, body, declared, alsoDeclared, operationId: operation?.operationId };
}

/** In plain JSON, for clients to read where the document describes no answer that could be sent. */
export function plainAnswer(deps: AnswerDeps, { request, operation }: AnswerContext, { status, body, headers: given = {} }: Reply): Answer {
  const text = JSON.stringify(body);
  const headers = [
    ...commonHeaders(deps, request),
    ...Object.entries(given).flatMap(([name, value]) => [name, headerText(value)]),
    ...['Content-Type', 'application/json', 'Content-Length', String(Buffer.byteLength(text)), 'Access-Control-Allow-Origin', '*'],
  ];
  return { status, headers, body: text, declared: undefined, alsoDeclared: [], operationId: operation?.operationId };
}

/** What the document says of an answer with this status; more than one where it is an answer of several operations. */
function declarationsOf(
  { spec }: AnswerDeps,
  { operation, neighbours = [] }: AnswerContext,
  status: number,
): readonly (ResponseSpec | undefined)[] {
  if (operation) return [responseFor(operation.responses, status)];
  if (status === 405 && neighbours.length > 0) return neighbours.map(({ responses }) => responseFor(responses, status));
  // Where a path or a method is unknown, x-unmatched alone has the say; whatever else stops a request early is told as anywhere.
  const isUnmatched = status === 404 || status === 405;
  return [responseFor(spec.unmatched, status) ?? (isUnmatched ? undefined : spec.responseAnywhere(status))];
}

function bodyText(body: unknown, mediaType = 'application/json'): string {
  return typeof body === 'string' && !/[/+]json\b/i.test(mediaType) ? body : JSON.stringify(body);
}

/** Values without anything that could end a header. */
function lowerCased(headers: Reply['headers']): ReadonlyMap<string, string> | undefined {
  return headers && new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), headerText(value)]));
}

const headerText = (value: string): string => value.replaceAll(/[^\t\x20-\x7e]/g, '?');

/** The answer to a reply; with response validation a 500 instead of one that breaks the documents, in plain JSON when even that would. */
export function lawfulAnswer(deps: AnswerDeps, context: AnswerContext, reply: Reply): Answer {
  const answer = composeAnswer(deps, context, reply);
  const faults = faultsOf(deps, answer);
  if (faults.length === 0) return answer;
  const refusal = new Refusal(
    'Internal',
    `The answer ${answer.status} of ${nameOf(answer)} would break the document: ${faults.map(told).join('; ')}`,
  );
  const instead = composeAnswer(deps, context, errorReply(refusal, context, deps.clock.now()));
  if (faultsOf(deps, instead).length === 0) return instead;
  // What went wrong first says more than that the document has no form for it.
  const isError = reply.status >= 400 && typeof reply.body === 'object';
  const error = isError ? reply : refusalReply(refusal, context.request, deps.clock.now());
  deps.log.error(
    `An error ${error.status} of ${nameOf(answer)} is answered in plain JSON: the document allows neither the answer ${answer.status} nor a 500 in its place`,
  );
  return plainAnswer(deps, context, error);
}

function faultsOf(deps: AnswerDeps, answer: Answer): readonly Fault[] {
  if (!deps.validateResponses) return [];
  const faults = [answer.declared, ...answer.alsoDeclared].flatMap((declared) => judge(answer, declared, deps.clock.now()));
  if (faults.length === 0) return faults;
  deps.log.error(`The answer ${answer.status} of ${nameOf(answer)} breaks the document: ${faults.map(told).join('; ')}`);
  deps.onViolation?.(`${nameOf(answer)} ${answer.status}`, faults);
  return faults;
}

function judge({ status, headers, body }: Answer, declared: ResponseSpec | undefined, now: number): readonly Fault[] {
  // 501 tells of the emulator, not of the operation.
  if (!declared) return status === 501 ? [] : [{ code: 'responses', target: String(status), message: 'this status is not declared' }];
  const faults = declared.headers.flatMap(({ name, isRequired, judge: judgeValue }): readonly Fault[] => {
    const at = headers.findIndex((entry, index) => index % 2 === 0 && entry === name);
    if (at < 0) return isRequired ? [{ code: 'required', target: name, message: 'is required' }] : [];
    return judgeValue(headers[at + 1], now).faults.map((fault) => ({ ...fault, target: name }));
  });
  return [...faults, ...judgeBody(body, declared, now)];
}

function judgeBody(body: string | undefined, { mediaType, judgeBody: judgeValue }: ResponseSpec, now: number): readonly Fault[] {
  if (!judgeValue) return body === undefined ? [] : [{ code: 'content', target: 'body', message: 'no body is declared' }];
  if (body === undefined) return [{ code: 'content', target: 'body', message: 'a body is declared' }];
  if (!/[/+]json\b/i.test(mediaType ?? '')) return judgeValue(body, now).faults;
  const value: unknown = JSON.parse(body);
  return judgeValue(value, now).faults;
}

function nameOf({ operationId }: Answer): string {
  return operationId ?? 'an unmatched request';
}

function told({ code, target, message }: Fault): string {
  return `${code} at ${target || 'the body'} (${message})`;
}
