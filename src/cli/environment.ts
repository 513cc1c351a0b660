// The process environment of the commands besides the terminal: variables, timer and the command's own name. Tests substitute it.
import { basename } from 'node:path';
import type { ClientTimer } from '../client/timer.ts';
import { realTimer } from '../client/timer.ts';

type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

export interface Environment {
  readonly env: EnvironmentVariables;
  readonly timer: ClientTimer;
  /** The command line that starts this program: `unsid`, or `npx unsid` where it is not on the PATH. */
  readonly command: string;
}

/** npm adds the package's programs to the PATH of the process that it starts, not to that of the user's shell. */
export function commandName(env: EnvironmentVariables, script: string): string {
  const isRunByNpm = (env['npm_command'] ?? '') !== '';
  return basename(script) === 'unsid' && !isRunByNpm ? 'unsid' : 'npx unsid';
}

export const processEnvironment = (): Environment => ({
  env: process.env,
  timer: realTimer,
  command: commandName(process.env, process.argv[1] ?? ''),
});
