// Judges a request and its answer together: what the app got wrong, what the target got wrong.
import { answerChecks } from '../checks/all-checks.ts';
import { type Declared, declaredFor } from '../checks/declared.ts';
import type { Exchange } from '../checks/exchange.ts';
import type { Finding } from '../checks/failure.ts';
import type { Spec } from '../documents/spec.ts';
import { type BodyText, bodyText } from './body-text.ts';
import type { Side } from './events.ts';
import { type RequestFault, refusalExpected, requestFaults } from './judge-request.ts';
import type { PassedExchange } from './passed.ts';
import { createRedaction, secretsOf, shownHeaders } from './secrets.ts';
import type { SeenIds } from './seen-ids.ts';

export type SidedFinding = Finding & { readonly side: Side; readonly where: string };

export interface JudgeExchangeParts {
  readonly spec: Spec;
  /** Ids of earlier answers. */
  readonly seen: SeenIds;
  readonly passed: PassedExchange;
  readonly number: number;
  /** Milliseconds since 1970, by the target's clock. */
  readonly now: number;
  /** Bodies are decoded so far. */
  readonly mostBytes: number;
  /** Told why a body was not judged. */
  readonly onUnjudged: (reason: string) => void;
}

/** Checks that read the body. */
const ofBody = new Set(['answer-schema', 'error-body', 'error-codes', 'no-leak']);
/** Bodies are told so far. */
const mostTold = 4000;

/** Surfaces that only this project's emulator has, and sign-in, are passed on without a look at them. */
export function isJudged(spec: Spec, method: string, path: string): boolean {
  const match = spec.match(method, path);
  const operations = match ? ('operation' in match ? [match.operation] : match.operations) : [];
  return operations.every(({ surface }) => surface === 'notifications');
}

export async function judgeExchange(parts: JudgeExchangeParts): Promise<readonly SidedFinding[]> {
  const { spec, passed, mostBytes } = parts;
  const [asked, answered] = await Promise.all(
    [passed, passed.answer].map(({ headers, body }) =>
      bodyText({ ...body, coding: String(headers['content-encoding'] ?? 'identity'), mostBytes }),
    ),
  );
  if (!asked || !answered) return [];
  const isPreflight = passed.method === 'OPTIONS' && passed.headers['access-control-request-method'] !== undefined;
  const faults = isPreflight || passed.isHandshake ? [] : requestFaults({ spec, passed, body: asked, now: parts.now });
  for (const body of [asked, answered]) if (body.kind === 'unread') parts.onUnjudged(body.reason);
  const exchange = exchangeOf(parts, asked, answered, { isTypeFault: faults.some(({ isType }) => isType) });
  const declared = declaredFor(exchange, spec);
  const where = declared.operation?.operationId ?? `${passed.method} ${passed.path}`;
  const { status } = passed.answer;
  const redact = createRedaction(secretsOf(passed.headers, passed.query));
  const shown = redact(shownExchange(exchange));
  const isServed = declared.operation !== undefined && status >= 200 && status < 300;
  const accepted = faults.slice(0, isServed ? 1 : 0).map((fault): SidedFinding => {
    const { expected, got } = fault;
    return {
      ...findingOf(fault),
      side: 'target',
      where,
      expected: refusalExpected(expected),
      got: `${status} for ${got}`,
    };
  });
  const found = [
    ...faults.map((fault): SidedFinding => ({ ...findingOf(fault), side: 'app', where })),
    ...accepted,
    ...answerFindings(parts, exchange, { declared, body: answered }).map((one): SidedFinding => ({ ...one, side: 'target', where })),
  ];
  return found.map(({ exchange: _whole, ...one }) => ({ ...redact(one), exchange: shown }));
}

function findingOf({ isType: _isType, document, ...fault }: RequestFault): Finding {
  return { ...fault, ...(document === undefined ? {} : { document }) };
}

function answerFindings(
  { spec, seen, now, passed }: JudgeExchangeParts,
  exchange: Exchange,
  { declared, body }: { readonly declared: Declared; readonly body: BodyText },
): readonly Finding[] {
  const isRead = passed.answer.body.isWhole && (body.kind === 'text' || body.kind === 'none' || body.kind === 'binary');
  const isWanted = (requirement: string) => {
    // What users have written to each other may look like anything.
    if (requirement === 'no-leak') return isRead && passed.answer.status >= 400;
    return isRead || !ofBody.has(requirement);
  };
  const checks = Object.entries(answerChecks).filter(([requirement]) => isWanted(requirement));
  const found = checks.flatMap(([, check]) => check(exchange, { spec, declared, ...seen, now }) ?? []);
  if (body.kind !== 'corrupt') return found;
  const expected = `a body in ${body.coding}, as Content-Encoding says`;
  return [...found, { requirement: 'answer-schema', expected, got: 'another one', exchange, fingerprint: 'answer-schema encoding' }];
}

function exchangeOf(
  { spec, passed, number }: JudgeExchangeParts,
  asked: BodyText,
  answered: BodyText,
  { isTypeFault }: { readonly isTypeFault: boolean },
): Exchange {
  const { method, path, headers, answer } = passed;
  const text = answered.kind === 'text' ? answered.text : answered.kind === 'binary' ? '\ufffd' : '';
  // What nobody knows may hold anything, secrets too: a query or body of such a request is not told.
  const isShown = isKnown(spec, method, path);
  const { 'content-encoding': _coding, ...decoded } = headers;
  const isDecoded = asked.kind === 'text' && asked.isEncoded;
  return {
    number,
    request: {
      surface: 'client',
      method,
      path,
      // Nobody here knows whether a token is good; a 401 for a wrong type says nothing of it.
      caller: headers.authorization === undefined ? 'none' : isTypeFault ? 'user' : { literal: '<token>' },
    },
    sent: {
      method,
      url: isShown ? passed.targetUrl : passed.targetUrl.replace(/\?.*$/s, '?…'),
      headers: shownHeaders(isDecoded ? decoded : headers),
      body: asked.kind === 'text' && isShown ? asked.text : undefined,
    },
    answer: { status: answer.status, headers: joined(answer.headers), text, json: jsonOf(text) },
    durationMs: passed.durationMs,
  };
}

function isKnown(spec: Spec, method: string, path: string): boolean {
  const match = spec.match(method, path);
  return match !== undefined && 'operation' in match;
}

function joined(headers: PassedExchange['answer']['headers']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]));
}

/** What is kept of a finding must not hold all that went by. */
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
  return text.length <= mostTold ? text : `${text.slice(0, mostTold)}…`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
