// Whether a device may have been sent a notification before its deletion, from what is remembered of what it was served.
import { describe, expect, it } from 'vitest';
import type { Notification, ServedRange } from '../../src/domain/model.ts';
import { mayHaveBeenSent, nothingServed } from '../../src/domain/served.ts';

/** Created at 4, deleted at 7. */
const deleted = { status: 'Deleted', createdPosition: 4, position: 7 } as Notification;

describe('a deleted notification', () => {
  it.each<[string, ServedRange, boolean]>([
    ['was sent to a device that kept up meanwhile', { after: 3, upTo: 5, head: 'itself' }, true],
    ['was not sent to a device that kept up before its creation', { after: 0, upTo: 3, head: 'itself' }, false],
    ['was not sent to a device that has kept up since its deletion', { after: 6, upTo: 9, head: 'itself' }, false],
    ['was sent in a backlog that was read before the deletion', { after: 0, upTo: 6, head: 6 }, true],
    ['was not sent in a backlog that was read after the deletion', { after: 0, upTo: 9, head: 9 }, false],
  ])('[R2] %s', (_what, range, expected) => {
    expect(mayHaveBeenSent({ ...nothingServed(0), ranges: [range] }, deleted, 4)).toBe(expected);
  });
});
