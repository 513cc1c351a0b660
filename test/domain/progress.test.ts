// What a connection remembers of its feed while notifications move under it.
import { describe, expect, it } from 'vitest';
import type { Notification } from '../../src/domain/model.ts';
import { createProgress } from '../../src/domain/progress.ts';

const entry = (createdPosition: number, position: number) => ({ createdPosition, position }) as Notification;

describe('progress', () => {
  it('[R2] does not know a notification that moved away before it was reached', () => {
    const progress = createProgress(0);
    progress.delivered(entry(1, 1));
    progress.examined(3);
    expect(progress.seen(entry(2, 4))).toEqual({ upTo: 0, isKnown: false });
  });

  it('[R2] knows what it has delivered, up to where', () => {
    const progress = createProgress(0);
    progress.delivered(entry(1, 2));
    expect(progress.seen(entry(1, 5))).toEqual({ upTo: 2, isKnown: true });
  });

  it('[R2] knows everything once it has caught up', () => {
    const progress = createProgress(0);
    progress.caughtUp(7);
    expect(progress.seen(entry(3, 8))).toEqual({ upTo: 7, isKnown: true });
  });

  it('[R2] takes an acknowledgement ahead as having seen all up to there, and one behind as nothing', () => {
    const progress = createProgress(5);
    expect(progress.acknowledged(9)).toEqual({ ids: [], since: 5 });
    expect(progress.acknowledged(2)).toEqual({ ids: [], since: undefined });
    expect(progress.position()).toBe(9);
    expect(progress.seen(entry(8, 10))).toEqual({ upTo: 9, isKnown: true });
  });

  it('[R6] remembers a bounded number of deliveries, and then tells twice rather than not at all', () => {
    const progress = createProgress(0);
    for (let position = 1; position <= 20_000; position += 1) progress.delivered(entry(position, position));
    expect(progress.seen(entry(20_000, 20_001))).toEqual({ upTo: 0, isKnown: 'maybe' });
    expect(progress.seen(entry(1, 20_002))).toEqual({ upTo: 1, isKnown: true });
  });
});
