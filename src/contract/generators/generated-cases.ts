// Cases generated from the documents: for every keyword of every schema valid and violating values.
import { assertRequirements, requirementOf } from '../../checks/requirement-of.ts';
import type { Operation } from '../../documents/operation.ts';
import type { Spec } from '../../documents/spec.ts';
import type { Case } from '../case.ts';
import { answerCases } from './answer-cases.ts';
import { bodyCases, bodySubject, detailsCase } from './body-cases.ts';
import { callerCases } from './caller-cases.ts';
import { parameterCases } from './parameter-cases.ts';
import { rawBodyCases } from './raw-body-cases.ts';
import { roundTripCases } from './round-trip-cases.ts';
import { routeCases } from './route-cases.ts';
import { acceptCase } from './variation-case.ts';

/** Operations that have no generated cases. */
export const triedByTables = new Set(['postUserNotification', 'postBatch']);

/** Deterministic: the same documents and seed give the same cases. @throws Error that names an operation without a requirement */
export function generatedCases(spec: Spec, seed: number): readonly Case[] {
  assertRequirements(spec);
  // Neither the user in a path nor the requests of a batch can be made from the document: tables try these operations.
  const operations = spec.operations.filter(({ surface, operationId }) => surface === 'notifications' && !triedByTables.has(operationId));
  return [...operations.flatMap((operation) => ofOperation(spec, operation, seed)), ...routeCases(spec, operations)];
}

function ofOperation(spec: Spec, operation: Operation, seed: number): readonly Case[] {
  const subject = bodySubject(spec, operation);
  return [
    ...(subject ? [...bodyCases(subject, seed), ...detailsCase(subject)] : [plainCase(operation)]),
    ...rawBodyCases(operation),
    ...parameterCases(spec, operation),
    ...callerCases(spec, operation),
    ...roundTripCases(spec, operation),
    ...answerCases(spec, operation),
  ];
}

/** An operation without a body: called as documented, with every parameter. */
function plainCase(operation: Operation): Case {
  const { operationId } = operation;
  return acceptCase({
    id: `${operationId}/call`,
    requirement: requirementOf({ operationId, location: '', keyword: 'base', side: 'valid' }),
    title: 'answers a call as documented',
    operation,
    about: 'a call',
    document: undefined,
    shape: { isFull: operation.parameters.some(({ in: where }) => where === 'query') },
    isBase: true,
    variations: [{ label: 'as documented', alter: (base) => base }],
  });
}
