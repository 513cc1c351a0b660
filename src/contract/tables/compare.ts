// Compares a response with what a row of a table expects, and returns every difference.
import { isGuid } from '../../values/guid.ts';
import { isJsonObject, jsonObjectOf, listOf, memberOf } from '../../values/json.ts';
import type { Expected } from './case-table.ts';

export interface Difference {
  /** `status`, `headers`, `body`, `members`; `code` and `targets` are about Graph's error. */
  readonly part: 'status' | 'headers' | 'body' | 'members' | 'code' | 'targets';
  readonly where: string;
  readonly expected: string;
  readonly got: string;
}

export interface ComparableAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: unknown;
}

export interface Leniency {
  /** Maximum difference of instants; 0 if the clock stands still. */
  readonly toleranceMs: number;
  /** If set, further members are no difference, except these. */
  readonly forbiddenMembers?: ReadonlySet<string>;
  /** Names of applications, which are compared without case (F15). */
  readonly applications?: ReadonlySet<string>;
  /** Headers that other checks validate, in lower case. */
  readonly ignoredHeaders?: ReadonlySet<string>;
}

/** No leniency. */
export const exactly: Leniency = { toleranceMs: 0 };

export function differencesIn(answer: ComparableAnswer, expected: Expected, leniency: Leniency = exactly): readonly Difference[] {
  const statuses = [expected.status].flat();
  if (!statuses.includes(answer.status)) {
    return [{ part: 'status', where: 'the status', expected: statuses.join(' or '), got: String(answer.status) }];
  }
  const headers = Object.entries(expected.headers ?? {}).filter(([name]) => !leniency.ignoredHeaders?.has(name.toLowerCase()));
  return [
    ...headers.flatMap(([name, value]) => match('headers', answer.headers[name.toLowerCase()], value ?? undefined, name, leniency)),
    ...Object.entries(expected.body ?? {}).flatMap(([path, value]) => match('body', memberAt(answer.body, path), value, path, leniency)),
    ...memberDifferences(answer, expected, leniency),
    ...(answer.status >= 400 ? errorDifferences(answer, expected, leniency) : []),
  ];
}

function memberDifferences({ body }: ComparableAnswer, { members }: Expected, { forbiddenMembers }: Leniency): readonly Difference[] {
  if (!members) return [];
  const got = Object.keys(jsonObjectOf(body));
  const missing = members.filter((name) => !got.includes(name));
  const extra = got.filter((name) => !members.includes(name) && (!forbiddenMembers || forbiddenMembers.has(name)));
  if (missing.length === 0 && extra.length === 0) return [];
  return [{ part: 'members', where: 'the members', expected: members.toSorted().join(', '), got: got.sort().join(', ') }];
}

function errorDifferences({ body }: ComparableAnswer, expected: Expected, { forbiddenMembers }: Leniency): readonly Difference[] {
  const error = jsonObjectOf(jsonObjectOf(body)['error']);
  const inner = jsonObjectOf(error['innerError']);
  const code = (wanted: string | undefined, got: unknown, where: string): readonly Difference[] =>
    wanted === undefined || wanted === got ? [] : [{ part: 'code', where, expected: wanted, got: formatValue(got) }];
  const targets = [...new Set(listOf(error['details']).map((detail) => String(jsonObjectOf(detail)['target'])))].sort();
  const isGood = forbiddenMembers
    ? (expected.targets ?? []).every((target) => targets.includes(target))
    : expected.targets === undefined || [...expected.targets].sort().join() === targets.join();
  return [
    ...code(expected.code, error['code'], 'error.code'),
    ...code(expected.innerCode, inner['code'], 'error.innerError.code'),
    ...(isGood ? [] : [{ part: 'targets', where: 'error.details', expected: `${expected.targets}`, got: targets.join() } as const]),
  ];
}

/** `value.length` is the number of items of `value`; every other name is the name of a member. */
function memberAt(body: unknown, path: string): unknown {
  const [name = '', length] = path.split(/\.(?=length$)/);
  const member = jsonObjectOf(body)[name];
  return length === undefined ? member : Array.isArray(member) ? member.length : undefined;
}

function match(part: 'headers' | 'body', actual: unknown, expected: unknown, where: string, leniency: Leniency): readonly Difference[] {
  const differs = (isGood: boolean, wanted: string): readonly Difference[] =>
    isGood ? [] : [{ part, where, expected: wanted, got: formatValue(actual) }];
  if (!isJsonObject(expected)) return differs(isSame(actual, expected, leniency), formatValue(expected));
  if ('$any' in expected) return differs(actual !== undefined, 'anything');
  if ('$guid' in expected) return differs(isGuid(String(actual)), 'a GUID');
  if ('$matches' in expected) return differs(new RegExp(String(expected['$matches'])).test(String(actual)), `${expected['$matches']}`);
  if ('$contains' in expected) {
    const isItem = (item: unknown) => match(part, item, expected['$contains'], where, leniency).length === 0;
    return differs(listOf(actual).some(isItem), `an item ${JSON.stringify(expected['$contains'])}`);
  }
  const members = Object.entries(expected);
  if (members.length === 0) return differs(isJsonObject(actual) && Object.keys(actual).length === 0, '{}');
  return members.flatMap(([name, member]) => match(part, memberOf(actual, name), member, `${where}/${name}`, leniency));
}

const instant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

function isSame(actual: unknown, expected: unknown, leniency: Leniency): boolean {
  if (actual === expected || isSameTime(actual, expected, leniency)) return true;
  if (typeof actual !== 'string' || typeof expected !== 'string' || !leniency.applications?.has(expected)) return false;
  return actual.toLowerCase() === expected.toLowerCase();
}

function isSameTime(actual: unknown, expected: unknown, { toleranceMs }: Leniency): boolean {
  if (toleranceMs === 0 || typeof expected !== 'string' || !instant.test(expected) || typeof actual !== 'string') return false;
  return Math.abs(Date.parse(actual) - Date.parse(expected)) <= toleranceMs;
}

function formatValue(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 200);
}
