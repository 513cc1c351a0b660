// Walks a schema: a node for every position in a body that it describes.
import { pointerTo } from '../../checks/json-pointer.ts';
import type { RequestRules } from '../../documents/request-rules.ts';
import { isJsonObject, type JsonObject, jsonObjectOf, jsonObjectsIn, listOf, textOf } from '../../values/json.ts';

export interface SchemaNode {
  /** JSON pointer in a body; the first item of a list stands for all. */
  readonly pointer: string;
  /** The member's name; items have the name of their list. */
  readonly name: string;
  readonly schema: JsonObject;
  /** What the document says about requests. */
  readonly rules: RequestRules;
  /** A member that need not be sent. */
  readonly isOptional: boolean;
}

interface NodePlace {
  readonly pointer: string;
  readonly name: string;
  readonly isOptional: boolean;
}

const root: NodePlace = { pointer: '', name: '', isOptional: false };

/** The schema itself first. Parts of allOf have the same pointer; alternatives are not walked, since they only require members. */
export function nodesOf(schema: unknown, rules: RequestRules, place: NodePlace = root): readonly SchemaNode[] {
  if (!isJsonObject(schema)) return [];
  const { pointer, name } = place;
  const required = requiredOf(schema);
  return [
    { ...place, schema, rules },
    ...listOf(schema['allOf']).flatMap((part) => nodesOf(part, rules, place)),
    ...propertiesOf(schema).flatMap(([member, one]) =>
      nodesOf(one, rules, { pointer: pointerTo(pointer, member), name: member, isOptional: !required.includes(member) }),
    ),
    ...nodesOf(schema['items'], rules, { pointer: `${pointer}/0`, name, isOptional: false }),
  ];
}

/** Without those whose values only the service makes: scenarios send them. */
export function propertiesOf(schema: JsonObject): readonly (readonly [string, JsonObject])[] {
  return jsonObjectsIn(schema['properties']).filter(([, member]) => member['x-made-by-service'] !== true);
}

export function typesOf({ type }: JsonObject): readonly string[] {
  return typeof type === 'string' ? [type] : listOf(type).flatMap((one) => textOf(one) ?? []);
}

export function requiredOf(schema: JsonObject): readonly string[] {
  return listOf(schema['required']).flatMap((one) => textOf(one) ?? []);
}

/** The members that each alternative requires. */
export function alternativesOf(schema: JsonObject): readonly (readonly string[])[] {
  return [...listOf(schema['anyOf']), ...listOf(schema['oneOf'])].map((one) => requiredOf(jsonObjectOf(one)));
}

/** Text that has no keyword but limits of its length. */
export function isFreeText(schema: JsonObject): boolean {
  return typesOf(schema).includes('string') && ['enum', 'const', 'format', 'pattern'].every((keyword) => schema[keyword] === undefined);
}

/** Members that must have the same value everywhere in a case: the application. */
export function isApplicationName(name: string): boolean {
  return name === 'targetHostName' || name === 'application';
}
