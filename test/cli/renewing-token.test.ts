// Renewal of a token: before its end, one request at a time, with what the last answer gave.
import { expect, it } from 'vitest';
import { createRenewingToken, type IssuedToken } from '../../src/cli/credentials/renewing-token.ts';
import { createEagerTimer } from './eager-timer.ts';

const HOUR_MS = 3_600_000;

/** A platform whose answers a test gives; numbered tokens when it gives none. */
function platform(answers: (() => Promise<IssuedToken>)[] = []) {
  const timer = createEagerTimer();
  const asked: (string | undefined)[] = [];
  const numbered = async (): Promise<IssuedToken> => ({ accessToken: `t${asked.length}`, lifetimeMs: HOUR_MS, refreshToken: undefined });
  const ask = (refreshToken: string | undefined): Promise<IssuedToken> => {
    asked.push(refreshToken);
    return (answers.shift() ?? numbered)();
  };
  return { timer, asked, ...createRenewingToken({ requestToken: ask, timer }) };
}
const given =
  (accessToken: string, members: Partial<IssuedToken> = {}) =>
  async (): Promise<IssuedToken> => ({
    accessToken,
    lifetimeMs: HOUR_MS,
    refreshToken: undefined,
    ...members,
  });
const failing = async (): Promise<never> => {
  throw new Error('no line');
};

it('is kept until five minutes before its end', async () => {
  const { timer, asked, token } = platform();
  expect(await token()).toBe('t1');
  timer.skip(HOUR_MS - 300_001);
  expect(await token()).toBe('t1');
  timer.skip(1);
  expect(await token()).toBe('t2');
  expect(asked).toHaveLength(2);
});

it('is renewed after four fifths of a short life', async () => {
  const { timer, token } = platform([given('a', { lifetimeMs: 60_000 })]);
  await token();
  timer.skip(47_999);
  expect(await token()).toBe('a');
  timer.skip(1);
  expect(await token()).toBe('t2');
});

it('is asked for once, however many wait for it', async () => {
  const { asked, token } = platform();
  expect(await Promise.all([token(), token(), token()])).toEqual(['t1', 't1', 't1']);
  expect(asked).toHaveLength(1);
});

it('[F35] is renewed with the newest refresh token, which stays good when no other comes', async () => {
  const { timer, asked, token } = platform([given('a', { refreshToken: 'r1' }), given('b'), given('c', { refreshToken: 'r2' })]);
  for (let round = 0; round < 4; round += 1) {
    await token();
    timer.skip(HOUR_MS);
  }
  expect(asked).toEqual([undefined, 'r1', 'r1', 'r2']);
});

it('stays in use while it is good when renewing fails, and fails after that', async () => {
  const { timer, token } = platform([given('a'), failing, failing]);
  await token();
  timer.skip(HOUR_MS - 1000);
  expect(await token()).toBe('a');
  timer.skip(1000);
  await expect(token()).rejects.toThrow('no line');
  expect(await token()).toBe('t4');
});

it('is not used any more once the service has refused it', async () => {
  const { asked, token, forget } = platform([given('a', { refreshToken: 'r1' }), failing]);
  await token();
  forget();
  await expect(token()).rejects.toThrow('no line');
  expect(await token()).toBe('t3');
  expect(asked).toEqual([undefined, 'r1', 'r1']);
});
