// Checks on the body of a response: media type, schema, Graph's error format and error codes.
import { mediaTypeOf } from '../documents/operation.ts';
import { isJsonObject, jsonObjectOf, textOf } from '../values/json.ts';
import type { Check, CheckContext } from './check.ts';
import { isPreflight, isTypeRefusal } from './declared.ts';
import type { Exchange } from './exchange.ts';
import { expectationOf } from './expectation.ts';
import type { Finding } from './failure.ts';
import { valueAt } from './json-pointer.ts';

const hasNoBody = (exchange: Exchange): boolean => exchange.request.method === 'HEAD' || isPreflight(exchange);

export const answerMediaType: Check = (exchange, { declared: { endpoint, response } }) => {
  if (hasNoBody(exchange) || response?.mediaType === undefined) return undefined;
  const got = exchange.answer.headers['content-type'];
  if (got !== undefined && isSameMedia(got, response.mediaType)) return [];
  const { status } = exchange.answer;
  return [
    {
      requirement: 'answer-media-type',
      expected: response.mediaType,
      got: `${got ?? 'no Content-Type'} from ${endpoint} with ${status}`,
      exchange,
      fingerprint: `answer-media-type ${response.mediaType} ${got}`,
    },
  ];
};

/** Media type parameters may come in any order and letter case, and additional ones are allowed. JSON is UTF-8 even without a charset. */
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

/** Bodies of successful responses only; error bodies have their own requirement. */
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
  const { endpoint, response, validateBody } = declared;
  const { status, text, json } = exchange.answer;
  if (hasNoBody(exchange) || !response) return [];
  const finding = (expected: string, got: string, fingerprint: string): Finding => {
    const document = spec.locationOf(response.schema);
    return { requirement, expected, got, exchange, ...(document ? { document } : {}), fingerprint: `${requirement} ${fingerprint}` };
  };
  if (!validateBody) return text === '' ? [] : [finding('no body', `${text.length} characters from ${endpoint} with ${status}`, endpoint)];
  if (json === undefined)
    return [finding('a body in JSON', `${start(text)} from ${endpoint} with ${status}`, `${endpoint} ${status} JSON`)];
  // A validator may normalize the value that it is given.
  const { violations } = validateBody(structuredClone(json), now);
  return violations.map((violation) =>
    finding(
      expectationOf(violation.target || 'the body', violation.message),
      `${shownValueAt(json, violation.target)} from ${endpoint} with ${status}`,
      `${requirement === 'error-body' ? status : endpoint} ${withoutIndexes(violation.target)} ${violation.code}`,
    ),
  );
};

/** The ids in an error body must be those of the headers, and its date must be close to that of the response. */
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

/** The documented error codes are a SHOULD: they are checked only if the body satisfies every MUST. */
export const errorCodes: Check = (exchange, { declared: { endpoint, response, validateBody }, now }) => {
  const { answer } = exchange;
  if (answer.status < 400 || hasNoBody(exchange) || isTypeRefusal(exchange)) return undefined;
  if (!response?.validateBody || !validateBody || !isJsonObject(answer.json)) return undefined;
  if (validateBody(structuredClone(answer.json), now).violations.length > 0) return undefined;
  const { violations } = response.validateBody(structuredClone(answer.json), now);
  return violations.map(
    (violation): Finding => ({
      requirement: 'error-codes',
      expected: expectationOf(violation.target || 'the body', violation.message),
      got: `${shownValueAt(answer.json, violation.target)} from ${endpoint} with ${answer.status}`,
      exchange,
      fingerprint: `error-codes ${answer.status} ${violation.target} ${violation.code}`,
    }),
  );
};

function start(text: string): string {
  return text === '' ? 'nothing' : `'${text.slice(0, 80)}'`;
}

const withoutIndexes = (pointer: string): string => pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*');

/** The value at a JSON pointer as short text. */
function shownValueAt(json: unknown, pointer: string): string {
  const value = valueAt(json, pointer);
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 120);
}
