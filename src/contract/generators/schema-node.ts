// Walks a schema: every place in a body that it says something of.
import { pointerTo } from '../../checks/json-pointer.ts';
import { isJsonObject, type JsonObject, jsonObjectOf, jsonObjectsIn, listOf, textOf } from '../../documents/json.ts';

export interface SchemaNode {
  /** Where in a body; the first item stands for all. */
  readonly pointer: string;
  /** The member's name; that of the list for its items. */
  readonly name: string;
  readonly schema: JsonObject;
}

/** The schema itself first. Parts of allOf are laid over the same place; alternatives are not walked, they only ask for members. */
export function nodesOf(schema: unknown, pointer = '', name = ''): readonly SchemaNode[] {
  if (!isJsonObject(schema)) return [];
  return [
    { pointer, name, schema },
    ...listOf(schema['allOf']).flatMap((part) => nodesOf(part, pointer, name)),
    ...propertiesOf(schema).flatMap(([member, one]) => nodesOf(one, pointerTo(pointer, member), member)),
    ...nodesOf(schema['items'], `${pointer}/0`, name),
  ];
}

export function propertiesOf(schema: JsonObject): readonly (readonly [string, JsonObject])[] {
  return jsonObjectsIn(schema['properties']);
}

export function typesOf({ type }: JsonObject): readonly string[] {
  return typeof type === 'string' ? [type] : listOf(type).flatMap((one) => textOf(one) ?? []);
}

export function requiredOf(schema: JsonObject): readonly string[] {
  return listOf(schema['required']).flatMap((one) => textOf(one) ?? []);
}

/** The members each alternative asks for; none when there are no alternatives of this kind. */
export function alternativesOf(schema: JsonObject): readonly (readonly string[])[] {
  return [...listOf(schema['anyOf']), ...listOf(schema['oneOf'])].map((one) => requiredOf(jsonObjectOf(one)));
}

/** Text that nothing but its length is said of. */
export function isFreeText(schema: JsonObject): boolean {
  return typesOf(schema).includes('string') && ['enum', 'const', 'format', 'pattern'].every((keyword) => schema[keyword] === undefined);
}

/** Names of what must be the same everywhere in a case: who is sent to. */
export function isApplicationName(name: string): boolean {
  return name === 'targetHostName' || name === 'application';
}
