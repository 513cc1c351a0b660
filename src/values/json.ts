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
