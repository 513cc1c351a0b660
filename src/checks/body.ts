// Checks of the body: media type, schema, Graph's error shape and its codes.

import { isJsonObject, jsonObjectOf, textOf } from '../documents/json.ts';
import { mediaTypeOf } from '../documents/operation.ts';
import type { Check, CheckContext } from './check.ts';
import { isPreflight, isTypeRefusal } from './declared.ts';
import type { Exchange } from './exchange.ts';
import { expectationOf } from './expectation.ts';
import type { Finding } from './failure.ts';

const hasNoBody = (exchange: Exchange): boolean => exchange.request.method === 'HEAD' || isPreflight(exchange);

export const answerMediaType: Check = (exchange, { declared: { asked, response } }) => {
  if (hasNoBody(exchange) || response?.mediaType === undefined) return undefined;
  const got = exchange.answer.headers['content-type'];
  if (got !== undefined && isSameMedia(got, response.mediaType)) return [];
  const { status } = exchange.answer;
  return [
    {
      requirement: 'answer-media-type',
      expected: response.mediaType,
      got: `${got ?? 'no Content-Type'} from ${asked} with ${status}`,
      exchange,
      fingerprint: `answer-media-type ${response.mediaType} ${got}`,
    },
  ];
};

/** Parameters in any order and case, more of them too; JSON is UTF-8 also when no charset says so. */
function isSameMedia(got: string, documented: string): boolean {
  if (mediaTypeOf(got) !== mediaTypeOf(documented)) return false;
  const given = parametersOf(got);
  const charset = given.get('charset');
  if (charset !== undefined && charset !== 'utf-8') return false;
  return [...parametersOf(documented)].every(([name, value]) => name === 'charset' || given.get(name) === value);
}

function parametersOf(media: string): ReadonlyMap<string, string> {
  const pairs = media.split(';').slice(1);
  return new Map(
    pairs.map((pair) => {
      const [name = '', value = ''] = pair.toLowerCase().split('=', 2);
      return [name.trim(), value.trim().replaceAll('"', '')];
    }),
  );
}

/** Bodies of success; those of errors have a requirement of their own. */
export const answerSchema: Check = (exchange, context) => {
  if (exchange.answer.status >= 400) return undefined;
  return bodyFindings('answer-schema', exchange, context);
};

export const errorBody: Check = (exchange, context) => {
  if (exchange.answer.status < 400) return undefined;
  const findings = bodyFindings('error-body', exchange, context);
  return findings.length > 0 || hasNoBody(exchange) ? findings : contradictions(exchange);
};

const bodyFindings = (requirement: string, exchange: Exchange, { spec, declared, now }: CheckContext): readonly Finding[] => {
  const { asked, response, judgeBody } = declared;
  const { status, text, json } = exchange.answer;
  if (hasNoBody(exchange) || !response) return [];
  const told = (expected: string, got: string, mark: string): Finding => {
    const document = spec.locationOf(response.schema);
    return { requirement, expected, got, exchange, ...(document ? { document } : {}), fingerprint: `${requirement} ${mark}` };
  };
  if (!judgeBody) return text === '' ? [] : [told('no body', `${text.length} characters from ${asked} with ${status}`, asked)];
  if (json === undefined) return [told('a body in JSON', `${start(text)} from ${asked} with ${status}`, `${asked} ${status} JSON`)];
  // A judge may change the spelling of what it is given.
  const { violations: faults } = judgeBody(structuredClone(json), now);
  return faults.map((fault) =>
    told(
      expectationOf(fault.target || 'the body', fault.message),
      `${valueAt(json, fault.target)} from ${asked} with ${status}`,
      `${requirement === 'error-body' ? status : asked} ${withoutIndexes(fault.target)} ${fault.code}`,
    ),
  );
};

/** Ids in the body of an error are those of its headers; its date is about that of the answer. */
function contradictions(exchange: Exchange): readonly Finding[] {
  const { headers, json } = exchange.answer;
  const inner = jsonObjectOf(jsonObjectOf(jsonObjectOf(json)['error'])['innerError']);
  const found: Finding[] = [];
  for (const name of ['request-id', 'client-request-id']) {
    const [inBody, inHeader] = [textOf(inner[name]), headers[name]];
    if (inHeader === undefined || inBody?.toLowerCase() === inHeader.toLowerCase()) continue;
    const expected = `innerError.${name} to be the ${name} of the headers, ${inHeader}`;
    found.push({ requirement: 'error-body', expected, got: `${inBody}`, exchange, fingerprint: `error-body ${name}` });
  }
  const apartMs = Date.parse(textOf(inner['date']) ?? '') - Date.parse(headers['date'] ?? '');
  if (Math.abs(apartMs) > 600_000) {
    const expected = `innerError.date to be about ${headers['date']}`;
    found.push({ requirement: 'error-body', expected, got: `${inner['date']}`, exchange, fingerprint: 'error-body date' });
  }
  return found;
}

/** What the documents say of codes is a SHOULD: judged in full where what must be is kept. */
export const errorCodes: Check = (exchange, { declared: { asked, response, judgeBody }, now }) => {
  const { answer } = exchange;
  if (answer.status < 400 || hasNoBody(exchange) || isTypeRefusal(exchange)) return undefined;
  if (!response?.validateBody || !judgeBody || !isJsonObject(answer.json)) return undefined;
  if (judgeBody(structuredClone(answer.json), now).violations.length > 0) return undefined;
  const { violations: faults } = response.validateBody(structuredClone(answer.json), now);
  return faults.map((fault) => ({
    requirement: 'error-codes',
    expected: expectationOf(fault.target || 'the body', fault.message),
    got: `${valueAt(answer.json, fault.target)} from ${asked} with ${answer.status}`,
    exchange,
    mark: `error-codes ${answer.status} ${fault.target} ${fault.code}`,
  }));
};

function start(text: string): string {
  return text === '' ? 'nothing' : `'${text.slice(0, 80)}'`;
}

const withoutIndexes = (pointer: string): string => pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*');

/** The value at a JSON pointer, in a few words. */
function valueAt(json: unknown, pointer: string): string {
  let value = json;
  for (const name of pointer.split('/').slice(1)) {
    const member = name.replaceAll('~1', '/').replaceAll('~0', '~');
    value = typeof value === 'object' && value !== null && Object.hasOwn(value, member) ? Reflect.get(value, member) : undefined;
  }
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 120);
}
