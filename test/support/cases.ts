// Runs the case tables of fixtures/cases against an emulator: makes what a case needs, sends it, and wants exactly what is expected.
import { describe, expect, it } from 'vitest';
import { type CaseTable, type Expected, readTable, requestOf, type TableRow } from '../../src/contract/tables/case-table.ts';
import { differencesIn } from '../../src/contract/tables/compare.ts';
import { bytesOf, filled, type Names } from '../../src/contract/tables/fill.ts';
import { application, type Start, serverToken, type TestEmulator, tokenOf } from './emulator.ts';
import { type Answer, errorOf, send, targetsOf } from './http-call.ts';

const titleOf = ({ requirement, says, id }: TableRow) => `${requirement.map((one) => `[${one}]`).join('')} ${says} (${id})`;

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

/** What the names in braces stand for: a user with two devices and notifications, and another user; fresh for each case. */
async function createNames(emulator: TestEmulator, caseId: string): Promise<Names> {
  const [user, other] = [caseId, `${caseId}-other`];
  const otherApplication = 'fabrikam.example';
  const device = await emulator.subscribe(user, { deviceId: `${user}-pc` });
  const second = await emulator.subscribe(user, { platform: 'iOS' });
  const elsewhere = await emulator.subscribe(user, { application: otherApplication });
  const leaving = await emulator.subscribe(user, { deviceId: `${user}-old` });
  await emulator.send({ method: 'DELETE', path: `/client/v1/subscriptions/${leaving.unsid}`, token: tokenOf(user) });
  const otherDevice = await emulator.subscribe(other);
  const { id } = await emulator.publish(device, { payload: { rawContent: 'for the user' } });
  const deleted = await emulator.publish(device);
  await emulator.remove(device, deleted.id);
  const theirs = await emulator.publish(otherDevice);
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
    anotherDeviceId: `${user}-another`,
    unsid: device.unsid,
    secondUnsid: second.unsid,
    otherApplicationUnsid: elsewhere.unsid,
    deletedUnsid: leaving.unsid,
    otherUnsid: otherDevice.unsid,
    deletedId: deleted.id,
    otherId: theirs.id,
    origin: emulator.url,
    upn: encodeURIComponent(`${user}@unsid.example`),
  };
}

async function runCase(emulator: TestEmulator, table: CaseTable, one: TableRow): Promise<void> {
  const names = await createNames(emulator, one.id);
  const now = emulator.clock.now();
  const fill = (value: unknown) => filled(value, names, now);
  const request = requestOf(table, one);
  const tokens = {
    app: serverToken,
    user: tokenOf(names['user'] ?? ''),
    otherUser: tokenOf(names['other'] ?? ''),
    garbage: 'garbage',
    none: undefined,
  };
  const bytes = bytesOf(request, fill);
  const answer = await send(emulator.url, {
    method: request.method ?? 'GET',
    path: String(fill(`${request.path}${request.query ?? ''}`)),
    token: tokens[request.token ?? 'none'],
    headers: fill(request.headers) as Record<string, string | null>,
    ...(bytes === undefined ? {} : { bytes }),
  });
  compare(answer, fill(one.expect) as Expected, now);
}

function compare(answer: Answer, expected: Expected, now: number): void {
  expect(differencesIn(answer, expected), `${answer.status}: ${answer.text.slice(0, 500)}`).toEqual([]);
  if (answer.status >= 400) compareError(answer, expected, now);
}

/** Beyond what a row says: Graph's error is whole, and its ids and date are those of the answer. */
function compareError(answer: Answer, { targets }: Expected, now: number): void {
  const error = errorOf(answer);
  expect(error.message).not.toBe('');
  expect(error.innerError.date).toBe(new Date(now).toISOString());
  expect(error.innerError['request-id']).toBe(answer.headers['request-id']);
  expect(error.innerError['client-request-id']).toBe(answer.headers['client-request-id']);
  if (targets) expect(error.message).toContain(targetsOf(answer)[0]);
}
