// Whether a device may have been sent a notification before its deletion, from what is remembered of what it was served.
import { describe, expect, it } from 'vitest';
import type { Notification, ServedRange } from '../../src/domain/model.ts';
import { acknowledgementsOf, mayHaveBeenSent, nothingServed, withServed } from '../../src/domain/served.ts';

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
    expect(mayHaveBeenSent({ ...nothingServed(0), ranges: [{ ...range, connection: 1 }] }, deleted, 4)).toBe(expected);
  });
});

/** What each of these connections served, in the order in which they ended; `list` stands for a read over HTTP. */
type Connection = readonly [connection: number | 'list', ...ranges: readonly [after: number, upTo: number, head: number | 'itself'][]];

describe('a cursor that a device comes back with', () => {
  it.each<[string, readonly Connection[], [position: number, head: number][]]>([
    ['acknowledges at the present head what is not remembered', [], [[5, 99]]],
    ['acknowledges everything where the position was the head', [[1, [0, 3, 8], [3, 5, 5]]], [[5, 5]]],
    [
      'acknowledges each range with its head',
      [[1, [0, 1, 1], [1, 5, 8]]],
      [
        [1, 1],
        [5, 8],
      ],
    ],
    [
      'acknowledges nothing of what another connection alone has served',
      [
        [1, [0, 4, 4]],
        [2, [4, 5, 8]],
      ],
      [[5, 8]],
    ],
    [
      'takes the latest head of the connections that have served it',
      [
        [1, [0, 5, 'itself']],
        [2, [0, 1, 5], [1, 5, 8]],
      ],
      [
        [1, 5],
        [5, 8],
      ],
    ],
    [
      'takes the next head of a connection where a range is forgotten',
      [
        [1, [3, 5, 6]],
        [2, [0, 2, 4], [2, 5, 8]],
      ],
      [
        [2, 6],
        [5, 8],
      ],
    ],
    [
      'acknowledges the list alone where it may be from a list',
      [
        [1, [0, 1, 1], [1, 5, 7]],
        ['list', [4, 5, 8]],
      ],
      [[5, 8]],
    ],
  ])('[R2] %s', (_what, connections, expected) => {
    const record = connections.reduce(
      (served, [connection, ...ranges]) =>
        withServed(served, {
          connection: connection === 'list' ? undefined : connection,
          ranges: ranges.map(([after, upTo, head]) => ({ after, upTo, head })),
          shown: [],
          maybeSentUpTo: 0,
        }),
      nothingServed(0),
    );
    expect(acknowledgementsOf(record, 5, 99)).toEqual(expected.map(([position, head]) => ({ position, head })));
  });
});
