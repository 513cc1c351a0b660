// Bundles the programs that tests start as processes, once for a run of the tests: they start in a third of the time that tsx takes.
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { TestProject } from 'vitest/node';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface BuiltPrograms {
  /** The command `unsid`. */
  readonly cli: string;
  readonly demo: string;
  /** The flows of real client libraries. */
  readonly flows: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    readonly programs: BuiltPrograms;
  }
}

/** A bundle lies elsewhere than its sources, which find the documents beside themselves. */
const addressesOfSources: Plugin = {
  name: 'addresses of sources',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return { loader: 'ts', contents: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)) };
    });
  },
};

/** Called by vitest before all tests; what it returns, after them. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  // Below node_modules, so that the packages are found.
  const cache = join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'unsid-'));
  const entryPoints = { cli: 'src/cli/main.ts', demo: 'src/demo/main.ts', flows: 'test/clients/flows/main.ts' };
  await build({
    absWorkingDir: root,
    entryPoints,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'warning',
    plugins: [addressesOfSources],
  });
  const path = (name: keyof BuiltPrograms) => join(folder, `${name}.mjs`);
  provide('programs', { cli: path('cli'), demo: path('demo'), flows: path('flows') });
  return () => rm(folder, { recursive: true, force: true });
}
