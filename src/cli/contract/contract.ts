// The command `unsid contract`: checks an implementation against the contract; `contract replay` runs again what failed.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readKnown, writeKnown } from '../../contract/engine/known.ts';
import type { ContractOptions } from '../../contract/options.ts';
import { createCollector, exitCodeOf, type RunReport } from '../../contract/report/run-report.ts';
import { isLoopbackUrl } from '../../net/loopback.ts';
import { openAccess } from '../credentials/access.ts';
import { credentialsHelp } from '../credentials/credential-flags.ts';
import { credentialsOf } from '../credentials/credentials.ts';
import { trustFor } from '../credentials/tls-trust.ts';
import type { Environment } from '../environment.ts';
import { CliError, UsageError } from '../terminal/cli-error.ts';
import { serviceUrl, targetHelp, targetOf } from '../terminal/options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { readTextFile } from '../text-file.ts';
import { createContractConsole } from './console.ts';
import { addContractOptions, type ContractFlags } from './flags.ts';
import { loadAdapter } from './options.ts';
import { writeReports, writeText } from './reports.ts';

const helpText = `
Examples:
  unsid contract --target http://127.0.0.1:4280                      the emulator, with development tokens
  unsid contract --target https://notify.example --yes \\
    --authority https://login.microsoftonline.com/<tenant> --client-id <id> --client-secret <secret> --username adele@contoso.com
  unsid contract --target https://notify.example --yes --profile graph --unsid <UNSID> --application contoso.example \\
    --app-token <token> --user-token <token of the UNSID's user>     a deployment that implements only the POST
  unsid contract --target http://127.0.0.1:8080 --adapter ./target.mjs   devices that use another protocol
  unsid contract --target http://127.0.0.1:4280 --only 'post-*' --dry-run
  unsid contract --target http://127.0.0.1:4280 --report html=report.html --report junit=junit.xml
  unsid contract replay report.json                                  only what failed

A run moves an emulator's clock forward by months, so that the subscriptions of its other devices end: check one that no one else uses.

Exit codes: 0 keeps the contract, 1 breaks it, 2 usage error, 3 no verdict.
${credentialsHelp}`;

export interface ContractParts {
  readonly terminal: Terminal;
  readonly environment: Environment;
}

export function registerContract(program: Command, parts: ContractParts): void {
  const contract = program.command('contract').description('Check whether an implementation keeps the contract');
  addContractOptions(contract.option('--target <url>', targetHelp, serviceUrl))
    .addHelpText('after', helpText)
    .action(async (flags: Partial<ContractFlags> & Pick<ContractFlags, 'profile'>) => {
      // Not declared as required: commander would then require it for `replay` too.
      await checkTarget({ ...flags, target: targetOf(flags.target, parts.environment) }, parts);
    });
  addContractOptions(
    contract
      .command('replay')
      .description('Run only those cases again that failed in a report')
      .argument('<report>', 'report in JSON format'),
  )
    .option('--target <url>', 'check this implementation instead of the one in the report', serviceUrl)
    .action(async (file: string, _own: unknown, command: Command) => {
      const flags = command.optsWithGlobals<Partial<ContractFlags>>();
      const report = await asInconclusive(readReport(file));
      await checkTarget({ profile: 'full', target: report.target, randomSeed: report.seed, ...flags, only: failedIn(report) }, parts);
    });
}

async function checkTarget(flags: ContractFlags, parts: ContractParts): Promise<void> {
  if (flags.unsid !== undefined && flags.application === undefined)
    throw new UsageError('--unsid needs --application: the host name of the application that the UNSID belongs to');
  const remoteUrl = urlsOf(flags).find((url) => !isLoopbackUrl(url));
  if (remoteUrl !== undefined && !flags.yes && !flags.dryRun) {
    throw new UsageError(
      `${new URL(remoteUrl).host} is not this machine, and the run would post notifications there. Add --yes to continue, or --dry-run to see the requests first`,
    );
  }
  const quitting = new AbortController();
  const stopQuit = parts.terminal.onQuit(() => quitting.abort(new Error('stopped by the user')));
  try {
    const begin = flags.dryRun ? (await import('./dry-run.ts')).dryRun : run;
    await asInconclusive(begin(flags, parts, quitting.signal));
  } finally {
    stopQuit();
  }
}

/** Any other failure says nothing about the target, so it exits with 3 (no verdict) and not with 1. */
async function asInconclusive<Result>(done: Promise<Result>): Promise<Result> {
  return done.catch((error: unknown) => {
    if (error instanceof CliError && (error.isReported || error.exitCode !== 1)) throw error;
    throw new CliError(error instanceof Error ? error.message : String(error), { exitCode: 3, cause: error });
  });
}

function urlsOf({ target, graphUrl, clientUrl, socketUrl }: ContractFlags): readonly string[] {
  return [target, graphUrl, clientUrl, socketUrl].filter((url) => url !== undefined);
}

async function run(flags: ContractFlags, { terminal, environment }: ContractParts, signal: AbortSignal): Promise<void> {
  const collector = createCollector();
  const contractConsole = createContractConsole(terminal);
  // Loaded on demand, so that other commands do not load the suite.
  const { runContract } = await import('../../contract/run.ts');
  const options = await optionsOf(flags, { terminal, environment }, signal);
  const { outcomes, summary } = await runContract({ ...options, listeners: [collector.listener, contractConsole.listener], signal });
  const report = collector.report();
  contractConsole.close(report);
  await writeReports(flags.report ?? [], report);
  if (flags.writeKnown !== undefined) await writeText(flags.writeKnown, writeKnown(outcomes));
  const exitCode = exitCodeOf(summary);
  if (exitCode !== 0) throw new CliError('the target breaks the contract', { isReported: true, exitCode });
}

async function optionsOf(flags: ContractFlags, { terminal, environment }: ContractParts, signal: AbortSignal): Promise<ContractOptions> {
  const { username, password, ...ofApp } = flags;
  const access = { terminal, environment, signal };
  const context = { env: environment.env };
  const app = await openAccess({ credentials: credentialsOf(ofApp, context), ca: flags.ca, url: flags.target }, access);
  const asUser =
    username === undefined ? undefined : credentialsOf({ ...ofApp, username, ...(password === undefined ? {} : { password }) }, context);
  const user = asUser && (await openAccess({ credentials: asUser, ca: flags.ca, url: flags.target }, access));
  const trust = await trustFor({ ca: flags.ca, urls: urlsOf(flags), env: environment.env });
  const known = flags.known === undefined ? undefined : await knownIn(flags.known);
  const adapter = flags.adapter === undefined ? undefined : await loadAdapter(resolve(flags.adapter));
  return defined({
    url: flags.target,
    graphUrl: flags.graphUrl,
    clientUrl: flags.clientUrl,
    socketUrl: flags.socketUrl,
    profile: flags.profile,
    appToken: flags.appToken ?? app.renewingToken?.token,
    userToken: flags.userToken ?? user?.renewingToken?.token,
    otherUserToken: flags.otherUserToken,
    otherAppToken: flags.otherAppToken,
    unsid: flags.unsid,
    application: flags.application,
    headers: flags.header,
    adapter,
    spec: flags.spec,
    only: flags.only,
    skip: flags.skip,
    grep: flags.grep,
    randomSeed: flags.randomSeed,
    timeoutMs: flags.timeout === undefined ? undefined : flags.timeout * 1000,
    concurrency: flags.concurrency,
    rate: flags.rate,
    slow: flags.slow,
    bail: flags.bail,
    known,
    trust,
    afterClockMoved: () => {
      app.renewingToken?.forget();
      user?.renewingToken?.forget();
    },
  });
}

/** Leaves out the options that were not given. */
function defined<Options extends { readonly url: string }>(
  options: { [Name in keyof Options]: Options[Name] | undefined } & { url: string },
): ContractOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as unknown as ContractOptions;
}

/** @throws CliError */
async function knownIn(file: string): Promise<ReadonlySet<string>> {
  const text = await readTextFile(file);
  try {
    return readKnown(text);
  } catch (error) {
    throw new CliError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @throws CliError */
async function readReport(file: string): Promise<RunReport> {
  const text = await readTextFile(file);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CliError(`${file}: is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof value === 'object' && value !== null && 'version' in value && 'outcomes' in value) return value as unknown as RunReport;
  throw new CliError(`${file}: is not a report of a contract run; write one with --report json=FILE`);
}

/** @throws CliError when nothing failed */
function failedIn({ outcomes }: RunReport): readonly string[] {
  const failed = outcomes.filter(({ kind }) => kind === 'fail' || kind === 'error');
  const ids = failed.flatMap(({ case: { id, origin }, findings }) =>
    origin === 'check' ? findings.flatMap(({ seenIn }) => seenIn ?? []) : [id],
  );
  if (ids.length === 0) throw new CliError('no case failed in this report, so there is nothing to run again', { exitCode: 3 });
  return [...new Set(ids)];
}
