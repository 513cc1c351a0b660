// Shared by scenarios of lists: publishing several notifications, and asserting which of them are listed in which order.
import type { CaseContext } from '../case.ts';
import { ownIds, type Page, publish, type Query, type Subscribed } from './client-calls.ts';
import type { Posted } from './posting.ts';

export async function publishSome(context: CaseContext, to: Subscribed, count: number): Promise<readonly Posted[]> {
  const all: Posted[] = [];
  for (let number = 0; number < count; number += 1) all.push(await publish(context, to));
  return all;
}

interface ListExpectation {
  readonly pages: readonly Page[];
  readonly own: readonly Posted[];
  readonly expected: readonly Posted[];
  readonly description: string;
}

/** Expects exactly these of the case's own notifications, in this order. */
export function expectListed(context: CaseContext, { pages, own, expected, description }: ListExpectation): void {
  const [got, wanted] = [ownIds(pages, own), expected.map(({ id }) => id)];
  if (got.join() !== wanted.join()) failList(context, { pages, own, description }, got, wanted);
}

function failList(
  context: CaseContext,
  { pages, own, description }: Omit<ListExpectation, 'expected'>,
  got: readonly string[],
  wanted: readonly string[],
): never {
  const name = (id: string) => `${own.findIndex((one) => one.id === id) + 1}`;
  const exchange = pages[0]?.exchange;
  return context.fail({
    expected: `${description}: of ${own.length} posted, in their order, number ${wanted.map(name).join(', ') || 'none'}`,
    got: `number ${got.map(name).join(', ') || 'none'}`,
    ...(exchange ? { exchange } : {}),
  });
}

export const startOf = ({ syncCursor, cursor }: Page): string => syncCursor ?? cursor;
export const everything: Query = { $top: '1000' };
