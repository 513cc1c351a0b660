// Reads the case tables of fixtures/cases, makes what a case needs, sends it to an emulator, and compares the answer.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { durationMs } from '../../src/spec/iso-duration.ts';
import { application, type Start, serverToken, type TestEmulator, tokenOf } from './emulator.ts';
import { type Answer, errorOf, send, targetsOf } from './http-call.ts';

interface CaseRequest {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly token?: 'app' | 'user' | 'otherUser' | 'garbage' | 'none';
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: unknown;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly text?: string;
  readonly noBody?: boolean;
  readonly encoding?: keyof typeof encoders;
}

interface Expected {
  readonly status: number | readonly number[];
  readonly code?: string;
  readonly innerCode?: string;
  readonly targets?: readonly string[];
  readonly body?: Readonly<Record<string, unknown>>;
  readonly members?: readonly string[];
  readonly headers?: Readonly<Record<string, unknown>>;
}

export interface Case {
  readonly id: string;
  readonly requirement: readonly string[];
  readonly says: string;
  readonly request: CaseRequest;
  readonly expect: Expected;
}

interface Table {
  readonly operationId: string;
  readonly request: CaseRequest;
  readonly cases: readonly Case[];
}

const encoders = { gzip: gzipSync, deflate: deflateSync, 'deflate-raw': deflateRawSync, br: brotliCompressSync };

export function readTable(operationId: string): Table {
  return JSON.parse(readFileSync(new URL(`../../fixtures/cases/${operationId}.json`, import.meta.url), 'utf8')) as Table;
}

const titleOf = ({ requirement, says, id }: Case) => `${requirement.map((one) => `[${one}]`).join('')} ${says} (${id})`;

/** One test for each case of the operation's table. `start` with the scope of the file: the cases share an emulator. */
export function describeTable(operationId: string, start: Start): void {
  const table = readTable(operationId);
  let emulator: Promise<TestEmulator> | undefined;
  describe(`the case table of ${operationId}`, () => {
    it.each(table.cases.map((one) => [titleOf(one), one] as const))('%s', async (_title, one) => {
      emulator ??= start();
      await runCase(await emulator, table, one);
    });
  });
}

type Names = Readonly<Record<string, string>>;

/** What the names in braces stand for: a user with two devices and notifications, and another user; fresh for each case. */
async function createNames(emulator: TestEmulator, caseId: string): Promise<Names> {
  const [user, other] = [caseId, `${caseId}-other`];
  const otherApplication = 'fabrikam.example';
  const device = await emulator.subscribe(user, { deviceId: `${user}-pc` });
  const second = await emulator.subscribe(user, { platform: 'iOS' });
  const elsewhere = await emulator.subscribe(user, { application: otherApplication });
  const leaving = await emulator.subscribe(user, { deviceId: `${user}-old` });
  await emulator.send({ method: 'DELETE', path: `/client/v1/subscriptions/${leaving.unsid}`, token: tokenOf(user) });
  const stranger = await emulator.subscribe(other);
  const { id } = await emulator.publish(device, { payload: { rawContent: 'for the user' } });
  const deleted = await emulator.publish(device);
  await emulator.remove(device, deleted.id);
  const theirs = await emulator.publish(stranger);
  const { cursor } = await emulator.list(device);
  return {
    user,
    other,
    application,
    otherApplication,
    cursor,
    id,
    APPLICATION: application.toUpperCase(),
    deviceId: `${user}-pc`,
    unsid: device.unsid,
    secondUnsid: second.unsid,
    otherApplicationUnsid: elsewhere.unsid,
    deletedUnsid: leaving.unsid,
    otherUnsid: stranger.unsid,
    deletedId: deleted.id,
    otherId: theirs.id,
    origin: emulator.url,
    upn: encodeURIComponent(`${user}@unsid.example`),
  };
}

async function runCase(emulator: TestEmulator, table: Table, one: Case): Promise<void> {
  const names = await createNames(emulator, one.id);
  const now = emulator.clock.now();
  const fill = (value: unknown) => filled(value, names, now);
  const request = { ...table.request, ...one.request };
  const headers = fill({ ...table.request.headers, ...one.request.headers }) as Record<string, string | null>;
  const tokens = {
    app: serverToken,
    user: tokenOf(names['user'] ?? ''),
    otherUser: tokenOf(names['other'] ?? ''),
    garbage: 'garbage',
    none: undefined,
  };
  const answer = await send(emulator.url, {
    method: request.method ?? 'GET',
    path: String(fill(`${request.path}${request.query ?? ''}`)),
    token: tokens[request.token ?? 'none'],
    headers,
    ...bytesOf(request, fill),
  });
  compare(answer, fill(one.expect) as Expected, now);
}

function bytesOf(request: CaseRequest, fill: (value: unknown) => unknown): { bytes?: string | Buffer } {
  const { text, body, with: members, noBody, encoding } = request;
  if (noBody || (text === undefined && body === undefined)) return {};
  const merged = members && { ...(body as object), ...members };
  const whole = text === undefined ? JSON.stringify(fill(merged ?? body)) : String(fill(text));
  return { bytes: encoding ? encoders[encoding](whole) : whole };
}

function filled(value: unknown, names: Names, now: number): unknown {
  if (typeof value === 'string') return value.replaceAll(/\{([A-Za-z]+)\}/g, (whole, name: string) => names[name] ?? whole);
  if (Array.isArray(value)) return value.map((item) => filled(item, names, now));
  if (typeof value !== 'object' || value === null) return value;
  const { $ahead, $repeat } = value as { $ahead?: string; $repeat?: [string, number] };
  if ($ahead !== undefined) return instantAhead($ahead, now);
  if ($repeat) return $repeat[0].repeat($repeat[1]);
  const kept = Object.entries(value).filter(([, member]) => !isAbsent(member));
  return Object.fromEntries(kept.map(([name, member]) => [name, filled(member, names, now)]));
}

function isAbsent(member: unknown): boolean {
  return typeof member === 'object' && member !== null && '$absent' in member;
}

/** @throws when the duration cannot be read: a table must not pass by mistake */
function instantAhead(duration: string, now: number): string {
  const isBehind = duration.startsWith('-');
  const ms = durationMs(isBehind ? duration.slice(1) : duration);
  if (ms === undefined) throw new Error(`${duration} is no duration`);
  return new Date(now + (isBehind ? -ms : ms)).toISOString();
}

function compare(answer: Answer, expected: Expected, now: number): void {
  const statuses = [expected.status].flat();
  expect(statuses, `${answer.status}: ${answer.text.slice(0, 500)}`).toContain(answer.status);
  for (const [name, value] of Object.entries(expected.headers ?? {})) match(answer.headers[name.toLowerCase()], value ?? undefined, name);
  for (const [path, value] of Object.entries(expected.body ?? {})) match(memberAt(answer.body, path), value, path);
  if (expected.members) expect(Object.keys(answer.body as object).sort()).toEqual([...expected.members].sort());
  if (answer.status >= 400) compareError(answer, expected, now);
}

function compareError(answer: Answer, { code, innerCode, targets }: Expected, now: number): void {
  const error = errorOf(answer);
  expect(error.message).not.toBe('');
  expect(error.innerError.date).toBe(new Date(now).toISOString());
  expect(error.innerError['request-id']).toBe(answer.headers['request-id']);
  expect(error.innerError['client-request-id']).toBe(answer.headers['client-request-id']);
  if (code !== undefined) expect(error.code).toBe(code);
  if (innerCode !== undefined) expect(error.innerError.code).toBe(innerCode);
  if (targets) {
    expect([...new Set(targetsOf(answer))].sort()).toEqual([...targets].sort());
    expect(error.message).toContain(targetsOf(answer)[0]);
  }
}

/** `value.length` is the number of items of `value`; every other name is a member as it is. */
function memberAt(body: unknown, path: string): unknown {
  const [name = '', length] = path.split(/\.(?=length$)/);
  const member = (body as Record<string, unknown>)[name];
  return length === undefined ? member : (member as readonly unknown[]).length;
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function match(actual: unknown, expected: unknown, where: string): void {
  if (typeof expected !== 'object' || expected === null) expect(actual, where).toBe(expected);
  else if ('$any' in expected) expect(actual, where).toBeDefined();
  else if ('$guid' in expected) expect(actual, where).toMatch(guid);
  else if ('$matches' in expected) expect(String(actual), where).toMatch(new RegExp(String(expected.$matches)));
  else {
    const members = Object.entries(expected);
    if (members.length === 0) expect(actual, where).toEqual({});
    for (const [name, member] of members) match((actual as Record<string, unknown>)[name], member, `${where}/${name}`);
  }
}
