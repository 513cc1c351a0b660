// Composes responses from handler results: status, the headers that the document declares, body text; optionally validates them.
import type { Operation } from '../documents/operation.ts';
import { type ResponseSpec, responseFor } from '../documents/responses.ts';
import { Refusal, type Violation } from '../domain/errors.ts';
import type { RequestContext, ResponseDeps } from './context.ts';
import { errorResult, refusalResult } from './errors.ts';
import type { HandlerResult } from './handler.ts';

export interface HttpResponse {
  readonly status: number;
  /** Alternating names and values. */
  readonly headers: readonly string[];
  readonly body: string | undefined;
  /** The document's declaration of this response; undefined if there is none. */
  readonly declared: ResponseSpec | undefined;
  /** The declarations of other operations of the path. */
  readonly alsoDeclared: readonly (ResponseSpec | undefined)[];
  readonly operationId: string | undefined;
}

export interface ResponseContext {
  readonly request: RequestContext;
  /** Undefined if no operation matched. */
  readonly operation: Operation | undefined;
  /** The operations of the path if none has the method; each of them can declare the 405. */
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
  // A browser must not remember localhost as https only.
  'strict-transport-security': (_, { isSecure }) => (isSecure ? 'max-age=0' : 'max-age=31536000'),
};

/** Written with every body, declared or not. */
const alwaysWritten = new Set(['content-type', 'content-length']);

/** Whether a header gets a computed value in every response that declares it. */
export function isComputed(name: string): boolean {
  const key = name.toLowerCase();
  return Object.hasOwn(computedHeaders, key) || alwaysWritten.has(key);
}

/** The recorded shape with the emulator's own values (D15). */
function diagnostic(version: string): string {
  return `{"ServerInfo":{"DataCenter":"Local","Slice":"unsid","Ring":"0","ScaleUnit":"000","RoleInstance":"UNSID_${version}","ADSiteName":"LOCAL"}}`;
}

/** The request's ids and the date, for responses that no document describes. */
export function commonHeaders(deps: ResponseDeps, request: RequestContext): readonly string[] {
  return ['request-id', 'client-request-id', 'Date'].flatMap((name) => [name, computedHeaders[name.toLowerCase()]?.(deps, request) ?? '']);
}

export function composeResponse(deps: ResponseDeps, context: ResponseContext, result: HandlerResult): HttpResponse {
  const { request, operation } = context;
  const [declared, ...alsoDeclared] = declarationsOf(deps, context, result.status);
  // A response that is not declared still gets the common headers.
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

/** Plain JSON, for when the document declares no response that could be sent. */
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

/** The document's declarations for a status; several when it applies to several operations. */
function declarationsOf(
  { spec }: ResponseDeps,
  { operation, neighbours = [] }: ResponseContext,
  status: number,
): readonly (ResponseSpec | undefined)[] {
  if (operation) return [responseFor(operation.responses, status)];
  if (status === 405 && neighbours.length > 0) return neighbours.map(({ responses }) => responseFor(responses, status));
  // For an unknown path or method only x-unmatched applies; other early errors use any operation's declaration.
  const isUnmatched = status === 404 || status === 405;
  return [responseFor(spec.unmatched, status) ?? (isUnmatched ? undefined : spec.responseAnywhere(status))];
}

function bodyText(body: unknown, mediaType = 'application/json'): string {
  return typeof body === 'string' && !/[/+]json\b/i.test(mediaType) ? body : JSON.stringify(body);
}

/** Header values with characters replaced that could end a header. */
function headersByLowerCaseName(headers: HandlerResult['headers']): ReadonlyMap<string, string> | undefined {
  return headers && new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), headerText(value)]));
}

const headerText = (value: string): string => value.replaceAll(/[^\t\x20-\x7e]/g, '?');

/** Composes the response. With response validation, one that violates the documents is replaced by a 500, in plain JSON if the 500 is invalid too. */
export function validatedResponse(deps: ResponseDeps, context: ResponseContext, result: HandlerResult): HttpResponse {
  const response = composeResponse(deps, context, result);
  const violations = violationsOf(deps, response);
  if (violations.length === 0) return response;
  const refusal = new Refusal(
    'Internal',
    `The response ${response.status} of ${nameOf(response)} would violate the document: ${violations.map(violationText).join('; ')}`,
  );
  const instead = composeResponse(deps, context, errorResult(refusal, context, deps.clock.now()));
  if (violationsOf(deps, instead).length === 0) return instead;
  // The original error is more informative than the fact that the document has no response for it.
  const isError = result.status >= 400 && typeof result.body === 'object';
  const error = isError ? result : refusalResult(refusal, context.request, deps.clock.now());
  deps.log.error(
    `The error ${error.status} of ${nameOf(response)} is sent as plain JSON: the document allows neither the response ${response.status} nor a 500 instead`,
  );
  return plainResponse(deps, context, error);
}

function violationsOf(deps: ResponseDeps, response: HttpResponse): readonly Violation[] {
  if (!deps.validateResponses) return [];
  const violations = [response.declared, ...response.alsoDeclared].flatMap((declared) =>
    validateResponse(response, declared, deps.clock.now()),
  );
  if (violations.length === 0) return violations;
  deps.log.error(
    `The response ${response.status} of ${nameOf(response)} violates the document: ${violations.map(violationText).join('; ')}`,
  );
  deps.onViolation?.(`${nameOf(response)} ${response.status}`, violations);
  return violations;
}

function validateResponse({ status, headers, body }: HttpResponse, declared: ResponseSpec | undefined, now: number): readonly Violation[] {
  // 501 is about the emulator, not about the operation.
  if (!declared) return status === 501 ? [] : [{ code: 'responses', target: String(status), message: 'this status is not declared' }];
  const violations = declared.headers.flatMap(({ name, isRequired, validate }): readonly Violation[] => {
    const at = headers.findIndex((entry, index) => index % 2 === 0 && entry === name);
    if (at < 0) return isRequired ? [{ code: 'required', target: name, message: 'is required' }] : [];
    return validate(headers[at + 1], now).violations.map((violation) => ({ ...violation, target: name }));
  });
  return [...violations, ...validateBody(body, declared, now)];
}

function validateBody(body: string | undefined, { mediaType, validateBody: validate }: ResponseSpec, now: number): readonly Violation[] {
  if (!validate) return body === undefined ? [] : [{ code: 'content', target: 'body', message: 'no body is declared' }];
  if (body === undefined) return [{ code: 'content', target: 'body', message: 'a body is declared' }];
  if (!/[/+]json\b/i.test(mediaType ?? '')) return validate(body, now).violations;
  const value: unknown = JSON.parse(body);
  return validate(value, now).violations;
}

function nameOf({ operationId }: HttpResponse): string {
  return operationId ?? 'an unmatched request';
}

function violationText({ code, target, message }: Violation): string {
  return `${code} at ${target || 'the body'} (${message})`;
}
