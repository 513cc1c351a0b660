// Calls with unusual but well-formed ids, parameters and bodies: a service may refuse them, but must not fail at them.
import type { HttpRequest } from '../../checks/exchange.ts';
import type { Operation } from '../../documents/operation.ts';
import { jsonObjectOf } from '../../values/json.ts';
import type { Call } from './response-kinds.ts';

/** Without slashes, a single dot or NUL: HTTP servers may treat those before a service sees them. */
const edgeCaseIds: readonly string[] = [
  'x',
  '0',
  '-1',
  'null',
  'undefined',
  '9'.repeat(40),
  'x'.repeat(300),
  'with space',
  'Ünïcode-名前-🌍',
  '"quoted"',
  "it's",
  "'; DROP TABLE notifications; --",
  '{id}',
  '$metadata',
  '__proto__',
  'constructor',
  'toString',
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
  '00000000-0000-0000-0000-00000000000g',
  '{00000000-0000-4000-8000-000000000000}',
];
/** Fewer than ids, since parameters have their own cases. */
const edgeCaseTexts: readonly string[] = ['', '-1', 'null', 'x'.repeat(300), 'Ünïcode-名前-🌍', '"quoted"', '__proto__'];
/** The characters that header values may have. */
const isPlain = (text: string): boolean => /^[\x21-\x7e]+$/.test(text);

export function edgeCaseCalls(operation: Operation): readonly Call[] {
  const { path, parameters, body } = operation;
  const names = (where: string) => parameters.filter((one) => one.in === where).map(({ name }) => name);
  const unsid = names('header').find((name) => name.toLowerCase() === 'x-uns-id');
  return [
    ...(path.endsWith('}') ? edgeCaseIds.map((id) => edgeCaseCall(`the path of ${id}`, (base) => withParameterValue(base, id))) : []),
    ...(unsid === undefined
      ? []
      : edgeCaseIds
          .filter(isPlain)
          .map((id) => edgeCaseCall(`${unsid}: ${id}`, (base) => ({ ...base, headers: { ...base.headers, [unsid]: id } })))),
    ...names('query').flatMap((name) =>
      edgeCaseTexts.map((text) => edgeCaseCall(`${name}=${text}`, (base) => ({ ...base, query: { ...base.query, [name]: text } }))),
    ),
    ...names('query').map((name) => edgeCaseCall(`${name} twice`, (base) => ({ ...base, query: { ...base.query, [name]: ['x', 'x'] } }))),
    ...(body ? bodies : []),
  ];
}

const edgeCaseCall = (label: string, make: Call['make']): Call => ({ label: label.slice(0, 60), make });

function withParameterValue(base: HttpRequest, id: string): HttpRequest {
  return { ...base, path: base.path.replace(/[^/]+$/, () => encodeURIComponent(id)) };
}

/** Sent as bytes, since `JSON.stringify` does not write such JSON. */
function edgeCaseBody(label: string, change: (json: string) => string): Call {
  return edgeCaseCall(label, ({ json, ...base }) => ({
    ...base,
    headers: { ...base.headers, 'Content-Type': 'application/json' },
    bytes: new TextEncoder().encode(change(JSON.stringify(json))),
  }));
}

const member = (text: string) => (json: string) => `${json.slice(0, -1)}${json === '{}' ? '' : ','}"odd":${text}}`;

const bodies: readonly Call[] = [
  edgeCaseBody('a number that is too large for a double', member('1e999')),
  edgeCaseBody('a number of many digits', member('1'.repeat(400))),
  edgeCaseBody('minus zero', member('-0')),
  edgeCaseBody('half of a surrogate pair', member(String.raw`"\ud83d"`)),
  edgeCaseBody('NUL in a text', member(String.raw`"\u0000"`)),
  edgeCaseBody('an empty member name', (json) => `${json.slice(0, -1)},"":1}`),
  edgeCaseBody('a member twice', (json) => `${json.slice(0, -1)},"odd":1,"odd":2}`),
  edgeCaseBody('a byte order mark before the JSON', (json) => `\ufeff${json}`),
  edgeCaseBody('much white space', (json) => `${' \r\n\t'.repeat(2000)}${json}\n\n`),
  ...[null, [], {}, '', 0, true].map((value) =>
    edgeCaseCall(`${JSON.stringify(value)} for each member`, (base) => ({
      ...base,
      json: Object.fromEntries(Object.keys(jsonObjectOf(base.json)).map((name) => [name, value])),
    })),
  ),
];
