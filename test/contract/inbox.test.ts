// The inbox that waits for what comes: by event, no longer than it may take, with the fault of a line that failed.
import { describe, expect, it } from 'vitest';
import { createInbox } from '../../src/contract/target/inbox.ts';

const { signal } = new AbortController();
const long = { limitMs: 60_000, signal };

describe('an inbox', () => {
  it('finds what is there already, and from where it is asked to look', async () => {
    const inbox = createInbox<string>();
    for (const item of ['a', 'b', 'a']) inbox.push(item);
    expect(await inbox.find((item) => item === 'a', long)).toBe(0);
    expect(await inbox.find((item) => item === 'a', { ...long, from: 1 })).toBe(2);
  });

  it('tells several who wait for different things', async () => {
    const inbox = createInbox<string>();
    const waits = [inbox.find((item) => item === 'b', long), inbox.find((item) => item === 'a', long)];
    for (const item of ['x', 'a', 'b']) inbox.push(item);
    expect(await Promise.all(waits)).toEqual([2, 1]);
  });

  it('finds nothing when it is late, or when no more will come', async () => {
    const inbox = createInbox<string>();
    expect(await inbox.find(() => true, { limitMs: 1, signal })).toBeUndefined();
    const wait = inbox.find(() => true, long);
    inbox.end();
    expect(await wait).toBeUndefined();
  });

  it('throws what the line failed with, after what came before', async () => {
    const inbox = createInbox<string>();
    inbox.push('a');
    const wait = inbox.find((item) => item === 'b', long);
    inbox.end(new Error('cut'));
    await expect(wait).rejects.toThrow('cut');
    expect(await inbox.find((item) => item === 'a', long)).toBe(0);
  });

  it('gives up with the reason of its signal', async () => {
    const giveUp = new AbortController();
    const wait = createInbox<string>().find(() => true, { limitMs: 60_000, signal: giveUp.signal });
    giveUp.abort(new Error('enough'));
    await expect(wait).rejects.toThrow('enough');
  });
});
