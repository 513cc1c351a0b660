// Reads values of parsed JSON or YAML as objects, lists and strings.

export type JsonObject = Readonly<Record<string, unknown>>;

const nothing: JsonObject = Object.freeze({});

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value if it is an object, or else an empty object. */
export function jsonObjectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : nothing;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The members that are objects, with their names. */
export function jsonObjectsIn(value: unknown): readonly (readonly [string, JsonObject])[] {
  return Object.entries(jsonObjectOf(value)).filter((entry): entry is [string, JsonObject] => isJsonObject(entry[1]));
}

/** The value of a JSON text; undefined if the text is not JSON. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The value of a JSON text, or the text itself if it is not JSON. */
export function jsonOrText(text: string): unknown {
  const value = jsonIn(text);
  return value === undefined ? text : value;
}

/** The member at a path of names, own or inherited; undefined if there is none. */
export function memberOf(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const name of path) current = typeof current === 'object' && current !== null ? Reflect.get(current, name) : undefined;
  return current;
}

/** The same if it is a text, or else undefined. */
export function textMemberOf(value: unknown, ...path: readonly string[]): string | undefined {
  return textOf(memberOf(value, ...path));
}
