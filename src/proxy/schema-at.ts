// Finds the subschema for a JSON pointer, to report its location in the documents.
import { segmentsOf } from '../checks/json-pointer.ts';
import { isJsonObject, jsonObjectOf, listOf } from '../values/json.ts';

/** Returns the innermost subschema on the path; the schema itself if there is none. */
export function schemaAt(schema: unknown, pointer: string): unknown {
  let current = schema;
  for (const name of segmentsOf(pointer)) {
    const next = memberSchema(current, name);
    if (next === undefined) return current;
    current = next;
  }
  return current;
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
