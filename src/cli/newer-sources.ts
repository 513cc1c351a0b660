// Detects, in a clone, that the sources have changed since the last build; an installed package has no sources.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface NewerSources {
  /** Path of the command's source file. */
  readonly main: string;
  /** Command line that rebuilds `dist/`. */
  readonly command: string;
}

/**
 * Returns undefined if the build is up to date or there are no sources.
 * @param built URL of the command's main module
 */
export function newerSources(built: string): NewerSources | undefined {
  const file = fileURLToPath(built);
  const root = fileURLToPath(new URL('../../', built));
  const main = join(root, 'src/cli/main.ts');
  if (file !== join(root, 'dist/cli/main.js') || !existsSync(main)) return undefined;
  return lastChange(join(root, 'src')) > statSync(file).mtimeMs ? { main, command: 'npm run build' } : undefined;
}

/** Includes folders, because a deleted file changes only the modification time of its folder. */
function lastChange(folder: string): number {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return [folder, ...paths.map((path) => join(folder, path))].reduce((latest, path) => Math.max(latest, changedAt(path)), 0);
}

/** Returns 0 for a path that has been deleted meanwhile. */
function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
