// Turns the errors of the JSON Schema validator into readable violations: JSON pointer, keyword, message.
import type { ErrorObject } from 'ajv';
import { maxViolations, type Violation } from '../domain/errors.ts';
import { hintOnMissing, messageOf, typeText } from './violation-message.ts';

/** Maximum number of errors that are examined. */
const maxErrors = 1000;

/** Keywords whose own error is sufficient; the errors of their subschemas are dropped. */
const selfContainedKeywords = new Set(['not', 'contains', 'propertyNames']);
const alternativeKeywords = new Set(['anyOf', 'oneOf']);
/** Keywords that add nothing when the member already violates its format or type. */
const formDependentKeywords = new Set(['x-future', 'x-max-ahead', 'enum', 'const']);

export function violationsFrom(errors: readonly ErrorObject[]): readonly Violation[] {
  const violations = collectViolations(errors.slice(0, maxErrors));
  const malformed = new Set(violations.filter(({ code }) => code === 'format' || code === 'type').map(({ target }) => target));
  const seen = new Set<string>();
  const kept = violations.filter(({ code, target, message }) => {
    if (formDependentKeywords.has(code) && malformed.has(target)) return false;
    const key = `${target} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
  return kept.slice(0, maxViolations);
}

/** The error of a keyword with subschemas follows theirs, so that iterating backwards visits the outermost keyword first. */
function collectViolations(errors: readonly ErrorObject[]): Violation[] {
  const violations: Violation[][] = [];
  const consumed = new Set<ErrorObject>();
  for (const error of errors.toReversed()) {
    if (consumed.has(error) || error.keyword === 'if') continue;
    if (!selfContainedKeywords.has(error.keyword) && !alternativeKeywords.has(error.keyword)) {
      violations.push([violationOf(error)]);
      continue;
    }
    const parts = errors.filter((other) => other !== error && isPartOf(other, error));
    for (const part of parts) consumed.add(part);
    violations.push(alternativeKeywords.has(error.keyword) ? violationsOfAlternatives(error, parts) : [violationOf(error)]);
  }
  return violations.toReversed().flat();
}

function isPartOf(part: ErrorObject, whole: ErrorObject): boolean {
  const isUnder = part.instancePath === whole.instancePath || part.instancePath.startsWith(`${whole.instancePath}/`);
  return isUnder && part.schemaPath.startsWith(`${whole.schemaPath}/`);
}

function violationOf(error: ErrorObject): Violation {
  return { code: error.keyword, target: targetOf(error), message: messageOf(error) };
}

/** For a missing or unknown member, the pointer of that member. */
function targetOf({ instancePath, params }: ErrorObject): string {
  const member = params['missingProperty'] ?? params['additionalProperty'] ?? params['unevaluatedProperty'];
  return member === undefined ? instancePath : `${instancePath}/${String(member).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function violationsOfAlternatives(error: ErrorObject, parts: readonly ErrorObject[]): Violation[] {
  const { keyword: code, instancePath: target } = error;
  if (parts.length === 0)
    return [{ code, target, message: code === 'oneOf' ? 'must match exactly one alternative' : 'matches no alternative' }];
  const isHere = (keyword: string) => parts.every((part) => part.keyword === keyword && part.instancePath === target);
  if (isHere('required')) {
    const names = [...new Set(parts.map((part) => String(part.params['missingProperty'])))];
    const message = `needs ${code === 'oneOf' ? 'exactly' : 'at least'} one of ${names.join(', ')}${hintOnMissing(error, names)}`;
    return [{ code, target, message }];
  }
  if (isHere('type')) return [{ code: 'type', target, message: typeText(parts.flatMap((part) => part.schema)) }];
  return collectViolations(nearest(error, parts));
}

/** The alternative that was most likely intended: matching constants and types first, then the fewest errors. */
function nearest(error: ErrorObject, parts: readonly ErrorObject[]): readonly ErrorObject[] {
  const branches = new Map<string | undefined, ErrorObject[]>();
  for (const part of parts) {
    const name = part.schemaPath.slice(error.schemaPath.length + 1).split('/')[0];
    const branch = branches.get(name);
    if (branch) branch.push(part);
    else branches.set(name, [part]);
  }
  const misfits = (branch: readonly ErrorObject[]) => branch.filter(({ keyword }) => keyword === 'const' || keyword === 'type').length;
  const ranked = [...branches.values()].sort((a, b) => misfits(a) - misfits(b) || a.length - b.length);
  return ranked[0] ?? [];
}
