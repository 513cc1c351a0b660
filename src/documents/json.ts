// Reads parsed documents: what is an object, a list, a text.

export type JsonObject = Readonly<Record<string, unknown>>;

const nothing: JsonObject = Object.freeze({});

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member as an object; an empty one when it is none. */
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
