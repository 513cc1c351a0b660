// Waits that a service asks for: how Retry-After is read, and timers beyond what the platform counts.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { retryAfterSeconds } from '../../src/client/throttling.ts';
import { maxDelayMs, realTimer } from '../../src/client/timer.ts';

const now = Date.parse('2026-11-28T00:00:00Z');

it.each([
  ['0', 0],
  ['120', 120],
  ['3000000000', 3_000_000_000],
  ['9'.repeat(400), Number.POSITIVE_INFINITY],
  ['Sat, 28 Nov 2026 00:01:00 GMT', 60],
  ['Sat, 28 Nov 2026 00:00:00 GMT', 0],
  ['Fri, 27 Nov 2026 00:00:00 GMT', 0],
  [undefined, undefined],
  ['', undefined],
  ['-5', undefined],
  ['1e3', undefined],
  ['5.5', undefined],
  ['2001', 2001],
  ['soon', undefined],
  ['1 minute', undefined],
])('Retry-After: %s means %s seconds', (header, seconds) => {
  expect(retryAfterSeconds(header, now)).toBe(seconds);
});

describe('the real timer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it.each([5, maxDelayMs, maxDelayMs + 1, 3 * maxDelayMs + 7])('waits for %i ms, not less', (delayMs) => {
    let isOver = false;
    realTimer.after(delayMs, () => {
      isOver = true;
    });
    vi.advanceTimersByTime(delayMs - 1);
    expect(isOver).toBe(false);
    vi.advanceTimersByTime(1);
    expect(isOver).toBe(true);
  });

  it('can be cancelled at any time of a long wait', () => {
    let isOver = false;
    const cancel = realTimer.after(2 * maxDelayMs, () => {
      isOver = true;
    });
    vi.advanceTimersByTime(maxDelayMs + 5);
    cancel();
    vi.advanceTimersByTime(2 * maxDelayMs);
    expect(isOver).toBe(false);
  });
});
