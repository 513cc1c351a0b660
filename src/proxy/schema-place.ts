// Finds the part of a schema that speaks of a member, to tell where in the documents it is written.
import { segmentsOf } from '../checks/json-pointer.ts';
import { isJsonObject, jsonObjectOf, listOf } from '../documents/json.ts';

/** The innermost part that is found on the way; the schema itself when there is none. */
export function schemaAt(schema: unknown, pointer: string): unknown {
  let at = schema;
  for (const name of segmentsOf(pointer)) {
    const next = memberSchema(at, name);
    if (next === undefined) return at;
    at = next;
  }
  return at;
}

function memberSchema(schema: unknown, name: string): unknown {
  if (!isJsonObject(schema)) return undefined;
  const properties = jsonObjectOf(schema['properties']);
  if (Object.hasOwn(properties, name)) return properties[name];
  if (/^\d+$/.test(name) && isJsonObject(schema['items'])) return schema['items'];
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    for (const part of listOf(schema[keyword])) {
      const found = memberSchema(part, name);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
