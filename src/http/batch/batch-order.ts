// The order in which the requests of a batch are served: as they stand, each after those that it depends on.
import { refusalForViolations, type Violation } from '../../domain/errors.ts';
import type { BatchedRequest } from './batch-request.ts';

/** Ids are compared without case (F54). */
export const idKey = (id: string): string => id.toLowerCase();

/** @throws Refusal InvalidBody for ids that occur twice, and for dependencies that are unknown or circular */
export function orderOf(requests: readonly BatchedRequest[]): readonly BatchedRequest[] {
  const byId = new Map(requests.map((one) => [idKey(one.id), one]));
  const violations = requests.flatMap((one, index) => violationsOf(one, { index, requests, byId }));
  if (violations.length > 0) throw refusalForViolations('InvalidBody', violations);
  const ordered = new Set<BatchedRequest>();
  const open = new Set<BatchedRequest>();
  const visit = (one: BatchedRequest): void => {
    if (ordered.has(one)) return;
    if (open.has(one)) throw refusalForViolations('InvalidBody', [circular(requests.indexOf(one))]);
    open.add(one);
    for (const id of one.dependsOn ?? []) {
      const needed = byId.get(idKey(id));
      if (needed) visit(needed);
    }
    ordered.add(one);
  };
  for (const one of requests) visit(one);
  return [...ordered];
}

interface Batch {
  readonly index: number;
  readonly requests: readonly BatchedRequest[];
  readonly byId: ReadonlyMap<string, BatchedRequest>;
}

function violationsOf({ id, dependsOn = [] }: BatchedRequest, { index, requests, byId }: Batch): readonly Violation[] {
  const at = `/requests/${index}`;
  const isTaken = requests.findIndex((one) => idKey(one.id) === idKey(id)) < index;
  const message = `is the id of an earlier request too: ${id}`;
  return [
    ...(isTaken ? [{ code: 'repeated', target: `${at}/id`, message }] : []),
    ...dependsOn.flatMap((needed, place) =>
      byId.has(idKey(needed))
        ? []
        : [{ code: 'unknown', target: `${at}/dependsOn/${place}`, message: `is the id of no request: ${needed}` }],
    ),
  ];
}

const circular = (index: number): Violation => ({
  code: 'circular',
  target: `/requests/${index}/dependsOn`,
  message: 'depends on itself, by way of other requests',
});
