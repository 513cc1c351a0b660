// Compiles schemas into judges: normalise first, then every fault.
import type { ValidateFunction } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import type { Fault } from '../domain/errors.ts';
import { DocumentError } from './document-error.ts';
import { faultsFrom } from './faults.ts';
import { compileNormalise } from './normalise.ts';
import { isTree } from './tree.ts';
import { createAjv, type JudgeContext, letBe } from './vocabulary.ts';

export interface Judged {
  /** The value in the schema's spelling; what was given is changed in place. */
  readonly value: unknown;
  /** Empty when it is valid; at most 100. */
  readonly faults: readonly Fault[];
}

/** @param now milliseconds since the epoch, by the service clock */
export type Judge = (value: unknown, now: number) => Judged;

export interface Judging {
  /** `place` is told when the schema does not compile. Compiled at the first use, or by `compileAll`. */
  judgeFor(schema: unknown, place: string): Judge;
  /** @throws DocumentError at the first schema that does not compile */
  compileAll(): void;
}

/** The compiler tells every consequence of a fault; the first says where it is. */
function firstReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^schema is invalid: data/, '').split(', data/', 1)[0] ?? message;
}

/** Above this many items and members only the first fault is looked for: finding all could take more memory than the body. */
const thoroughUpTo = 10_000;
const noFaults: readonly Fault[] = [];

/** The judges of one document. */
export function createJudging(file: string, checksSchemas: boolean): Judging {
  const thorough = createAjv({ allErrors: true, checksSchemas });
  const hasty = createAjv({ allErrors: false, checksSchemas });
  const known = new Map<unknown, () => Judge>();

  function compile(ajv: Ajv2020, schema: unknown, place: string): ValidateFunction {
    try {
      for (const keyword of keywordsIn(schema, new Set())) letBe(ajv, keyword);
      return ajv.compile(isTree(schema) ? schema : schema !== false);
    } catch (error) {
      throw new DocumentError(file, place, `the schema does not compile: ${firstReason(error)}`);
    }
  }

  function create(schema: unknown, place: string): Judge {
    const normalise = compileNormalise(schema);
    const validateAll = compile(thorough, schema, place);
    return (given, now) => {
      const value = normalise ? normalise(given) : given;
      const validate = isLarge(value) ? compile(hasty, schema, place) : validateAll;
      const context: JudgeContext = { now };
      if (validate.call(context, value)) return { value, faults: noFaults };
      const faults = faultsFrom(validate.errors ?? []);
      validate.errors = null;
      return { value, faults };
    };
  }

  function lazily(schema: unknown, place: string): () => Judge {
    let judge: Judge | undefined;
    return () => {
      judge ??= create(schema, place);
      return judge;
    };
  }

  return {
    judgeFor(schema, place) {
      const get = known.get(schema) ?? lazily(schema, place);
      known.set(schema, get);
      return (value, now) => get()(value, now);
    },
    compileAll() {
      for (const get of known.values()) get();
    },
  };
}

/** Names that may be keywords; too many do no harm. */
function keywordsIn(node: unknown, seen: Set<unknown>): Set<string> {
  const found = new Set<string>();
  const open = [node];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    if (isTree(next)) for (const key of Object.keys(next)) found.add(key);
    open.push(...Object.values(next));
  }
  return found;
}

/** Without recursion, because a hostile body may be nested as deep as it is long. */
function isLarge(value: unknown): boolean {
  let count = 0;
  const open = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    const parts = Array.isArray(next) ? next : Object.values(next);
    count += parts.length;
    if (count > thoroughUpTo) return true;
    for (const part of parts) if (typeof part === 'object' && part !== null) open.push(part);
  }
  return false;
}
