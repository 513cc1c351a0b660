// YAML in which a few lines stand for more values than any memory has room for.

/** A member of this name: ten of ten of ten …, 10^9 values in nine lines. */
export function aliasBomb(member: string): string {
  const levels = Array.from({ length: 9 }, (_, at) => {
    const items = Array.from({ length: 10 }, () => (at === 0 ? 'x' : `*level${at - 1}`));
    return `  level${at}: &level${at} [${items.join(', ')}]\n`;
  });
  return `${member}:\n${levels.join('')}`;
}
