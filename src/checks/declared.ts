// Finds what the documents say of an answer: the response that is declared for it, and its judges without what is only a SHOULD.
import { basename } from 'node:path';
import { isJsonObject } from '../documents/json.ts';
import type { Operation } from '../documents/operation.ts';
import { type ResponseSpec, responseFor } from '../documents/responses.ts';
import type { Spec } from '../documents/spec.ts';
import { createValidatorFactory, type Validator } from '../documents/validator.ts';
import type { Exchange } from './exchange.ts';

export interface Declared {
  /** The operation that was called; undefined: no path or method of the documents. */
  readonly operation: Operation | undefined;
  /** Who was asked: the operation, or method and path. */
  readonly asked: string;
  /** Methods that the path has, when it has not this one. */
  readonly allow: readonly string[] | undefined;
  /** Undefined: this status is not declared. */
  readonly response: ResponseSpec | undefined;
  /** Judges the body by what must be; undefined: there is to be no body. */
  readonly judgeBody: Validator | undefined;
}

/** Name of the document that the Graph and client surfaces are in. */
export function documentOf({ documents }: Spec): string {
  return basename(documents.find(({ kind }) => kind === 'notifications')?.file ?? 'notifications.yaml');
}

const validations = new WeakMap<Spec, (schema: unknown) => Validator>();

export function declaredFor({ request, answer }: Exchange, spec: Spec): Declared {
  const match = spec.match(request.method, request.path);
  const operation = match && 'operation' in match ? match.operation : undefined;
  const allow = match && 'allow' in match ? match.allow : undefined;
  const response = operation ? responseFor(operation.responses, answer.status) : unmatchedResponse(answer.status, spec);
  return {
    operation,
    asked: operation?.operationId ?? `${request.method} ${allow ? 'undeclared method' : 'unknown path'}`,
    allow,
    response,
    judgeBody: response?.mediaType === undefined ? undefined : validateWithout(spec, response.schema),
  };
}

/** Where nothing matches, any documented refusal is lawful: who has no token may hear of that first. */
function unmatchedResponse(status: number, { unmatched, responseAnywhere }: Spec): ResponseSpec | undefined {
  return responseFor(unmatched, status) ?? (status >= 400 ? responseAnywhere(status) : undefined);
}

function validateWithout(spec: Spec, schema: unknown): Validator {
  const judgeOf = validations.get(spec) ?? lenientValidators(spec);
  validations.set(spec, judgeOf);
  return judgeOf(schema);
}

function lenientValidators(spec: Spec): (schema: unknown) => Validator {
  const judging = createValidatorFactory(spec.documents[0]?.file ?? '', false);
  const judges = new Map<unknown, Validator>();
  return (schema) => {
    const judge = judges.get(schema) ?? judging.compile(withoutShould(schema), 'answer');
    judges.set(schema, judge);
    return judge;
  };
}

/** The schema with every part that is marked as a SHOULD cut down to its type. */
export function withoutShould(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutShould);
  if (!isJsonObject(schema)) return schema;
  if (schema['x-level'] === 'SHOULD') return schema['type'] === undefined ? {} : { type: schema['type'] };
  return Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, withoutShould(part)]));
}

/** A CORS preflight is no call of an operation: it has rules and a requirement of its own. */
export function isPreflight({ request, sent }: Exchange): boolean {
  return request.method === 'OPTIONS' && sent.headers['access-control-request-method'] !== undefined;
}

/** Who calls with a token that is good hears 401 for wrong types only (F18, D7); it says nothing of how to authenticate. */
export function isTypeRefusal({ request: { caller }, answer: { status } }: Exchange): boolean {
  return status === 401 && typeof caller === 'string' && caller !== 'none';
}
