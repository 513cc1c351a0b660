// The inbox waits for items: event-driven, with a timeout, and with the error of a failed connection.
import { describe, expect, it } from 'vitest';
import { createInbox } from '../../src/contract/target/inbox.ts';

const { signal } = new AbortController();
const long = { limitMs: 60_000, signal };

describe('an inbox', () => {
  it('finds items that are already stored, from a given index on', async () => {
    const inbox = createInbox<string>();
    for (const item of ['a', 'b', 'a']) inbox.push(item);
    expect(await inbox.find((item) => item === 'a', long)).toBe(0);
    expect(await inbox.find((item) => item === 'a', { ...long, from: 1 })).toBe(2);
  });

  it('wakes several callers that wait for different items', async () => {
    const inbox = createInbox<string>();
    const waits = [inbox.find((item) => item === 'b', long), inbox.find((item) => item === 'a', long)];
    for (const item of ['x', 'a', 'b']) inbox.push(item);
    expect(await Promise.all(waits)).toEqual([2, 1]);
  });

  it('finds nothing after the timeout, or when no more items can arrive', async () => {
    const inbox = createInbox<string>();
    expect(await inbox.find(() => true, { limitMs: 1, signal })).toBeUndefined();
    const wait = inbox.find(() => true, long);
    inbox.end();
    expect(await wait).toBeUndefined();
  });

  it('throws the error of the connection, after the items that arrived before', async () => {
    const inbox = createInbox<string>();
    inbox.push('a');
    const wait = inbox.find((item) => item === 'b', long);
    inbox.end(new Error('cut'));
    await expect(wait).rejects.toThrow('cut');
    expect(await inbox.find((item) => item === 'a', long)).toBe(0);
  });

  it('rejects with the reason of its signal', async () => {
    const abort = new AbortController();
    const wait = createInbox<string>().find(() => true, { limitMs: 60_000, signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(wait).rejects.toThrow('enough');
  });
});
