// Reads and changes JSON values at a JSON pointer without modifying the original.

/** The unescaped member names of a pointer. */
export function segmentsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export function pointerTo(parent: string, name: string): string {
  return `${parent}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Own members only: a pointer may name any member, `constructor` too. */
function ownMember(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

export function valueAt(value: unknown, pointer: string): unknown {
  return segmentsOf(pointer).reduce(ownMember, value);
}

/** A copy with this value at the pointer, whose parents must exist. */
export function withValue(value: unknown, pointer: string, member: unknown): unknown {
  if (pointer === '') return member;
  const copy: unknown = structuredClone(value);
  const { parent, name } = locationIn(copy, pointer);
  // Defined, not assigned: a member may be named __proto__.
  if (parent) Object.defineProperty(parent, name, { value: member, enumerable: true, configurable: true, writable: true });
  return copy;
}

/** A copy without the members at these pointers. */
export function without(value: unknown, ...pointers: readonly string[]): unknown {
  const copy: unknown = structuredClone(value);
  for (const pointer of pointers) {
    const { parent, name } = locationIn(copy, pointer);
    if (Array.isArray(parent)) parent.splice(Number(name), 1);
    else if (parent) Reflect.deleteProperty(parent, name);
  }
  return copy;
}

function locationIn(value: unknown, pointer: string): { parent: object | undefined; name: string } {
  const names = segmentsOf(pointer);
  const parent = names.slice(0, -1).reduce(ownMember, value);
  return { parent: typeof parent === 'object' && parent !== null ? parent : undefined, name: names.at(-1) ?? '' };
}

/** Pointers of all members of objects, outer ones first. */
export function membersIn(value: unknown, pointer = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value).map(([name, member]) => [pointerTo(pointer, name), member] as const);
  const own = Array.isArray(value) ? [] : entries.map(([at]) => at);
  return [...own, ...entries.flatMap(([at, member]) => membersIn(member, at))];
}
