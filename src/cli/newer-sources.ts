// In a clone, whether the sources have changed since they were built; an installed package has none.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface NewerSources {
  /** The command's own source. */
  readonly main: string;
  /** What builds them. */
  readonly command: string;
}

/**
 * Undefined where the built command may run.
 * @param built URL of the command's main module
 */
export function newerSources(built: string): NewerSources | undefined {
  const file = fileURLToPath(built);
  const root = fileURLToPath(new URL('../../', built));
  const main = join(root, 'src/cli/main.ts');
  if (file !== join(root, 'dist/cli/main.js') || !existsSync(main)) return undefined;
  return lastChange(join(root, 'src')) > statSync(file).mtimeMs ? { main, command: 'npm run build' } : undefined;
}

/** Of folders too: a file that was taken away changes nothing else. */
function lastChange(folder: string): number {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return [folder, ...paths.map((path) => join(folder, path))].reduce((latest, path) => Math.max(latest, changedAt(path)), 0);
}

/** 0 for what is taken away at this moment. */
function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
