// Walks a JSON Schema: every keyword is tightened, or loosened where tightening says nothing.
import { type Edit, isList, isMutable, type Mutable, mappingAt, type Path, rename, set, valueAt } from './edits.ts';
import { type Alteration, isReference, type Visit, type Walk } from './locations.ts';

/** No value satisfies it. */
const never = { not: {} };
/** Satisfied by whatever is no boolean: no one sends one. */
const notBoolean = { type: 'boolean' };

/** They say something to people and generators; the discriminator repeats what the alternatives' constants say. */
export const schemaAnnotations = [
  'title',
  'description',
  'examples',
  'x-source',
  'x-mark',
  'x-level',
  'x-made-by-service',
  'discriminator',
];

const isNever = (value: unknown) => isMutable(value) && isMutable(value['not']) && Object.keys(value['not']).length === 0;

export function walkSchema(walk: Walk, schema: unknown, at: Path): void {
  if (isReference(schema)) {
    walk.add([...at, '$ref'], { says: 'nothing is allowed', edit: set(at, forbidden(walk.tree, schema)) });
    return;
  }
  const nested: Visit = (value, place) => walkSchema(walk, value, place);
  const all: Visit = (value, place) => walk.entries(value, place, nested);
  /** The keyword says something else. */
  const says =
    (value: unknown): Visit =>
    (_value, place) =>
      walk.add(place, { says: JSON.stringify(value), edit: set(place, value) });
  const either =
    (otherwise: string): Visit =>
    (_value, place) =>
      walk.add(place, { says: otherwise, edit: set(place, otherwise) });
  const whole =
    (instead: unknown, then: Visit): Visit =>
    (value, place) => {
      walk.add(place, { says: 'nothing is allowed', edit: set(place, instead) });
      then(value, place);
    };

  walk.members(
    schema,
    at,
    {
      type: (value, place) => walkType(walk, value, place),
      const: (value, place) => walk.add(place, { says: `${value}-altered`, edit: set(place, `${value}-altered`) }),
      enum: (value, place) =>
        walk.entries(value, place, (one, entry) => walk.add(entry, { says: `${one}-altered`, edit: set(entry, `${one}-altered`) })),
      required: (value, place) => walkRequired(walk, value, place),
      properties: (value, place) =>
        walk.entries(value, place, (member, entry) => {
          if (isNever(member)) return walkNeverMember(walk, entry);
          if (!isReference(member)) walk.add(entry, { says: 'nothing is allowed', edit: set(entry, forbidden(walk.tree, member)) });
          nested(member, entry);
        }),
      items: whole(never, nested),
      additionalProperties: whole(never, nested),
      contains: whole({ const: 'altered' }, nested),
      not: says(notBoolean),
      anyOf: whole([never], all),
      oneOf: whole([never], all),
      allOf: whole([never], all),
      if: nested,
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: nested,
      dependentRequired: (value, place) =>
        walk.entries(value, place, (names, entry) => {
          walk.add(entry, { says: 'depends on another', edit: rename(entry, 'altered') });
          walkRequired(walk, names, entry);
        }),
      dependentSchemas: (value, place) =>
        walk.entries(value, place, (member, entry) => {
          walk.add(
            entry,
            { says: 'nothing is allowed', edit: set(entry, never) },
            { says: 'depends on another', edit: rename(entry, 'altered') },
          );
          nested(member, entry);
        }),
      minLength: says(100_000),
      maxLength: says(1),
      minimum: says(2_000_000_000),
      maximum: says(-1),
      exclusiveMinimum: says(2_000_000_000),
      minItems: says(50),
      maxItems: says(0),
      pattern: either('^altered$'),
      format: either('ipv4'),
      default: says(1),
      'x-case-insensitive': says(false),
      'x-numeric-string': says(false),
      'x-lone-item': says(false),
      'x-seconds-optional': says(false),
      'x-future': says(false),
      'x-max-ahead': either('P1D'),
      'x-default-ahead': either('P3D'),
      'x-lifetime': either('P3D'),
      'x-violation': either('InvalidParameter'),
    },
    schemaAnnotations,
  );
}

/** The same with nothing allowed: what other parts read off it stays. Another document's is not repeated. */
function forbidden(tree: Mutable, schema: unknown): unknown {
  if (!isReference(schema)) return isMutable(schema) ? { ...schema, ...never } : never;
  const target = schema.$ref.startsWith('#/') ? valueAt(tree, schema.$ref.split('/').slice(1)) : undefined;
  return isMutable(target) ? { ...target, ...never } : never;
}

/** What was accepted or sent is now of the wrong type; of a list, one type at a time. */
function walkType(walk: Walk, value: unknown, at: Path): void {
  const other = (type: unknown) => (type === 'boolean' ? 'string' : 'boolean');
  const alteration = (place: Path, type: unknown): Alteration => ({ says: other(type), edit: set(place, other(type)) });
  if (isList(value)) walk.entries(value, at, (type, place) => walk.add(place, alteration(place, type)));
  else walk.add(at, alteration(at, value));
}

function walkRequired(walk: Walk, value: unknown, at: Path): void {
  walk.entries(value, at, (name, place) => walk.add(place, { says: `${name}-altered`, edit: set(place, `${name}-altered`) }));
  const added: Edit = (tree) => {
    const names = valueAt(tree, at);
    if (isList(names)) names.push('altered');
  };
  walk.add([...at, '+'], { says: 'and one more', edit: added });
}

/** A member that must not be sent never is: what forbids it is laid on a sibling that is sent, so that it can be seen to bite. */
function walkNeverMember(walk: Walk, at: Path): void {
  const holder = at.slice(0, -1);
  const name = String(at.at(-1));
  const sibling = Object.keys(mappingAt(walk.tree, holder)).find((other) => other !== name);
  if (sibling === undefined) {
    walk.add(at);
    return;
  }
  const exchanged = rename(at, sibling);
  walk.add(at, { says: `forbids ${sibling}`, edit: exchanged });
  walk.add([...at, 'not'], { says: 'allowed', prepare: exchanged, edit: set([...holder, sibling, 'not'], notBoolean) });
}
