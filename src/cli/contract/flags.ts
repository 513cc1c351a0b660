// The options of `unsid contract`, as flags.
import { type Command, Option } from 'commander';
import type { Profile } from '../../contract/target/target.ts';
import { addCredentialOptions, type CredentialFlags, type TrustFlags } from '../credentials/credential-flags.ts';
import { applicationName, notEmpty, positiveInteger, serviceUrl } from '../terminal/options.ts';
import { headerOption, idsOption, positiveNumber, wholeNumber } from './options.ts';
import { type RequestedReport, reportOption } from './reports.ts';

export interface ContractFlags extends CredentialFlags, TrustFlags {
  readonly target: string;
  readonly graphUrl?: string;
  readonly clientUrl?: string;
  readonly socketUrl?: string;
  readonly profile: Profile;
  readonly appToken?: string;
  readonly userToken?: string;
  readonly otherUserToken?: string;
  readonly otherAppToken?: string;
  readonly unsid?: string;
  readonly application?: string;
  readonly header?: Readonly<Record<string, string>>;
  readonly adapter?: string;
  readonly spec?: readonly string[];
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly grep?: string;
  readonly randomSeed?: number;
  readonly timeout?: number;
  readonly concurrency?: number;
  readonly rate?: number;
  readonly slow?: boolean;
  readonly bail?: boolean;
  readonly known?: string;
  readonly writeKnown?: string;
  readonly report?: readonly RequestedReport[];
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export function addContractOptions(command: Command): Command {
  command
    .option('--graph-url <url>', 'where the Graph surface is, if elsewhere', serviceUrl)
    .option('--client-url <url>', 'where the client surface is, if elsewhere', serviceUrl)
    .option('--socket-url <url>', 'where the device socket is, if elsewhere (http or https)', serviceUrl)
    .addOption(
      new Option('--profile <profile>', 'what the implementation offers').choices(['graph', 'client', 'devices', 'full']).default('full'),
    )
    .option('--app-token <token>', "an app server's token (default: a development token)", notEmpty)
    .option('--user-token <token>', "a user's token", notEmpty)
    .option('--other-user-token <token>', "a second user's token", notEmpty)
    .option('--other-app-token <token>', "a second app server's token", notEmpty)
    .option('--unsid <UNSID>', 'profile graph: whom to post to', notEmpty)
    .option('--application <host name>', 'the application to work with (default: made up for each case)', applicationName)
    .option('--header <name: value>', 'sent with every request; may be repeated', headerOption)
    .option('--adapter <file>', 'module that maps device operations onto another protocol')
    .option('--spec <file...>', 'OpenAPI or AsyncAPI documents in place of the shipped ones')
    .option('--only <ids>', 'only these cases or requirements, * for any part', idsOption)
    .option('--skip <ids>', 'all but these', idsOption)
    .option('--grep <text>', 'only cases with this text', notEmpty)
    .option('--random-seed <n>', 'varies input; the same seed gives the same cases', wholeNumber)
    .option('--timeout <seconds>', 'how long an answer may take (default: 10)', positiveNumber)
    .option('--concurrency <n>', 'cases under way at once (default: 8)', positiveInteger)
    .option('--rate <n>', 'requests a second, at most (default: 10, on loopback no limit)', positiveNumber)
    .option('--slow', 'also cases that wait for minutes in real time')
    .option('--bail', 'stop at the first failure')
    .option('--known <file>', 'failures that are known')
    .option('--write-known <file>', 'write what fails now as known')
    .option('--report <format=file>', 'json, junit, markdown or html; may be repeated', reportOption)
    .option('--dry-run', 'show what would be sent, and send nothing')
    .option('--yes', 'go on, although the implementation is not on this machine');
  return addCredentialOptions(command);
}
