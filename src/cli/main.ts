#!/usr/bin/env node
// The process of the command `unsid`: runs the program with arguments and streams, and sets its exit code; in a clone it prefers newer sources to the build.
import { pathToFileURL } from 'node:url';
import { newerSources } from './newer-sources.ts';

async function runProgram(): Promise<void> {
  const [program, terminal] = await Promise.all([import('./program.ts'), import('./terminal/terminal.ts')]);
  process.exitCode = await program.runProgram(process.argv.slice(2), terminal.processTerminal());
}

/** Returns false if the sources cannot be run because the development dependencies are not installed. */
async function runSources(main: string): Promise<boolean> {
  const tsx = await import('tsx/esm/api').catch(() => undefined);
  if (!tsx) return false;
  tsx.register();
  await import(pathToFileURL(main).href);
  return true;
}

const newer = newerSources(import.meta.url);
if (!newer || !(await runSources(newer.main))) {
  if (newer)
    process.stderr.write(`unsid: src/ has changed since dist/ was built, and this is the old build; rebuild it with: ${newer.command}\n`);
  await runProgram();
}
