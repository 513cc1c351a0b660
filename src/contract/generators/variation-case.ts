// Cases that vary a valid request: variations must be accepted, or refused; after a refusal the valid request must still be accepted.
import type { Exchange, HttpRequest } from '../../checks/exchange.ts';
import { CaseSkipped, type Finding } from '../../checks/failure.ts';
import type { Operation } from '../../documents/operation.ts';
import type { Case } from '../case.ts';
import { createFixture } from '../fixture.ts';
import type { BodyShape } from './base-body.ts';
import { baseRequest, type CaseParts, sampleContextOf, surfaceOf } from './base-request.ts';
import type { SampleContext } from './sample.ts';
import { shrink } from './shrink.ts';

export interface RequestVariation {
  readonly label: string;
  /** Returns undefined if the variation does not apply to this request. */
  readonly alter: (base: HttpRequest, sampleContext: SampleContext) => HttpRequest | undefined;
}

/** How a response differs from what is expected, apart from its status. */
export type Mismatch = (Omit<Finding, 'requirement'> & { readonly requirement?: string }) | undefined;

interface CaseBase {
  readonly id: string;
  readonly requirement: string;
  readonly title: string;
  readonly operation: Operation;
  /** Subject of a failure: `/payload/title, minLength`. */
  readonly about: string;
  readonly document: string | undefined;
  /** The method or path is altered, so no operation is called. */
  readonly isElsewhere?: boolean;
}

export interface AcceptedVariation extends CaseBase {
  readonly shape?: BodyShape;
  readonly variations: readonly RequestVariation[];
  /** The case tests the base request itself, so a refusal of it is a failure; in other cases it is a skip. */
  readonly isBase?: boolean;
  /** Validates by the document; invalid bodies are not sent. */
  readonly isValid?: (body: unknown, now: number) => boolean;
  /** Validates the rest of the response. */
  readonly mismatchOf?: (exchange: Exchange, now: number, parts: CaseParts) => Mismatch | Promise<Mismatch>;
  /** Default: the documented statuses of success. */
  readonly statuses?: readonly number[];
}

export interface RefusedVariation extends CaseBase {
  readonly rounds: readonly { readonly shape?: BodyShape; readonly variations: readonly RequestVariation[] }[];
  readonly statuses: readonly number[];
  /** Validates the rest of the response. */
  readonly mismatchOf?: (exchange: Exchange, variation: RequestVariation) => Mismatch;
  /** The document forbids the body; others are not sent. */
  readonly isInvalid?: (body: unknown, now: number) => boolean;
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

export function acceptCase(options: AcceptedVariation): Case {
  const { operation, shape, variations, isValid, mismatchOf, about, document, statuses = successOf(options.operation) } = options;
  return caseOf(options, async (context) => {
    const parts: CaseParts = { context, fixture: createFixture(context) };
    let count = 0;
    for (const { label, alter } of variations) {
      const base = await baseRequest(operation, parts, shape);
      const sampleContext = sampleContextOf(parts);
      const request = alter(base, sampleContext);
      if (!request || (isValid && !isValid(request.json, sampleContext.now))) continue;
      count += 1;
      const exchange = await parts.fixture.send(request);
      const evidence = { ...(document ? { document } : {}), exchange };
      if (!statuses.includes(exchange.answer.status)) {
        await assertBaseAccepted(options, parts);
        const smallest = await smallestOf(options, parts, exchange);
        const expected = `${statuses.join(' or ')} for ${about}: ${label}`;
        context.fail({ ...evidence, expected, got: `${gotOf(smallest.exchange)}${smallest.note}`, exchange: smallest.exchange });
      }
      const mismatch = await mismatchOf?.(exchange, sampleContext.now, parts);
      if (mismatch) context.fail({ ...evidence, ...mismatch, expected: `${mismatch.expected} (${about}: ${label})` });
    }
    if (count === 0) throw new CaseSkipped('the document forbids all its values in such a request');
  });
}

/** Skips the case if the unaltered request is refused, which the cases of the base requests report. @throws CaseSkipped */
async function assertBaseAccepted({ operation, shape, isBase }: AcceptedVariation, parts: CaseParts): Promise<void> {
  if (isBase && !shape?.isFull) return;
  const { answer } = await parts.fixture.send(await baseRequest(operation, parts, isBase ? {} : shape));
  if (!successOf(operation).includes(answer.status)) throw new CaseSkipped(`the unaltered request is refused with ${answer.status}`);
}

/** Reduces the body to the members that are necessary for the failure. */
async function smallestOf(options: AcceptedVariation, parts: CaseParts, exchange: Exchange): Promise<{ exchange: Exchange; note: string }> {
  const { request, answer } = exchange;
  const { isValid } = options;
  if (!isValid || typeof request.json !== 'object' || request.json === null) return { exchange, note: '' };
  let last = exchange;
  const { culprits } = await shrink({
    body: request.json,
    isValid: (body) => isValid(body, sampleContextOf(parts).now),
    fails: async (json) => {
      const tried = await parts.fixture.send({ ...request, json });
      if (tried.answer.status === answer.status) last = tried;
      return tried.answer.status === answer.status;
    },
  });
  return {
    exchange: last,
    note: culprits.length === 0 ? '' : `; the smallest body that is refused has these optional members: ${culprits.join(', ')}`,
  };
}

export function refuseCase(options: RefusedVariation): Case {
  const { operation, rounds, statuses, mismatchOf, isInvalid, about, document } = options;
  return caseOf(options, async (context) => {
    const parts: CaseParts = { context, fixture: createFixture(context) };
    const success = successOf(operation);
    let count = 0;
    for (const { shape, variations } of rounds) {
      const before = await parts.fixture.send(await baseRequest(operation, parts, shape));
      if (!success.includes(before.answer.status)) throw new CaseSkipped(`the unaltered request is refused with ${before.answer.status}`);
      for (const variation of variations) {
        const base = await baseRequest(operation, parts, shape);
        const sampleContext = sampleContextOf(parts);
        const request = variation.alter(base, sampleContext);
        if (!request || (isInvalid && !isInvalid(request.json, sampleContext.now))) continue;
        count += 1;
        const exchange = await parts.fixture.send(request);
        const evidence = { ...(document ? { document } : {}), exchange };
        const expected = `${statuses.join(' or ')} for ${about}: ${variation.label}`;
        if (!statuses.includes(exchange.answer.status)) context.fail({ ...evidence, expected, got: gotOf(exchange) });
        const mismatch = mismatchOf?.(exchange, variation);
        if (mismatch) context.fail({ ...evidence, ...mismatch });
        const again = await parts.fixture.send(await baseRequest(operation, parts, shape));
        if (!success.includes(again.answer.status)) {
          throw new CaseSkipped(
            `has no verdict: the request that was accepted before is refused with ${again.answer.status} after ${variation.label}`,
          );
        }
      }
    }
    if (count === 0) throw new CaseSkipped('the document allows all its values');
  });
}

/** Status and the error's message. */
export function gotOf({ answer: { status, text } }: Exchange): string {
  const message = /"message"\s*:\s*"((?:[^"\\]|\\.){0,160})/.exec(text)?.[1];
  return message === undefined ? String(status) : `${status}: ${message}`;
}
