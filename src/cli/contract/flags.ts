// Declares the command-line options of `unsid contract`.
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
    .option('--graph-url <url>', 'base URL of the Graph surface (default: --target)', serviceUrl)
    .option('--client-url <url>', 'base URL of the client surface (default: --target)', serviceUrl)
    .option('--socket-url <url>', 'base URL of the device socket, http or https (default: --target)', serviceUrl)
    .addOption(
      new Option('--profile <profile>', 'which part of the contract the implementation offers')
        .choices(['graph', 'client', 'devices', 'full'])
        .default('full'),
    )
    .option('--app-token <token>', 'token of an app server (default: a development token)', notEmpty)
    .option('--user-token <token>', 'token of a user (default: a development token)', notEmpty)
    .option('--other-user-token <token>', 'token of a second user', notEmpty)
    .option('--other-app-token <token>', 'token of a second app server', notEmpty)
    .option('--unsid <UNSID>', 'UNSID to post to, for the profile graph; needs --application', notEmpty)
    .option('--application <host name>', 'application to use (default: a new one for each case)', applicationName)
    .option('--header <name: value>', 'sent with every request; may be repeated', headerOption)
    .option('--adapter <file>', 'module that maps device operations to another protocol')
    .option('--spec <file...>', 'OpenAPI or AsyncAPI documents that replace the built-in ones')
    .option('--only <ids>', 'run only these cases or requirements, separated by commas; * matches any text', idsOption)
    .option('--skip <ids>', 'do not run these cases or requirements', idsOption)
    .option('--grep <text>', 'run only cases whose id or title contains this text', notEmpty)
    .option('--random-seed <n>', 'seed for generated input; the same seed gives the same cases', wholeNumber)
    .option('--timeout <seconds>', 'timeout of a response (default: 10)', positiveNumber)
    .option('--concurrency <n>', 'maximum number of cases that run at the same time (default: 8)', positiveInteger)
    .option('--rate <n>', 'maximum number of requests per second (default: 10, without limit on loopback)', positiveNumber)
    .option('--slow', 'include cases that wait for minutes in real time')
    .option('--bail', 'stop at the first failure')
    .option('--known <file>', 'known failures, which do not fail the run')
    .option('--write-known <file>', 'write the failures of this run to a file for --known')
    .option('--report <format=file>', 'write a report: json, junit, markdown or html; may be repeated', reportOption)
    .option('--dry-run', 'print what would be sent, and send nothing to the target')
    .option('--yes', 'run against an implementation on another machine');
  return addCredentialOptions(command);
}
