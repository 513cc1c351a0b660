// Looks up what the documents declare for a response, and compiles body validators that leave out what is only a SHOULD.
import { basename } from 'node:path';
import type { Operation } from '../documents/operation.ts';
import { type ResponseSpec, responseFor } from '../documents/responses.ts';
import type { Spec } from '../documents/spec.ts';
import { createValidatorFactory, type Validator } from '../documents/validator.ts';
import { asksForMethod } from '../net/preflight.ts';
import { isJsonObject } from '../values/json.ts';
import type { Exchange } from './exchange.ts';

export interface Declared {
  /** The operation that was called; undefined if the documents do not have this path or method. */
  readonly operation: Operation | undefined;
  /** For messages: the operation, or method and path. */
  readonly endpoint: string;
  /** The methods that the path has, if it does not have this one. */
  readonly allow: readonly string[] | undefined;
  /** Undefined if this status is not declared. */
  readonly response: ResponseSpec | undefined;
  /** Validates the body against every MUST; undefined if no body is declared. */
  readonly validateBody: Validator | undefined;
}

/** The name of the document that declares the Graph and client surfaces. */
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
    endpoint: operation?.operationId ?? `${request.method} ${allow ? 'undeclared method' : 'unknown path'}`,
    allow,
    response,
    validateBody: response?.mediaType === undefined ? undefined : validateWithout(spec, response.schema),
  };
}

/** For an unknown path or method any documented error is valid: a missing token, for example, may be reported first. */
function unmatchedResponse(status: number, { unmatched, responseAnywhere }: Spec): ResponseSpec | undefined {
  return responseFor(unmatched, status) ?? (status >= 400 ? responseAnywhere(status) : undefined);
}

function validateWithout(spec: Spec, schema: unknown): Validator {
  const validatorOf = validations.get(spec) ?? lenientValidators(spec);
  validations.set(spec, validatorOf);
  return validatorOf(schema);
}

function lenientValidators(spec: Spec): (schema: unknown) => Validator {
  const validators = createValidatorFactory(spec.documents[0]?.file ?? '', false);
  const compiled = new Map<unknown, Validator>();
  return (schema) => {
    const validator = compiled.get(schema) ?? validators.compile(withoutShould(schema), 'answer');
    compiled.set(schema, validator);
    return validator;
  };
}

/** The schema with every part that is only a SHOULD (`x-level`) reduced to its type. */
export function withoutShould(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutShould);
  if (!isJsonObject(schema)) return schema;
  if (schema['x-level'] === 'SHOULD') return schema['type'] === undefined ? {} : { type: schema['type'] };
  return Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, withoutShould(part)]));
}

/** A CORS preflight is not a call of an operation; it has its own rules and requirement. */
export function isPreflight({ request, sent }: Exchange): boolean {
  return asksForMethod(request.method, sent.headers);
}

/** With a valid token, 401 means a wrong data type (F18, D7); such a response need not say how to authenticate. */
export function isTypeRefusal({ request: { caller }, answer: { status } }: Exchange): boolean {
  return status === 401 && typeof caller === 'string' && caller !== 'none';
}
