// Edits of a parsed document: what stands at a path is set, renamed or dropped.

export type Mutable = { [key: string]: unknown };
export type Path = readonly (string | number)[];
export type Edit = (tree: Mutable) => void;

export const isMutable = (value: unknown): value is Mutable => typeof value === 'object' && value !== null && !Array.isArray(value);
export const isList = (value: unknown): value is unknown[] => Array.isArray(value);

/** JSON pointer of a path. */
export const pointer = (path: Path): string => path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

export function valueAt(tree: unknown, path: Path): unknown {
  let value = tree;
  for (const step of path) {
    if (isList(value)) value = value[Number(step)];
    else if (isMutable(value)) value = value[String(step)];
    else return undefined;
  }
  return value;
}

export function mappingAt(tree: unknown, path: Path): Mutable {
  const value = valueAt(tree, path);
  if (!isMutable(value)) throw new Error(`there is no mapping at ${pointer(path)}`);
  return value;
}

export function set(path: Path, value: unknown): Edit {
  const last = path.at(-1);
  if (last === undefined) throw new Error('the whole document cannot be set');
  return (tree) => {
    const holder = valueAt(tree, path.slice(0, -1));
    if (isList(holder)) holder[Number(last)] = structuredClone(value);
    else if (isMutable(holder)) holder[String(last)] = structuredClone(value);
    else throw new Error(`there is nothing to alter at ${pointer(path)}`);
  };
}

/** Gives a member another name, at the same place among its siblings; one that has the name already takes the old one. */
export function rename(path: Path, to: string): Edit {
  const from = String(path.at(-1));
  return (tree) => {
    const holder = mappingAt(tree, path.slice(0, -1));
    const names = new Map([
      [from, to],
      [to, from],
    ]);
    const entries = Object.entries(holder).map(([name, value]) => [names.get(name) ?? name, value] as const);
    for (const name of Object.keys(holder)) delete holder[name];
    Object.assign(holder, Object.fromEntries(entries));
  };
}

export function inTurn(...edits: readonly Edit[]): Edit {
  return (tree) => {
    for (const edit of edits) edit(tree);
  };
}
