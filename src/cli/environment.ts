// What commands take from the process beside the terminal: environment, time and their own name, so that tests can bring their own.
import { basename } from 'node:path';
import type { ClientTimer } from '../client/timer.ts';
import { realTimer } from '../client/timer.ts';

type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

export interface Environment {
  readonly env: EnvironmentVariables;
  readonly timer: ClientTimer;
  /** What starts this program on the command line here: `unsid`, or `npx unsid` where it is not on the path. */
  readonly command: string;
}

/** npm puts the package's programs on the path of what it runs, not on that of the shell around it. */
export function commandName(env: EnvironmentVariables, script: string): string {
  const isRunByNpm = (env['npm_command'] ?? '') !== '';
  return basename(script) === 'unsid' && !isRunByNpm ? 'unsid' : 'npx unsid';
}

export const processEnvironment = (): Environment => ({
  env: process.env,
  timer: realTimer,
  command: commandName(process.env, process.argv[1] ?? ''),
});
