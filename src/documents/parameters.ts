// Parameters of operations and of the socket's query: parsing, validation, and the error kind that the document assigns to a violation.
import type { ErrorKind, Violation } from '../domain/errors.ts';
import { type JsonObject, jsonObjectOf, listOf, textOf } from '../values/json.ts';
import { DocumentError } from './document-error.ts';
import { nearMiss } from './near-miss.ts';
import type { Validator } from './validator.ts';

export type ParameterLocation = 'path' | 'query' | 'header' | 'cookie';
export type ParameterValue = string | number | boolean | null;

export interface Parameter {
  readonly name: string;
  readonly in: ParameterLocation;
  readonly isRequired: boolean;
  /** From the document, with references resolved. */
  readonly schema: unknown;
  /** The error kind for an invalid value. */
  readonly violation: ErrorKind;
  /** The default, used when the parameter is absent. */
  readonly fallback: ParameterValue | undefined;
  readonly coerce: (text: string) => unknown;
  readonly validate: Validator;
}

/** Raw parameter values; a list when a parameter was sent more than once. */
export type RawParameters = (parameter: Parameter) => string | readonly string[] | undefined;
/** The names that were sent at a place; asked for only where a parameter is missing. */
export type SentNames = (location: ParameterLocation) => readonly string[];

export interface ParameterViolation {
  readonly kind: ErrorKind;
  readonly violation: Violation;
}

export interface ParameterValidation {
  readonly values: Readonly<Record<ParameterLocation, Readonly<Record<string, ParameterValue>>>>;
  readonly violations: readonly ParameterViolation[];
}

const violationKinds: readonly ErrorKind[] = ['InvalidParameter', 'MissingUnsid', 'UnsupportedHeader', 'ContentEncoding'];

export interface ParameterSource {
  readonly file: string;
  readonly location: string;
  readonly name: string;
  readonly in: ParameterLocation;
  readonly isRequired: boolean;
  readonly schema: unknown;
  readonly violation: unknown;
  readonly validate: Validator;
}

/** @throws DocumentError */
export function createParameter({ file, location, schema, violation, ...parameter }: ParameterSource): Parameter {
  const kind = violation === undefined ? 'InvalidParameter' : violationKinds.find((known) => known === violation);
  if (!kind) throw new DocumentError(file, location, `x-violation must be one of ${violationKinds.join(', ')}`);
  const types = typesOf(jsonObjectOf(schema));
  if (types.some((type) => type === 'array' || type === 'object')) {
    throw new DocumentError(file, location, 'only parameters that are strings, numbers or booleans are supported');
  }
  return {
    ...parameter,
    schema,
    violation: kind,
    fallback: fallbackOf(jsonObjectOf(schema)['default']),
    coerce: (text) => coerced(text, types),
  };
}

function typesOf(schema: JsonObject): readonly string[] {
  const { type } = schema;
  return typeof type === 'string' ? [type] : listOf(type).flatMap((one) => textOf(one) ?? []);
}

function fallbackOf(value: unknown): ParameterValue | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

/** JSON's number syntax, with leading zeros allowed. */
const numberText = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
/** Excludes 1e2 and 5.0, which are whole numbers but not written as integers. */
const integerText = /^-?\d+$/;

/** Text that cannot be parsed as the type stays text and is refused by the schema. */
function coerced(text: string, types: readonly string[]): unknown {
  const number = Number(text);
  const isNumber = types.includes('number') ? numberText.test(text) : types.includes('integer') && integerText.test(text);
  // Numbers out of range stay text too.
  if (isNumber && Number.isFinite(number)) return number;
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/** @param now milliseconds since the epoch, by the service clock */
export function validateParameters(
  parameters: readonly Parameter[],
  raw: RawParameters,
  now: number,
  sentNames: SentNames = () => [],
): ParameterValidation {
  const values: Record<ParameterLocation, Record<string, ParameterValue>> = { path: {}, query: {}, header: {}, cookie: {} };
  const found: ParameterViolation[] = [];
  for (const parameter of parameters) {
    const text = raw(parameter);
    const validation = validateParameter(parameter, text, { now, sentNames });
    for (const violation of validation.violations)
      found.push({ kind: kindOf(parameter, text), violation: { ...violation, target: parameter.name } });
    if (validation.violations.length === 0 && validation.value !== undefined) values[parameter.in][parameter.name] = validation.value;
  }
  return { values, violations: found };
}

function validateParameter(
  parameter: Parameter,
  text: ReturnType<RawParameters>,
  { now, sentNames }: { readonly now: number; readonly sentNames: SentNames },
): { value: ParameterValue | undefined; violations: readonly Violation[] } {
  const invalid = (code: string, message: string) => ({ value: undefined, violations: [{ code, target: parameter.name, message }] });
  if (text === undefined)
    return parameter.isRequired
      ? invalid('required', `is required${missingHint(parameter, sentNames)}`)
      : { value: parameter.fallback, violations: [] };
  if (typeof text !== 'string') return invalid('repeated', 'must be given only once');
  const { value, violations } = parameter.validate(parameter.coerce(text), now);
  return { value: fallbackOf(value), violations };
}

/** X-UNSID for X-UNS-ID. */
export function missingHint({ name, in: location }: Pick<Parameter, 'name' | 'in'>, sentNames: SentNames): string {
  const near = nearMiss(sentNames(location), [name]);
  return near ? `; ${near.sent} was sent: did you mean ${near.meant}?` : '';
}

/** MissingUnsid is only for an absent or empty value; other violations are those of any parameter. */
function kindOf({ violation }: Parameter, text: ReturnType<RawParameters>): ErrorKind {
  return violation === 'MissingUnsid' && text !== undefined && text !== '' ? 'InvalidParameter' : violation;
}
