// Reading a long history costs others little: few reads, and a turn of the event loop between them.
import { describe, expect, it } from 'vitest';
import type { Stores } from '../../src/domain/ports.ts';
import { createCore } from '../support/core.ts';

/** A store that counts the entries of each read. */
function counting(reads: number[]) {
  return (stores: Stores): Stores => ({
    ...stores,
    notifications: {
      ...stores.notifications,
      read: async (...asked) => {
        const slice = await stores.notifications.read(...asked);
        reads.push(slice.entries.length);
        return slice;
      },
    },
  });
}

const query = { since: undefined, status: undefined, readState: undefined, userActionState: undefined };

describe('a page of the history', () => {
  it('[F28] of which a filter leaves little is read in large slices, with turns of the event loop between them', async () => {
    const reads: number[] = [];
    const core = createCore({ stores: counting(reads) });
    const phone = await core.subscribe('adele', 'iOS');
    const { service } = core;
    for (let count = 0; count < 6_000; count += 1) await core.publish(phone);
    reads.length = 0;
    let turns = 0;
    let isListing = true;
    const count = () => {
      turns += 1;
      if (isListing) setImmediate(count);
    };
    setImmediate(count);
    const page = await service.history.list(phone, { ...query, readState: 'Read', top: 1 });
    isListing = false;
    expect(page).toMatchObject({ notifications: [], more: false });
    expect(reads.reduce((sum, entries) => sum + entries, 0)).toBe(6_000);
    expect(reads.length).toBeLessThan(20);
    expect(Math.max(...reads)).toBeLessThanOrEqual(1_024);
    expect(turns).toBeGreaterThanOrEqual(3);
  });

  it('[F28] ends where it is full, also in the middle of a slice, and goes on from there', async () => {
    const core = createCore();
    const phone = await core.subscribe('adele', 'iOS');
    const published: string[] = [];
    for (let count = 0; count < 100; count += 1) {
      const { id } = await core.publish(phone);
      published.push(id);
    }
    const wanted = published.filter((_, index) => index % 3 === 0);
    for (const id of wanted) await core.service.history.update(phone, id, { readState: 'Read' });
    const found: string[] = [];
    let since: string | undefined;
    for (let more = true; more; ) {
      const page = await core.service.history.list(phone, { ...query, since, readState: 'Read', top: 4 });
      expect(page.notifications.length).toBeLessThanOrEqual(4);
      found.push(...page.notifications.map(({ id }) => id));
      ({ more, cursor: since } = page);
    }
    expect(found).toEqual(wanted);
  });
});
