// What a connection remembers of its feed while notifications move under it.
import { describe, expect, it } from 'vitest';
import type { Notification } from '../../src/domain/model.ts';
import { createProgress } from '../../src/domain/progress.ts';
import { acknowledgementsOf, nothingServed, withServed } from '../../src/domain/served.ts';

const entry = (createdPosition: number, position: number) =>
  ({ createdPosition, position, earlierPositions: createdPosition === position ? undefined : [createdPosition] }) as Notification;
const start = (position = 0) =>
  createProgress({
    position,
    acknowledgements: [{ position, head: position }],
    served: nothingServed(position),
    device: { unsid: 'phone', platform: 'iOS' },
  });

/** What a cursor that the device comes back with acknowledges, after a connection on which this was served. */
const acknowledgedBy = (served: ReturnType<ReturnType<typeof start>['served']>, position: number) =>
  acknowledgementsOf(withServed(nothingServed(0), { connection: 1, ...served }), position, 1000);

describe('progress', () => {
  it('[R2] does not know a notification that moved away before it was reached', () => {
    const progress = start();
    progress.delivered(entry(1, 1));
    progress.examined(3, 4);
    expect(progress.seen(entry(2, 4))).toMatchObject({ upTo: 0, wasSent: false });
  });

  it('[R2] knows what it has delivered, up to where', () => {
    const progress = start();
    progress.delivered(entry(1, 2));
    expect(progress.seen(entry(1, 5))).toMatchObject({ upTo: 2, wasSent: true });
  });

  it('[R2] knows everything once it has caught up', () => {
    const progress = start();
    progress.caughtUp(7);
    expect(progress.seen(entry(3, 8))).toMatchObject({ upTo: 7 });
  });

  it('[R2] takes an acknowledgement ahead as having handled all that was at or before it, and one behind as nothing', () => {
    const progress = start(5);
    expect(progress.acknowledged(9, 9)).toMatchObject({ ids: [], isAhead: true });
    expect(progress.acknowledged(2, 9)).toMatchObject({ ids: [], isAhead: false });
    expect(progress.position()).toBe(9);
    expect(progress.seen(entry(8, 10))).toMatchObject({ upTo: 9 });
  });

  it('[R2] does not take an acknowledgement for what had moved behind it when it was served', () => {
    const progress = start();
    progress.examined(2, 3);
    progress.examined(3, 3);
    expect(progress.acknowledged(2, 3).acknowledgements).toEqual([{ position: 2, head: 3 }]);
    expect(progress.seen(entry(1, 3))).toMatchObject({ upTo: 0 });
    expect(progress.seen(entry(1, 4)), 'moved again or only later: not known').toMatchObject({ upTo: 2 });
    expect(progress.seen(entry(2, 4))).toMatchObject({ upTo: 2 });
  });

  it('[R2] acknowledges each range with the head it was served at', () => {
    const progress = start();
    progress.examined(2, 4);
    progress.examined(4, 5);
    expect(progress.acknowledged(3, 9).acknowledgements).toEqual([
      { position: 2, head: 4 },
      { position: 3, head: 5 },
    ]);
    expect(progress.served()).toEqual({
      ranges: [
        { after: 0, upTo: 2, head: 4 },
        { after: 2, upTo: 4, head: 5 },
      ],
      shown: [],
      maybeSentUpTo: 0,
    });
  });

  it('[R2] remembers one range for a device that keeps up, and at which head each position of it was served', () => {
    const progress = start();
    for (let position = 1; position <= 100; position += 1) progress.caughtUp(position);
    const served = progress.served();
    expect(served).toMatchObject({ ranges: [{ after: 0, upTo: 100, head: 'itself' }], maybeSentUpTo: 0 });
    expect(acknowledgedBy(served, 40)).toEqual([{ position: 40, head: 40 }]);
    expect(progress.acknowledged(40, 100).acknowledgements).toEqual([{ position: 40, head: 40 }]);
  });

  it('[R2] takes the head for all positions that were served together', () => {
    const progress = start();
    progress.caughtUp(1);
    progress.caughtUp(4);
    progress.caughtUp(5);
    const served = progress.served();
    expect([1, 2, 3, 4, 5].map((position) => acknowledgedBy(served, position).at(-1)?.head)).toEqual([1, 4, 4, 4, 5]);
  });

  it('[R2] remembers a bounded number of ranges, and takes the present head for what it has forgotten', () => {
    const progress = start();
    for (let position = 1; position <= 100; position += 1) progress.examined(position, position + 200);
    expect(progress.served()).toMatchObject({ ranges: { length: 16 }, maybeSentUpTo: 84 });
    expect(progress.acknowledged(3, 400).acknowledgements).toEqual([{ position: 3, head: 400 }]);
    expect(progress.acknowledged(100, 400).acknowledgements.at(-1)).toEqual({ position: 100, head: 300 });
  });

  it('[R6] remembers a bounded number of deliveries, and then sends twice rather than not at all', () => {
    const progress = start();
    for (let position = 1; position <= 20_000; position += 1) progress.delivered(entry(position, position));
    expect(progress.seen(entry(20_000, 20_001))).toMatchObject({ upTo: 0, wasSent: false });
    const tombstone = { ...entry(20_000, 20_001), status: 'Deleted', targets: ['iOS'] as readonly string[] } as Notification;
    expect(progress.seen(tombstone)).toMatchObject({ mayHaveBeenSent: true });
    expect(progress.seen(entry(1, 20_002))).toMatchObject({ upTo: 1, wasSent: true });
  });
});
