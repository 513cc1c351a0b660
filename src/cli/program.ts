// Assembles the commands of `unsid` and maps their results to exit codes: 0, 1 (failed), 2 (usage).
import { Command, CommanderError } from 'commander';
import { ConnectionError, isTooLarge, isUntrusted } from '../client/connection-error.ts';
import { SeedError } from '../identity/registry/seed.ts';
import { isLoopbackUrl } from '../net/loopback.ts';
import { version } from '../runtime/version.ts';
import { ScriptError } from '../simulator/script.ts';
import { registerApps } from './apps/apps.ts';
import { registerContract } from './contract/contract.ts';
import { registerDevice } from './device/device.ts';
import { type Environment, processEnvironment } from './environment.ts';
import { registerProxy } from './proxy/proxy.ts';
import { registerSend } from './send/send.ts';
import { registerStart } from './start/start.ts';
import { CliError } from './terminal/cli-error.ts';
import type { Terminal } from './terminal/terminal.ts';
import { counted } from './terminal/text.ts';
import { registerToken } from './token/token.ts';

/** The program with all its commands, writing to this terminal. */
export function createProgram(terminal: Terminal, environment: Environment): Command {
  const program = new Command('unsid')
    .description('A local emulator of the retired Microsoft Graph notifications service, with simulated devices')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.out.print(linesOf(text)),
      writeErr: (text) => void terminal.err.print(linesOf(text)),
      outputError: (text) => void terminal.err.print(linesOf(text).map(terminal.err.colors.red)),
    })
    .addHelpText(
      'after',
      `
Examples:
  unsid start                                                             the emulator at http://127.0.0.1:4280
  unsid device --user adele --platform iOS --app contoso.example          a simulated phone that prints what it receives
  unsid send --user adele --app contoso.example --title 'Build done'      a notification to all of adele's devices
  unsid apps                                                              registered users and clients, with passwords and secrets
  unsid token --user adele                                                an access token issued by the emulator
  unsid contract --target http://127.0.0.1:4280                           checks an implementation against the contract
  unsid proxy --target http://127.0.0.1:4280                              checks an app's traffic against the documents`,
    );
  registerStart(program);
  registerDevice(program, terminal, environment);
  registerSend(program, terminal, environment);
  registerApps(program, terminal);
  registerToken(program, terminal, environment);
  registerContract(program, { terminal, environment });
  registerProxy(program, { terminal, environment });
  return program;
}

/** Several problems with one file become a list below a headline. */
function linesFor(error: unknown): readonly string[] {
  if ((error instanceof SeedError || error instanceof ScriptError) && error.problems.length > 1)
    return [`${error.what}: ${counted(error.problems.length, 'problem')}`, ...error.problems];
  return [error instanceof Error ? error.message : String(error)];
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, '').split('\n');
}

/** Suggests a remedy for a failed connection; mentions the emulator only if it could be the one at that URL. */
function hintFor(error: ConnectionError, { command }: Environment): string {
  if (isTooLarge(error)) return '';
  if (isUntrusted(error)) return ' Name the certificate authority to trust with --ca FILE, or in NODE_EXTRA_CA_CERTS.';
  const mayBeEmulator = isLoopbackUrl(error.where) || error.where.startsWith('http:');
  return mayBeEmulator ? ` Is the emulator running? Start it with: ${command} start` : '';
}

function exitCodeOf(error: unknown, terminal: Terminal, environment: Environment): number {
  if (error instanceof CommanderError) {
    // `command.error` has an exit code of its own; everything else that commander rejects is a usage error.
    if (error.exitCode === 0 || error.code === 'commander.error') return error.exitCode;
    return 2;
  }
  const [first, cause] = [error, error instanceof CliError ? error.cause : undefined];
  const connectionError = [first, cause].find((candidate) => candidate instanceof ConnectionError);
  const hint = connectionError ? hintFor(connectionError, environment) : '';
  const { print, colors } = terminal.err;
  if (!(error instanceof CliError && error.isReported)) {
    const [headline = '', ...problems] = linesFor(error);
    print([colors.red(`error: ${headline}${hint}`), ...problems.map((problem) => `  ${problem}`)]);
  }
  return error instanceof CliError ? error.exitCode : 1;
}

/** Runs one command line to completion and returns its exit code. */
export async function runProgram(
  args: readonly string[],
  terminal: Terminal,
  environment: Environment = processEnvironment(),
): Promise<number> {
  const program = createProgram(terminal, environment);
  try {
    if (args.length === 0) program.help({ error: true });
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    return exitCodeOf(error, terminal, environment);
  }
}
