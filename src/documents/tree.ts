// Reads parsed documents: what is an object, a list, a text.

export type Tree = Readonly<Record<string, unknown>>;

const nothing: Tree = Object.freeze({});

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member as an object; an empty one when it is none. */
export function treeOf(value: unknown): Tree {
  return isTree(value) ? value : nothing;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The members that are objects, with their names. */
export function treesIn(value: unknown): readonly (readonly [string, Tree])[] {
  return Object.entries(treeOf(value)).filter((entry): entry is [string, Tree] => isTree(entry[1]));
}
