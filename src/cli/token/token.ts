// The command `unsid token`: prints one token, of a client or user of an emulator or from a real identity platform.
import type { Command } from 'commander';
import type { Target } from '../../client/identity-client.ts';
import { createPrompt, unlessQuit } from '../credentials/access.ts';
import { addCredentialOptions, type CredentialFlags, credentialsHelp, optionOf, type TrustFlags } from '../credentials/credential-flags.ts';
import { type Credentials, credentialsOf, givenCredentials } from '../credentials/credentials.ts';
import { type Directory, readDirectory } from '../credentials/directory.ts';
import { createGrant, defaultScopeOf } from '../credentials/grant.ts';
import { seedCredentials } from '../credentials/seed-credentials.ts';
import { transportFor } from '../credentials/tls-trust.ts';
import type { Environment } from '../environment.ts';
import { UsageError } from '../terminal/cli-error.ts';
import { defaultUrl, notEmpty, serviceUrl, urlOf, urlVariable } from '../terminal/options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { safeJson } from '../terminal/text.ts';

interface TokenFlags extends CredentialFlags, TrustFlags {
  readonly app?: string;
  readonly user?: string;
  readonly resource?: string;
  readonly url?: string;
  readonly tenant?: string;
  readonly seed?: string;
  readonly json?: boolean;
  readonly v1?: boolean;
}

const graphResource = 'https://graph.microsoft.com';

const helpText = `
Examples:
  unsid token --app 'Contoso app server'                  of a client of the emulator; unsid apps lists them
  TOKEN=$(unsid token --user adele)                       of a user of the emulator
  unsid token --app 'Contoso daemon' --v1 --json          the whole response of v1
  unsid token --user adele --url https://localhost:4281   from an emulator with --https
  unsid token --authority https://login.microsoftonline.com/<tenant> --client-id <id>      a user signs in with a code
  UNSID_CLIENT_SECRET=... unsid token --authority https://login.microsoftonline.com/<tenant> --client-id <id>
${credentialsHelp}`;

const subjectMissing = 'specify the subject of the token: --app, --user, or --authority with --client-id';
const fromSeed = ['app', 'user'] as const;
const onlyWithSeed = ['url', 'tenant', 'seed'] as const;

/** @throws UsageError for options that contradict each other */
function checkFlags(flags: TokenFlags): void {
  const { user, resource, scope, v1 } = flags;
  const [named, second] = fromSeed.filter((name) => flags[name] !== undefined);
  if (named && second) throw new UsageError(`--${named} and --${second} cannot be combined`);
  if (named) {
    const foreign = givenCredentials(flags).find((name) => name !== 'scope' && !(name === 'clientId' && user !== undefined));
    if (foreign) throw new UsageError(`--${named} and ${optionOf(foreign)} cannot be combined`);
  } else {
    const seeded = onlyWithSeed.find((name) => flags[name] !== undefined);
    if (seeded) throw new UsageError(`--${seeded} needs --app or --user`);
    if (givenCredentials(flags).every((name) => name === 'scope')) throw new UsageError(subjectMissing);
  }
  if (scope !== undefined && (v1 || resource !== undefined)) {
    throw new UsageError(v1 ? '--v1 needs --resource instead of --scope' : '--scope and --resource cannot be combined');
  }
}

/** The resource identifier of the platform; Graph and the clients of a seed may be given by name. */
function resourceOf(name: string, directory: Directory | undefined): string {
  if (/^(microsoft )?graph$/i.test(name)) return graphResource;
  const client = directory?.clientNamed(name);
  return client && client.clientId.toLowerCase() !== name.toLowerCase() ? `api://${client.clientId}` : name;
}

function targetOf(resource: string | undefined, v1: boolean | undefined, { scope, subject }: Credentials): Target {
  if (v1) return { resource: resource ?? graphResource };
  return { scope: resource === undefined ? (scope ?? defaultScopeOf(subject)) : `${resource}/.default` };
}

async function token(flags: TokenFlags, terminal: Terminal, environment: Environment): Promise<void> {
  checkFlags(flags);
  const isSeeded = fromSeed.some((name) => flags[name] !== undefined);
  const directory = isSeeded ? await readDirectory(flags.seed) : undefined;
  const url = urlOf(flags.url, environment);
  const credentials = directory ? seedCredentials({ ...flags, url }, directory) : credentialsOf(flags, environment);
  if (!credentials) throw new UsageError(subjectMissing);
  const resource = flags.resource === undefined ? undefined : resourceOf(flags.resource, directory);
  if (flags.v1 && credentials.subject.kind === 'device-code')
    throw new UsageError('--v1 does not support the sign-in with a code; pass a client secret, a certificate or --username');
  const { env, timer } = environment;
  const answer = await unlessQuit(terminal, async (signal) => {
    const { fetch } = await transportFor({ ca: flags.ca, urls: [credentials.authority], env });
    const parts = { fetch, timer, signal, prompt: createPrompt(terminal) };
    const grant = await createGrant(credentials, parts, flags.v1 ? '1.0' : '2.0');
    return grant.request(targetOf(resource, flags.v1, credentials));
  });
  terminal.out.print([flags.json ? safeJson(answer) : answer.access_token]);
}

export function registerToken(program: Command, terminal: Terminal, environment: Environment): void {
  const command = program
    .command('token')
    .description('Print a token: of a client or user of the emulator, or from a real identity platform')
    .option('--app <name>', 'token of this client itself: client ID or display name in the seed', notEmpty)
    .option('--user <name>', 'token of this user: alias or user principal name in the seed; --client-id selects another client', notEmpty)
    .option(
      '--resource <name>',
      'request all consented permissions of this resource: Graph, a client of the seed by name or ID, a URI (default with --v1: Graph)',
      notEmpty,
    )
    .option('--url <url>', `base URL of the emulator (default: ${urlVariable}, or ${defaultUrl})`, serviceUrl)
    .option('--tenant <name>', 'domain or ID of the tenant (default: that of the client or user)', notEmpty)
    .option('--seed <file>', 'seed file with which the emulator was started', notEmpty)
    .option('--json', 'print the whole response as one JSON object')
    .option('--v1', 'use the v1 endpoint');
  addCredentialOptions(command)
    .addHelpText('after', helpText)
    .action((flags: TokenFlags) => token(flags, terminal, environment));
}
