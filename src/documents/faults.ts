// Turns what a validator found into faults that people can read: where (JSON pointer), which keyword, what is wrong.
import type { ErrorObject } from 'ajv';
import type { Fault } from '../domain/errors.ts';
import { messageOf, typeText } from './fault-message.ts';

/** So many errors are looked at, and so many faults told. */
const maxErrors = 1000;
const maxFaults = 100;

/** Keywords whose own fault says it all; what their parts found is only noise. */
const alone = new Set(['not', 'contains', 'propertyNames']);
const alternatives = new Set(['anyOf', 'oneOf']);
/** Keywords that say nothing new when this member's form or type is at fault already. */
const needForm = new Set(['x-future', 'x-max-ahead', 'enum', 'const']);

export function faultsFrom(errors: readonly ErrorObject[]): readonly Fault[] {
  const faults = told(errors.slice(0, maxErrors));
  const malformed = new Set(faults.filter(({ code }) => code === 'format' || code === 'type').map(({ target }) => target));
  const seen = new Set<string>();
  const kept = faults.filter(({ code, target, message }) => {
    if (needForm.has(code) && malformed.has(target)) return false;
    const key = `${target} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
  return kept.slice(0, maxFaults);
}

/** A keyword with parts comes after what its parts found, so the outermost is met first from the end. */
function told(errors: readonly ErrorObject[]): Fault[] {
  const faults: Fault[][] = [];
  const consumed = new Set<ErrorObject>();
  for (const error of errors.toReversed()) {
    if (consumed.has(error) || error.keyword === 'if') continue;
    if (!alone.has(error.keyword) && !alternatives.has(error.keyword)) {
      faults.push([faultOf(error)]);
      continue;
    }
    const parts = errors.filter((other) => other !== error && isPartOf(other, error));
    for (const part of parts) consumed.add(part);
    faults.push(alternatives.has(error.keyword) ? ofAlternatives(error, parts) : [faultOf(error)]);
  }
  return faults.toReversed().flat();
}

function isPartOf(part: ErrorObject, whole: ErrorObject): boolean {
  const isUnder = part.instancePath === whole.instancePath || part.instancePath.startsWith(`${whole.instancePath}/`);
  return isUnder && part.schemaPath.startsWith(`${whole.schemaPath}/`);
}

function faultOf(error: ErrorObject): Fault {
  return { code: error.keyword, target: targetOf(error), message: messageOf(error) };
}

/** A missing or unknown member is pointed at itself. */
function targetOf({ instancePath, params }: ErrorObject): string {
  const member = params['missingProperty'] ?? params['additionalProperty'] ?? params['unevaluatedProperty'];
  return member === undefined ? instancePath : `${instancePath}/${String(member).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function ofAlternatives(error: ErrorObject, parts: readonly ErrorObject[]): Fault[] {
  const { keyword: code, instancePath: target } = error;
  if (parts.length === 0)
    return [{ code, target, message: code === 'oneOf' ? 'must match exactly one alternative' : 'matches no alternative' }];
  const isHere = (keyword: string) => parts.every((part) => part.keyword === keyword && part.instancePath === target);
  if (isHere('required')) {
    const names = parts.map((part) => String(part.params['missingProperty']));
    return [{ code, target, message: `needs ${code === 'oneOf' ? 'exactly' : 'at least'} one of ${[...new Set(names)].join(', ')}` }];
  }
  if (isHere('type')) return [{ code: 'type', target, message: typeText(parts.flatMap((part) => part.schema)) }];
  return told(nearest(error, parts));
}

/** The alternative that was most likely meant: the one whose fixed values fit, then the one with the fewest errors. */
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
