#!/usr/bin/env node
// The process of the command `unsid`: hands arguments and streams to the program and takes its exit code; in a clone, of the newest sources.
import { pathToFileURL } from 'node:url';
import { newerSources } from './newer-sources.ts';

async function runProgram(): Promise<void> {
  const [program, terminal] = await Promise.all([import('./program.ts'), import('./terminal/terminal.ts')]);
  process.exitCode = await program.runProgram(process.argv.slice(2), terminal.processTerminal());
}

/** False where they cannot be run, because the tools for development are not installed. */
async function runSources(main: string): Promise<boolean> {
  const tsx = await import('tsx/esm/api').catch(() => undefined);
  if (!tsx) return false;
  tsx.register();
  await import(pathToFileURL(main).href);
  return true;
}

const newer = newerSources(import.meta.url);
if (!newer || !(await runSources(newer.main))) {
  if (newer) process.stderr.write(`unsid: src/ has changed since dist/ was built; build it again with: ${newer.command}\n`);
  await runProgram();
}
