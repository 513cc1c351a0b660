// Tries variations of a request that is accepted: some must be accepted too, others refused, and the base again after a refusal.
import type { Exchange, HttpRequest } from '../../checks/exchange.ts';
import { CaseSkipped, type Finding } from '../../checks/failure.ts';
import type { Operation } from '../../documents/operation.ts';
import type { Case } from '../case.ts';
import { createFixture } from '../fixture.ts';
import type { BodyShape } from './base-body.ts';
import { baseRequest, type SampleContextParts, sampleContextOf, surfaceOf } from './base-request.ts';
import type { SampleContext } from './sample.ts';
import { shrink } from './shrink.ts';

export interface RequestVariation {
  readonly label: string;
  /** Undefined: it cannot be made of this request. */
  readonly alter: (base: HttpRequest, world: SampleContext) => HttpRequest | undefined;
}

/** What an answer lacks beside its status. */
export type Mismatch = (Omit<Finding, 'requirement'> & { readonly requirement?: string }) | undefined;

interface CaseBase {
  readonly id: string;
  readonly requirement: string;
  readonly title: string;
  readonly operation: Operation;
  /** What the failure is about: `/payload/title, minLength`. */
  readonly about: string;
  readonly document: string | undefined;
  /** Of the method and path that are altered: no operation is called. */
  readonly isElsewhere?: boolean;
}

export interface AcceptedVariation extends CaseBase {
  readonly shape?: BodyShape;
  readonly variations: readonly RequestVariation[];
  /** It is about the base itself: a refusal of it is a failure here, and only here. */
  readonly isBase?: boolean;
  /** By the document itself: what it forbids is not tried. */
  readonly isLawful?: (body: unknown, now: number) => boolean;
  /** What else the answer must tell. */
  readonly breach?: (exchange: Exchange, now: number, place: SampleContextParts) => Mismatch | Promise<Mismatch>;
  /** Default: the documented statuses of success. */
  readonly statuses?: readonly number[];
}

export interface RefusedVariation extends CaseBase {
  readonly rounds: readonly { readonly shape?: BodyShape; readonly variations: readonly RequestVariation[] }[];
  readonly statuses: readonly number[];
  /** What else the answer must tell. */
  readonly breach?: (exchange: Exchange, variation: RequestVariation) => Mismatch;
  /** The body is one that the document forbids. */
  readonly isUnlawful?: (body: unknown, now: number) => boolean;
}

export function successOf({ responses }: Operation): readonly number[] {
  return [...responses.keys()].map(Number).filter((status) => status >= 200 && status < 300);
}

export function caseOf(
  { id, requirement, title, operation }: Pick<CaseBase, 'id' | 'requirement' | 'title' | 'operation'>,
  run: Case['run'],
): Case {
  const surface = surfaceOf(operation);
  const needs: Case['needs'] = surface === 'client' ? ['client'] : [];
  return { id: `generated/${id}`, requirement, title, surface, operationId: operation.operationId, needs, origin: 'document', run };
}

export function acceptCase(trial: AcceptedVariation): Case {
  const { operation, shape, variations, isLawful, breach, about, document, statuses = successOf(trial.operation) } = trial;
  return caseOf(trial, async (context) => {
    const place: SampleContextParts = { context, fixture: createFixture(context) };
    let count = 0;
    for (const { label, alter } of variations) {
      const base = await baseRequest(operation, place, shape);
      const world = sampleContextOf(place);
      const request = alter(base, world);
      if (!request || (isLawful && !isLawful(request.json, world.now))) continue;
      count += 1;
      const exchange = await place.fixture.send(request);
      const told = { ...(document ? { document } : {}), exchange };
      if (!statuses.includes(exchange.answer.status)) {
        await assertBaseAccepted(trial, place);
        const smallest = await smallestOf(trial, place, exchange);
        const expected = `${statuses.join(' or ')} for ${about}: ${label}`;
        context.fail({ ...told, expected, got: `${gotOf(smallest.exchange)}${smallest.note}`, exchange: smallest.exchange });
      }
      const broken = await breach?.(exchange, world.now, place);
      if (broken) context.fail({ ...told, ...broken, expected: `${broken.expected} (${about}: ${label})` });
    }
    if (count === 0) throw new CaseSkipped('the document forbids all of its values in such a request');
  });
}

/** The smallest base is judged by its own case, and so is the one with everything, if the smallest is accepted. @throws CaseSkipped */
async function assertBaseAccepted({ operation, shape, isBase }: AcceptedVariation, place: SampleContextParts): Promise<void> {
  if (isBase && !shape?.isFull) return;
  const { answer } = await place.fixture.send(await baseRequest(operation, place, isBase ? {} : shape));
  if (!successOf(operation).includes(answer.status))
    throw new CaseSkipped(`a request without anything special is refused with ${answer.status}`);
}

/** A body with many members is cut down to those that are needed for the fault. */
async function smallestOf(
  trial: AcceptedVariation,
  place: SampleContextParts,
  exchange: Exchange,
): Promise<{ exchange: Exchange; note: string }> {
  const { request, answer } = exchange;
  const { isLawful } = trial;
  if (!isLawful || typeof request.json !== 'object' || request.json === null) return { exchange, note: '' };
  let last = exchange;
  const { culprits } = await shrink({
    body: request.json,
    isLawful: (body) => isLawful(body, sampleContextOf(place).now),
    fails: async (json) => {
      const tried = await place.fixture.send({ ...request, json });
      if (tried.answer.status === answer.status) last = tried;
      return tried.answer.status === answer.status;
    },
  });
  return {
    exchange: last,
    note: culprits.length === 0 ? '' : `; the smallest body that is refused has, beside what is required, ${culprits.join(', ')}`,
  };
}

export function refuseCase(trial: RefusedVariation): Case {
  const { operation, rounds, statuses, breach, isUnlawful, about, document } = trial;
  return caseOf(trial, async (context) => {
    const place: SampleContextParts = { context, fixture: createFixture(context) };
    const success = successOf(operation);
    let count = 0;
    for (const { shape, variations } of rounds) {
      const before = await place.fixture.send(await baseRequest(operation, place, shape));
      if (!success.includes(before.answer.status))
        throw new CaseSkipped(`the request that is altered is refused with ${before.answer.status}`);
      for (const variation of variations) {
        const base = await baseRequest(operation, place, shape);
        const world = sampleContextOf(place);
        const request = variation.alter(base, world);
        if (!request || (isUnlawful && !isUnlawful(request.json, world.now))) continue;
        count += 1;
        const exchange = await place.fixture.send(request);
        const told = { ...(document ? { document } : {}), exchange };
        const expected = `${statuses.join(' or ')} for ${about}: ${variation.label}`;
        if (!statuses.includes(exchange.answer.status)) context.fail({ ...told, expected, got: gotOf(exchange) });
        const broken = breach?.(exchange, variation);
        if (broken) context.fail({ ...told, ...broken });
        const again = await place.fixture.send(await baseRequest(operation, place, shape));
        if (!success.includes(again.answer.status)) {
          throw new CaseSkipped(
            `cannot be judged: the request that was accepted before is refused with ${again.answer.status} after ${variation.label}`,
          );
        }
      }
    }
    if (count === 0) throw new CaseSkipped('the document allows all of its values');
  });
}

/** Status, and what the error says first. */
export function gotOf({ answer: { status, text } }: Exchange): string {
  const said = /"message"\s*:\s*"((?:[^"\\]|\\.){0,160})/.exec(text)?.[1];
  return said === undefined ? String(status) : `${status}: ${said}`;
}
