// The random steps of a trial of a store.
import fc from 'fast-check';
import type { FeedKey } from '../../src/domain/model.ts';
import { adele } from './store-records.ts';

export const feeds: readonly FeedKey[] = [adele, { ...adele, application: 'fabrikam.example' }, { ...adele, userId: 'alex' }];
const feed = fc.constantFrom(...feeds);
const which = fc.nat(40);
const device = fc.constantFrom('d1', 'd2');
const lifeMs = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 900, max: 5_000 }));

export const storeStep = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('post' as const),
      feed,
      name: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null }),
      lifeMs,
      fallbackMs: fc.option(fc.integer({ min: 1, max: 1_500 }), { nil: undefined }),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('change' as const, 'delete' as const, 'touch' as const), feed, which }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('read' as const), feed, since: fc.nat(40), limit: fc.integer({ min: 1, max: 6 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('move' as const),
      byMs: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 500, max: 4_000 })),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('due' as const), deal: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('subscribe' as const), feed, device, lifeMs }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('unsubscribe' as const, 'fetch' as const, 'acknowledge' as const),
      which,
      position: fc.nat(30),
    }),
  },
);
export type StoreStep = typeof storeStep extends fc.Arbitrary<infer S> ? S : never;
