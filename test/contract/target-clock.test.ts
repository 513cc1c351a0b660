// The target's clock in cases: advanced, waited for, or not available.
import { describe, expect, it } from 'vitest';
import type { Exchange, HttpRequest } from '../../src/checks/exchange.ts';
import { CaseSkipped } from '../../src/checks/failure.ts';
import { createTargetClock } from '../../src/contract/target/target-clock.ts';

const day = 86_400;

function clockOf(can: { readonly hasControl: boolean; readonly isSlow: boolean }) {
  const sent: HttpRequest[] = [];
  const waits: number[] = [];
  const measured = createTargetClock({ localNow: () => 0, afterMove: () => undefined, ...can });
  const answer = { status: 200, headers: { date: new Date(90_000).toUTCString() }, text: '{}', json: {} };
  const send = async (request: HttpRequest): Promise<Exchange> => {
    sent.push(request);
    return { number: 1, request, sent: { method: '', url: '', headers: {}, body: undefined }, answer, durationMs: 0 };
  };
  const wait = async (ms: number): Promise<void> => void waits.push(ms);
  return { measured, sent, waits, clock: measured.forCase(send, wait) };
}

describe("the target's clock", () => {
  it('is advanced by the control surface, and read from the response', async () => {
    const { clock, measured, sent, waits } = clockOf({ hasControl: true, isSlow: true });
    await clock.pass(30 * day);
    expect(sent.map(({ path, json }) => [path, json])).toEqual([['/_emulator/v1/clock/advance', { seconds: 30 * day }]]);
    expect([waits, measured.isMoved]).toEqual([[], true]);
    expect(clock.now()).toBeGreaterThanOrEqual(90_000);
  });

  it('is waited for with --slow', async () => {
    const { clock, measured, sent, waits } = clockOf({ hasControl: false, isSlow: true });
    await clock.pass(65);
    expect([sent, waits, measured.isMoved]).toEqual([[], [65_000], false]);
  });

  it.each([
    ['a minute without --slow', 60, false, "needs 60 s to pass, and the target's clock cannot be moved; --slow was not given"],
    ['days', 7 * day, true, "needs 7 days to pass, and the target's clock cannot be moved; --slow waits 5 minutes at most"],
  ])('skips the case that needs %s', async (_needs, seconds, isSlow, reason) => {
    const { clock, waits } = clockOf({ hasControl: false, isSlow });
    await expect(clock.pass(seconds)).rejects.toEqual(new CaseSkipped(reason));
    expect(waits).toEqual([]);
  });
});
