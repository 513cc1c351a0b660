// Walks what an OpenAPI document says of answers: statuses, headers, media types, and the schemas in them.
import { type Edit, isMutable, type Mutable, mappingAt, type Path, rename, set, valueAt } from './edits.ts';
import { isReference, type Walk } from './locations.ts';
import { walkSchema } from './schema-walk.ts';

export const about = ['description', 'x-source', 'x-mark'];
export const examples = ['example', 'examples'];
export const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const never = { not: {} };
/** No value of it is allowed. */
const impossible = { required: true, schema: never };

export function walkContent(walk: Walk, value: unknown, at: Path): void {
  walk.entries(value, at, (media, place) => {
    const type = 'application/vnd.altered+json';
    walk.add(place, { says: type, edit: rename(place, type) });
    walk.members(media, place, { schema: (schema, entry) => walkSchema(walk, schema, entry) }, examples);
  });
}

export function walkResponses(walk: Walk, value: unknown, at: Path): void {
  walk.entries(value, at, (response, place) => {
    // The emulator cannot do without the lifetime that a new subscription's answer reports.
    walk.add(place, { says: '299', edit: rename(place, '299'), mayRefuse: String(place.at(-1)) === '201' });
    walkResponse(walk, response, place);
  });
}

/** One that is referred to is replaced by one that allows no date. */
export function walkResponse(walk: Walk, value: unknown, at: Path): void {
  if (isReference(value)) {
    const target = value.$ref.startsWith('#/') ? valueAt(walk.tree, value.$ref.split('/').slice(1)) : undefined;
    const known = isMutable(target) && !isReference(target) ? target : { description: 'altered' };
    const headers = { ...(isMutable(known['headers']) ? known['headers'] : {}), Date: impossible };
    walk.add([...at, '$ref'], { says: 'another response', edit: set(at, { ...known, headers }) });
    return;
  }
  walk.members(
    value,
    at,
    {
      headers: (headers, place) =>
        walk.entries(headers, place, (header, entry) => {
          walk.add(entry, { says: `${entry.at(-1)}-altered`, edit: rename(entry, `${entry.at(-1)}-altered`), mayRefuse: true });
          if (!isReference(header)) walkHeader(walk, header, entry);
        }),
      content: (content, place) => walkContent(walk, content, place),
    },
    about,
  );
}

/** Whether it must be sent shows only where it has no value: under another name, in every response that has it. */
export function walkHeader(walk: Walk, value: unknown, at: Path): void {
  if (isReference(value)) {
    walk.add([...at, '$ref'], { says: 'never', edit: set(at, impossible), mayRefuse: true });
    return;
  }
  walk.members(
    value,
    at,
    {
      required: (isRequired, place) =>
        walk.add(
          place,
          isRequired === true
            ? { says: 'false', prepare: renameUses(walk.tree, at), edit: set(place, false), mayRefuse: true }
            : { says: 'true', edit: set(place, true), mayRefuse: true },
        ),
      schema: (schema, place) => walkSchema(walk, schema, place),
    },
    [...about, ...examples],
  );
}

/** The header is asked for under another name in every response of the document that refers to it. */
function renameUses(tree: Mutable, at: Path): Edit {
  const reference = `#/${at.join('/')}`;
  return (copy) => {
    for (const [name, response] of Object.entries(mappingAt(tree, ['components', 'responses']))) {
      renameWhereUsed(copy, ['components', 'responses', name], response, reference);
    }
    for (const [path, item] of Object.entries(mappingAt(tree, ['paths']))) {
      for (const method of methods) {
        const responses = valueAt(item, [method, 'responses']);
        for (const [status, response] of Object.entries(isMutable(responses) ? responses : {})) {
          renameWhereUsed(copy, ['paths', path, method, 'responses', status], response, reference);
        }
      }
    }
  };
}

function renameWhereUsed(copy: Mutable, at: Path, response: unknown, reference: string): void {
  const headers = isMutable(response) && isMutable(response['headers']) ? response['headers'] : {};
  for (const [name, header] of Object.entries(headers)) {
    if (isReference(header) && header.$ref === reference) rename([...at, 'headers', name], `${name}-unsent`)(copy);
  }
}
