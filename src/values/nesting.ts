// Recognises values that are nested too deeply for the functions that walk them.

/** Deeper than any document; far below the depth at which the stack ends. */
const maxDepth = 500;

export const nestedTooDeeply = 'it is nested too deeply';

/** Walks level by level, because a recursive walk would overflow the stack. */
export function isNestedTooDeeply(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) return true;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
}

/** What is wrong with a value for which the stack was too small; undefined for the message of another error. */
export function nestingProblem(message: string): string | undefined {
  return /maximum call stack/i.test(message) ? nestedTooDeeply : undefined;
}
