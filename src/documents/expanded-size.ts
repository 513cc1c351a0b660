// Counts the values of a structure with shared parts (YAML aliases, references) as if every shared part were copied to each use.

/**
 * The number of values, each counted once per use. Every object is visited only once.
 * @throws RangeError when a part contains itself
 */
export function expandedSize(value: unknown): number {
  const known = new Map<object, number>();
  const underWay = new Set<object>();
  const sizeOf = (node: unknown): number => {
    if (typeof node !== 'object' || node === null) return 1;
    const before = known.get(node);
    if (before !== undefined) return before;
    if (underWay.has(node)) throw new RangeError('a part contains itself');
    underWay.add(node);
    let size = 1;
    for (const part of Object.values(node)) size += sizeOf(part);
    underWay.delete(node);
    known.set(node, size);
    return size;
  };
  return sizeOf(value);
}
