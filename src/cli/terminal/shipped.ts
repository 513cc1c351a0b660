// Paths of the files that come with the package, for help: an installed package has them below node_modules.
import { isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The path of `fixtures/…` as it can be typed in the folder. */
export function shippedFixture(name: string, folder: string = process.cwd()): string {
  const path = fileURLToPath(new URL(`../../../fixtures/${name}`, import.meta.url));
  const here = relative(folder, path);
  return here.startsWith('..') || isAbsolute(here) ? path : here;
}
