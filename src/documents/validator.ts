// Compiles schemas into validators, which normalise a value and then report every violation.
import type { ValidateFunction } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import { maxViolations, type Violation } from '../domain/errors.ts';
import { isJsonObject } from '../values/json.ts';
import { DocumentError } from './document-error.ts';
import type { Pass } from './member-names.ts';
import { compileNormalise } from './normalise.ts';
import { exactly, type RequestRules } from './request-rules.ts';
import { violationsFrom } from './violations.ts';
import { allowExtensionKeyword, createAjv, type ValidationContext } from './vocabulary.ts';

export interface Validation {
  /** The value in the schema's spelling; the given value is changed in place. */
  readonly value: unknown;
  /** Empty when the value is valid; at most 100. */
  readonly violations: readonly Violation[];
}

/** @param now milliseconds since the epoch, by the service clock */
export type Validator = (value: unknown, now: number) => Validation;

export interface ValidatorFactory {
  /** `location` is named in the error when the schema does not compile. Schemas compile at their first use, or by `compileAll`. */
  compile(schema: unknown, location: string): Validator;
  /** The same for a part of a request, to which the document's rules for requests apply. */
  compileRequest(schema: unknown, location: string): Validator;
  /** @throws DocumentError at the first schema that does not compile */
  compileAll(): void;
}

/** The compiler lists every consequence of an error; the first entry has the cause. */
function firstReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^schema is invalid: data/, '').split(', data/', 1)[0] ?? message;
}

/** Larger values are validated only up to their first violation: collecting all could take more memory than the body. */
const maxValuesForAllErrors = 10_000;
const noViolations: readonly Violation[] = [];

/** The validators of one document. @param requests its rules for requests */
export function createValidatorFactory(file: string, checksSchemas: boolean, requests: RequestRules = exactly): ValidatorFactory {
  const allErrors = createAjv({ allErrors: true, checksSchemas });
  const firstErrorOnly = createAjv({ allErrors: false, checksSchemas });
  const compiled = new Map<unknown, () => Validator>();
  const compiledRequests = new Map<unknown, () => Validator>();

  function compileSchema(ajv: Ajv2020, schema: unknown, location: string): ValidateFunction {
    try {
      for (const keyword of keywordsIn(schema, new Set())) allowExtensionKeyword(ajv, keyword);
      return ajv.compile(isJsonObject(schema) ? schema : schema !== false);
    } catch (error) {
      throw new DocumentError(file, location, `the schema does not compile: ${firstReason(error)}`);
    }
  }

  function create(schema: unknown, location: string, rules: RequestRules): Validator {
    const normalise = compileNormalise(schema, rules);
    const validateAll = compileSchema(allErrors, schema, location);
    return (given, now) => {
      const pass: Pass | undefined = normalise && { path: [], violations: [] };
      const value = normalise && pass ? normalise(given, pass) : given;
      const unclear = pass?.violations ?? noViolations;
      const validate = isLarge(value) ? compileSchema(firstErrorOnly, schema, location) : validateAll;
      const context: ValidationContext = { now };
      if (validate.call(context, value)) return { value, violations: unclear };
      const violations = violationsFrom(validate.errors ?? []);
      validate.errors = null;
      return { value, violations: [...unclear, ...violations].slice(0, maxViolations) };
    };
  }

  function lazily(schema: unknown, location: string, rules: RequestRules): () => Validator {
    let validator: Validator | undefined;
    return () => {
      validator ??= create(schema, location, rules);
      return validator;
    };
  }

  function compileOnce(known: Map<unknown, () => Validator>, schema: unknown, location: string, rules: RequestRules): Validator {
    const get = known.get(schema) ?? lazily(schema, location, rules);
    known.set(schema, get);
    return (value, now) => get()(value, now);
  }

  return {
    compile: (schema, location) => compileOnce(compiled, schema, location, exactly),
    compileRequest: (schema, location) => compileOnce(compiledRequests, schema, location, requests),
    compileAll() {
      for (const get of [...compiled.values(), ...compiledRequests.values()]) get();
    },
  };
}

/** All member names: a superset of the keywords, which does no harm. */
function keywordsIn(node: unknown, seen: Set<unknown>): Set<string> {
  const found = new Set<string>();
  const open = [node];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    if (isJsonObject(next)) for (const key of Object.keys(next)) found.add(key);
    open.push(...Object.values(next));
  }
  return found;
}

/** Iterative, because a malicious body can be nested deeply enough to overflow the stack. */
function isLarge(value: unknown): boolean {
  let count = 0;
  const open = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    const parts = Array.isArray(next) ? next : Object.values(next);
    count += parts.length;
    if (count > maxValuesForAllErrors) return true;
    for (const part of parts) if (typeof part === 'object' && part !== null) open.push(part);
  }
  return false;
}
