// Composes answers from replies: status, the headers that the document declares, body text; on request validates them before they are sent.
import type { Operation } from '../documents/operation.ts';
import { type ResponseSpec, responseFor } from '../documents/responses.ts';
import { Refusal, type Violation } from '../domain/errors.ts';
import type { RequestContext, ResponseDeps } from './context.ts';
import { errorResult, refusalResult } from './errors.ts';
import type { HandlerResult } from './handler.ts';

export interface HttpResponse {
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

export interface ResponseContext {
  readonly request: RequestContext;
  /** Undefined where none matched. */
  readonly operation: Operation | undefined;
  /** The operations of the path where the method matched none: a 405 is an answer of each of them. */
  readonly neighbours?: readonly Operation[] | undefined;
}

type HeaderValue = (deps: ResponseDeps, request: RequestContext) => string;

const computedHeaders: Readonly<Record<string, HeaderValue>> = {
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
const alwaysWritten = new Set(['content-type', 'content-length']);

/** Whether a header has a value in every answer that declares it. */
export function isComputed(name: string): boolean {
  const key = name.toLowerCase();
  return Object.hasOwn(computedHeaders, key) || alwaysWritten.has(key);
}

/** The recorded shape with the emulator's own values (D15). */
function diagnostic(version: string): string {
  return `{"ServerInfo":{"DataCenter":"Local","Slice":"unsid","Ring":"0","ScaleUnit":"000","RoleInstance":"UNSID_${version}","ADSiteName":"LOCAL"}}`;
}

/** What answers that no document describes say of their request too. */
export function commonHeaders(deps: ResponseDeps, request: RequestContext): readonly string[] {
  return ['request-id', 'client-request-id', 'Date'].flatMap((name) => [name, computedHeaders[name.toLowerCase()]?.(deps, request) ?? '']);
}

export function composeResponse(deps: ResponseDeps, context: ResponseContext, result: HandlerResult): HttpResponse {
  const { request, operation } = context;
  const [declared, ...alsoDeclared] = declarationsOf(deps, context, result.status);
  // An answer that nobody declares still says who it is from.
  const shape = declared ?? deps.spec.responseAnywhere(result.status) ?? deps.spec.responseAnywhere(404);
  const body = result.json ?? (result.body === undefined ? undefined : bodyText(result.body, shape?.mediaType));
  const headers: string[] = [];
  const given = headersByLowerCaseName(result.headers);
  for (const { name, constant, isRequired } of shape?.headers ?? []) {
    const key = name.toLowerCase();
    const value = (isRequired ? constant : undefined) ?? given?.get(key) ?? computedHeaders[key]?.(deps, request);
    if (value !== undefined) headers.push(name, value);
  }
  if (body !== undefined)
    headers.push('Content-Type', shape?.mediaType ?? 'application/json', 'Content-Length', String(Buffer.byteLength(body)));
  else if (result.status !== 204 && result.status !== 304) headers.push('Content-Length', '0');
  return { status: result.status, headers, body, declared, alsoDeclared, operationId: operation?.operationId };
}

/** In plain JSON, for clients to read where the document describes no answer that could be sent. */
export function plainResponse(
  deps: ResponseDeps,
  { request, operation }: ResponseContext,
  { status, body, headers: given = {} }: HandlerResult,
): HttpResponse {
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
  { spec }: ResponseDeps,
  { operation, neighbours = [] }: ResponseContext,
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
function headersByLowerCaseName(headers: HandlerResult['headers']): ReadonlyMap<string, string> | undefined {
  return headers && new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), headerText(value)]));
}

const headerText = (value: string): string => value.replaceAll(/[^\t\x20-\x7e]/g, '?');

/** The answer to a reply; with response validation a 500 instead of one that breaks the documents, in plain JSON when even that would. */
export function validatedResponse(deps: ResponseDeps, context: ResponseContext, result: HandlerResult): HttpResponse {
  const response = composeResponse(deps, context, result);
  const violations = violationsOf(deps, response);
  if (violations.length === 0) return response;
  const refusal = new Refusal(
    'Internal',
    `The answer ${response.status} of ${nameOf(response)} would break the document: ${violations.map(violationText).join('; ')}`,
  );
  const instead = composeResponse(deps, context, errorResult(refusal, context, deps.clock.now()));
  if (violationsOf(deps, instead).length === 0) return instead;
  // What went wrong first says more than that the document has no form for it.
  const isError = result.status >= 400 && typeof result.body === 'object';
  const error = isError ? result : refusalResult(refusal, context.request, deps.clock.now());
  deps.log.error(
    `An error ${error.status} of ${nameOf(response)} is answered in plain JSON: the document allows neither the answer ${response.status} nor a 500 in its place`,
  );
  return plainResponse(deps, context, error);
}

function violationsOf(deps: ResponseDeps, response: HttpResponse): readonly Violation[] {
  if (!deps.validateResponses) return [];
  const violations = [response.declared, ...response.alsoDeclared].flatMap((declared) =>
    validateResponse(response, declared, deps.clock.now()),
  );
  if (violations.length === 0) return violations;
  deps.log.error(`The answer ${response.status} of ${nameOf(response)} breaks the document: ${violations.map(violationText).join('; ')}`);
  deps.onViolation?.(`${nameOf(response)} ${response.status}`, violations);
  return violations;
}

function validateResponse({ status, headers, body }: HttpResponse, declared: ResponseSpec | undefined, now: number): readonly Violation[] {
  // 501 tells of the emulator, not of the operation.
  if (!declared) return status === 501 ? [] : [{ code: 'responses', target: String(status), message: 'this status is not declared' }];
  const violations = declared.headers.flatMap(({ name, isRequired, validate: judgeValue }): readonly Violation[] => {
    const at = headers.findIndex((entry, index) => index % 2 === 0 && entry === name);
    if (at < 0) return isRequired ? [{ code: 'required', target: name, message: 'is required' }] : [];
    return judgeValue(headers[at + 1], now).violations.map((violation) => ({ ...violation, target: name }));
  });
  return [...violations, ...validateBody(body, declared, now)];
}

function validateBody(body: string | undefined, { mediaType, validateBody: judgeValue }: ResponseSpec, now: number): readonly Violation[] {
  if (!judgeValue) return body === undefined ? [] : [{ code: 'content', target: 'body', message: 'no body is declared' }];
  if (body === undefined) return [{ code: 'content', target: 'body', message: 'a body is declared' }];
  if (!/[/+]json\b/i.test(mediaType ?? '')) return judgeValue(body, now).violations;
  const value: unknown = JSON.parse(body);
  return judgeValue(value, now).violations;
}

function nameOf({ operationId }: HttpResponse): string {
  return operationId ?? 'an unmatched request';
}

function violationText({ code, target, message }: Violation): string {
  return `${code} at ${target || 'the body'} (${message})`;
}
