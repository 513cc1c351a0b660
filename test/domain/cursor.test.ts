// Cursors: opaque, of one feed, known or not.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorOf, positionOf } from '../../src/domain/cursor.ts';

describe('a cursor', () => {
  it('[R2] names the position it was made of', () => {
    fc.assert(
      fc.property(fc.nat(), (position) => {
        expect(positionOf(cursorOf('feed', position), { name: 'feed', head: position })).toBe(position);
      }),
    );
  });

  it.each([
    ['of another feed', 'c1.other.1'],
    ['ahead of everything that has happened', 'c1.feed.a'],
    ['empty', ''],
    ['garbage', 'null'],
    ['with a second spelling of its number', 'c1.feed.01'],
    ['with a sign', 'c1.feed.-1'],
    ['in upper case', 'C1.feed.1'],
    ['too long', `c1.feed.${'1'.repeat(400)}`],
  ])('[R3] is unknown when it is %s', (_, cursor) => {
    expect(positionOf(cursor, { name: 'feed', head: 9 })).toBeUndefined();
  });
});
