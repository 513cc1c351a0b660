// Validates a forwarded exchange: returns the violations of the app and those of the target.
import { answerChecks } from '../checks/all-checks.ts';
import { type Declared, declaredFor } from '../checks/declared.ts';
import type { Exchange } from '../checks/exchange.ts';
import type { Finding } from '../checks/failure.ts';
import type { Spec } from '../documents/spec.ts';
import { asksForMethod } from '../net/preflight.ts';
import { jsonIn } from '../values/json.ts';
import { type BodyText, bodyText } from './body-text.ts';
import type { Side } from './events.ts';
import type { ForwardedExchange } from './forwarded-exchange.ts';
import { createRedaction, secretsOf, shownHeaders } from './redaction.ts';
import type { SeenIds } from './seen-ids.ts';
import { type RequestViolation, refusalExpected, requestViolations } from './validate-request.ts';

export type SidedFinding = Finding & { readonly side: Side; readonly where: string };

export interface ValidateExchangeParts {
  readonly spec: Spec;
  /** Ids in earlier responses. */
  readonly seen: SeenIds;
  readonly forwarded: ForwardedExchange;
  readonly number: number;
  /** Milliseconds since 1970, by the target's clock. */
  readonly now: number;
  /** Maximum size of a decoded body. */
  readonly maxBytes: number;
  /** Called with the reason when a body is not validated. */
  readonly onUnchecked: (reason: string) => void;
}

/** Checks that read the body. */
const bodyChecks = new Set(['answer-schema', 'error-body', 'error-codes', 'no-leak']);
/** Maximum number of characters of a body in a finding. */
const maxShownCharacters = 4000;

/** Sign-in and surfaces that only this project's emulator has are forwarded without validation. */
export function isValidated(spec: Spec, method: string, path: string): boolean {
  const match = spec.match(method, path);
  const operations = match ? ('operation' in match ? [match.operation] : match.operations) : [];
  return operations.every(({ surface }) => surface === 'notifications');
}

export async function validateExchange(parts: ValidateExchangeParts): Promise<readonly SidedFinding[]> {
  const { spec, forwarded, maxBytes } = parts;
  const [requestBody, responseBody] = await Promise.all(
    [forwarded, forwarded.answer].map(({ headers, body }) =>
      bodyText({ ...body, coding: String(headers['content-encoding'] ?? 'identity'), maxBytes }),
    ),
  );
  if (!requestBody || !responseBody) return [];
  const isPreflight = asksForMethod(forwarded.method, forwarded.headers);
  const violations = isPreflight || forwarded.isHandshake ? [] : requestViolations({ spec, forwarded, body: requestBody, now: parts.now });
  for (const body of [requestBody, responseBody]) if (body.kind === 'unread') parts.onUnchecked(body.reason);
  const exchange = exchangeOf(parts, requestBody, responseBody, { isTypeViolation: violations.some(({ isType }) => isType) });
  const declared = declaredFor(exchange, spec);
  const where = declared.operation?.operationId ?? `${forwarded.method} ${forwarded.path}`;
  const { status } = forwarded.answer;
  const redact = createRedaction(secretsOf(forwarded.headers, forwarded.query));
  const shown = redact(shownExchange(exchange));
  const isServed = declared.operation !== undefined && status >= 200 && status < 300;
  const accepted = violations.slice(0, isServed ? 1 : 0).map((violation): SidedFinding => {
    const { expected, got } = violation;
    return {
      ...findingOf(violation),
      side: 'target',
      where,
      expected: refusalExpected(expected),
      got: `${status} for ${got}`,
    };
  });
  const found = [
    ...violations.map((violation): SidedFinding => ({ ...findingOf(violation), side: 'app', where })),
    ...accepted,
    ...answerFindings(parts, exchange, { declared, body: responseBody }).map((one): SidedFinding => ({ ...one, side: 'target', where })),
  ];
  return found.map(({ exchange: _whole, ...one }) => ({ ...redact(one), exchange: shown }));
}

function findingOf({ isType: _isType, document, ...violation }: RequestViolation): Finding {
  return { ...violation, ...(document === undefined ? {} : { document }) };
}

function answerFindings(
  { spec, seen, now, forwarded }: ValidateExchangeParts,
  exchange: Exchange,
  { declared, body }: { readonly declared: Declared; readonly body: BodyText },
): readonly Finding[] {
  const isRead = forwarded.answer.body.isWhole && (body.kind === 'text' || body.kind === 'none' || body.kind === 'binary');
  const isWanted = (requirement: string) => {
    // A successful response contains users' content, which may look like a leak.
    if (requirement === 'no-leak') return isRead && forwarded.answer.status >= 400;
    return isRead || !bodyChecks.has(requirement);
  };
  const checks = Object.entries(answerChecks).filter(([requirement]) => isWanted(requirement));
  const found = checks.flatMap(([, check]) => check(exchange, { spec, declared, ...seen, now }) ?? []);
  if (body.kind !== 'corrupt') return found;
  const expected = `a body in ${body.coding}, as Content-Encoding states`;
  return [
    ...found,
    { requirement: 'answer-schema', expected, got: 'a body in another format', exchange, fingerprint: 'answer-schema encoding' },
  ];
}

function exchangeOf(
  { spec, forwarded, number }: ValidateExchangeParts,
  requestBody: BodyText,
  responseBody: BodyText,
  { isTypeViolation }: { readonly isTypeViolation: boolean },
): Exchange {
  const { method, path, headers, answer } = forwarded;
  const text = responseBody.kind === 'text' ? responseBody.text : responseBody.kind === 'binary' ? '\ufffd' : '';
  // An unknown request may contain secrets anywhere, so its query and body are not shown.
  const isShown = isKnown(spec, method, path);
  const { 'content-encoding': _coding, ...decoded } = headers;
  const isDecoded = requestBody.kind === 'text' && requestBody.isEncoded;
  return {
    number,
    request: {
      surface: 'client',
      method,
      path,
      // The proxy does not know whether a token is valid; 401 for a wrong data type does not mean that it is invalid.
      caller: headers.authorization === undefined ? 'none' : isTypeViolation ? 'user' : { literal: '<token>' },
    },
    sent: {
      method,
      url: isShown ? forwarded.targetUrl : forwarded.targetUrl.replace(/\?.*$/s, '?…'),
      headers: shownHeaders(isDecoded ? decoded : headers),
      body: requestBody.kind === 'text' && isShown ? requestBody.text : undefined,
    },
    answer: { status: answer.status, headers: joined(answer.headers), text, json: jsonIn(text) },
    durationMs: forwarded.durationMs,
  };
}

function isKnown(spec: Spec, method: string, path: string): boolean {
  const match = spec.match(method, path);
  return match !== undefined && 'operation' in match;
}

function joined(headers: ForwardedExchange['answer']['headers']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]));
}

/** The exchange as a finding stores it: bodies are truncated. */
function shownExchange(exchange: Exchange): Exchange {
  const { sent, answer } = exchange;
  const body = sent.body === undefined ? {} : { body: cut(sent.body) };
  return {
    ...exchange,
    sent: { ...sent, ...body },
    answer: { ...answer, text: cut(answer.text), json: undefined, headers: withoutCookies(answer.headers) },
  };
}

function withoutCookies({ 'set-cookie': _cookie, ...rest }: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return rest;
}

function cut(text: string): string {
  return text.length <= maxShownCharacters ? text : `${text.slice(0, maxShownCharacters)}…`;
}
