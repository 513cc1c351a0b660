// The command `unsid send`: publishes one notification as an app server would.
import { type Command, Option } from 'commander';
import { type Client, createClient } from '../client/client.ts';
import { type ServiceError, serviceErrorOf } from '../client/graph-error.ts';
import type { NotificationRequest, PlatformType } from '../client/wire.ts';
import { openAccess, unlessQuit } from './credentials/access.ts';
import { addCredentialOptions, CREDENTIALS_HELP, type CredentialFlags, type TrustFlags } from './credentials/credential-flags.ts';
import { credentialsOf } from './credentials/credentials.ts';
import type { Surroundings } from './surroundings.ts';
import type { Terminal } from './terminal.ts';
import { Failure, UsageError } from './terminal-failure.ts';
import { DEFAULT_URL, notEmpty, platformTypes, serviceUrl } from './terminal-options.ts';
import { safeLine } from './terminal-text.ts';
import { readTextFile } from './text-file.ts';

interface SendFlags extends CredentialFlags, TrustFlags {
  readonly unsid?: string;
  readonly app?: string;
  readonly title?: string;
  readonly body?: string;
  readonly raw?: string;
  readonly file?: string;
  readonly url: string;
  readonly token?: string;
  readonly group?: string;
  readonly id?: string;
  readonly priority?: 'None' | 'High' | 'Low';
  readonly platforms?: readonly PlatformType[];
  readonly ttl?: string;
  readonly expires?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  unsid send --unsid <UNSID> --app contoso.example --title 'Build finished' --body 'main is green'
  unsid send --unsid <UNSID> --app contoso.example --raw '{"build":42}' --platforms Windows,iOS --ttl 60
  unsid send --unsid <UNSID> --app contoso.example --file payload.json        the payload, or a whole request body
  echo '{"rawContent":"hello"}' | unsid send --unsid <UNSID> --app contoso.example --file - --json
  unsid send --unsid <UNSID> --app contoso.example --id build-42 --title 'Build failed'   again with the same --id: an update
  unsid send --unsid <UNSID> --app contoso.example --title Hi --authority https://login.microsoftonline.com/<tenant> \\
    --client-id <id> --certificate server.pem --url https://notify.example     to a real deployment
${CREDENTIALS_HELP}`;

function parseJson(text: string, name: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Failure(`${name} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new Failure(`${name} must hold a JSON object: a payload, or a whole request body.`);
}

async function readObject(file: string, terminal: Terminal): Promise<object> {
  if (file === '-') return parseJson(await terminal.readInput(), 'stdin');
  return parseJson(await readTextFile(file), file);
}

/** What the options say of the notification; the file's members are below them. */
function membersOf(flags: SendFlags): object {
  const ttl = flags.ttl === undefined ? {} : { displayTimeToLive: /^-?\d+$/.test(flags.ttl) ? Number(flags.ttl) : flags.ttl };
  return {
    ...(flags.app === undefined ? {} : { targetHostName: flags.app }),
    ...(flags.id === undefined ? {} : { appNotificationId: flags.id }),
    ...(flags.group === undefined ? {} : { groupName: flags.group }),
    ...(flags.priority === undefined ? {} : { priority: flags.priority }),
    ...(flags.platforms === undefined ? {} : { targetPolicy: { platformTypes: flags.platforms } }),
    ...(flags.expires === undefined ? {} : { expirationDateTime: flags.expires }),
    ...ttl,
  };
}

function payloadOf(flags: SendFlags): object {
  const { title, body, raw } = flags;
  const visual = title === undefined ? {} : { visualContent: { title, ...(body === undefined ? {} : { body }) } };
  return { ...visual, ...(raw === undefined ? {} : { rawContent: raw }) };
}

async function requestOf(flags: SendFlags, terminal: Terminal): Promise<object> {
  if (flags.file !== undefined) {
    const given = await readObject(flags.file, terminal);
    return { ...('payload' in given ? given : { payload: given }), ...membersOf(flags) };
  }
  return { ...membersOf(flags), payload: payloadOf(flags) };
}

function checkFlags(flags: SendFlags): void {
  const contents = [flags.title, flags.raw].filter((content) => content !== undefined);
  if (flags.file === undefined && contents.length === 0) throw new UsageError('say what to send: --title, --raw or --file');
  if (flags.file !== undefined && (contents.length > 0 || flags.body !== undefined))
    throw new UsageError('--file cannot go with --title, --body or --raw');
  if (flags.body !== undefined && flags.title === undefined) throw new UsageError('--body needs a --title');
  if (flags.app === undefined && flags.file === undefined) throw new UsageError("required option '--app <host name>' not specified");
}

function tellError(error: ServiceError, terminal: Terminal): void {
  const { red, dim } = terminal.err.colors;
  const reason = error.reason === undefined ? '' : ` (${error.reason})`;
  terminal.err(`${red('error:')} ${error.status} ${safeLine(error.code)}${safeLine(reason)}: ${safeLine(error.message)}\n`);
  // The message names the first fault: details say something new only when there are more.
  const details = error.details.length > 1 ? error.details : [];
  for (const { target, message } of details) terminal.err(`  ${safeLine(target || '/')}: ${dim(safeLine(message))}\n`);
}

function objectOf(value: unknown): object | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

function tellStored(stored: object, terminal: Terminal): void {
  const { green, dim } = terminal.out.colors;
  const member = (name: string, of = stored): unknown => Reflect.get(of, name) ?? undefined;
  const visual = objectOf(member('visualContent', objectOf(member('payload')) ?? {}));
  const facts = [
    visual ? `visual ${JSON.stringify(safeLine(String(member('title', visual))))}` : 'raw',
    `priority ${member('priority')}`,
    ...(member('groupName') === undefined ? [] : [`group ${member('groupName')}`]),
    ...(member('displayTimeToLive') === undefined ? [] : [`displayed for ${member('displayTimeToLive')} s`]),
    `expires ${member('expirationDateTime')}`,
  ];
  terminal.out(`${green('stored')} ${safeLine(String(member('id')))}\n`);
  terminal.out(`${dim(safeLine(facts.join(', ')))}\n`);
}

/** What came instead of a 201 with an object: some other server is at that URL. */
function tellStranger({ status, body }: { readonly status: number; readonly body: unknown }): string {
  const what = body === undefined ? 'nothing' : typeof body === 'string' ? `the text ${JSON.stringify(body.slice(0, 60))}` : 'other JSON';
  const came =
    status === 201 ? `201 with ${what} instead of a JSON object` : `status ${status} with ${objectOf(body) ? 'a JSON object' : what}`;
  return `the answer is not that of a notifications service: ${came}; is --url right?`;
}

const DEFAULT_TOKEN = 'dev.app.unsid-cli';

/** A client with a token that is there already, so that its sign-in can be given up and its failure be told apart. */
async function clientOf(flags: SendFlags, terminal: Terminal, surroundings: Surroundings): Promise<Client> {
  const { url, ca } = flags;
  const credentials = credentialsOf(flags, surroundings);
  return unlessQuit(terminal, async (signal) => {
    const access = await openAccess({ credentials, ca, url }, { terminal, surroundings, signal });
    const token = (await access.held?.token()) ?? flags.token ?? DEFAULT_TOKEN;
    const { fetch } = access.line;
    return createClient({ url, token, ...(fetch ? { fetch } : {}) });
  });
}

async function send(flags: SendFlags, terminal: Terminal, surroundings: Surroundings): Promise<void> {
  checkFlags(flags);
  credentialsOf(flags, surroundings);
  const request = await requestOf(flags, terminal);
  const client = await clientOf(flags, terminal, surroundings);
  // What the user asked for is sent as it is: to judge it is the service's part.
  const answer = await client.postNotification(request as NotificationRequest, flags.unsid === undefined ? {} : { unsid: flags.unsid });
  const error = serviceErrorOf(answer);
  if (flags.json === true) terminal.out(`${JSON.stringify({ status: answer.status, body: answer.body ?? null })}\n`);
  if (error) {
    if (flags.json !== true) tellError(error, terminal);
    throw new Failure(error.message, { isTold: true });
  }
  // Whoever is at that URL may send anything: the type says only what a service would.
  const stored = answer.status === 201 ? objectOf(answer.body) : undefined;
  if (!stored) throw new Failure(tellStranger(answer));
  if (flags.json !== true) tellStored(stored, terminal);
}

export function registerSend(program: Command, terminal: Terminal, surroundings: Surroundings): void {
  const command = program
    .command('send')
    .description("Publish a notification to a user's devices, as an app server would")
    .option('--unsid <UNSID>', 'whose devices: the UNSID that a device printed (not needed with a user token)', notEmpty)
    .option('--app <host name>', 'the application (targetHostName)', notEmpty)
    .option('--title <text>', 'title of a visual notification')
    .option('--body <text>', 'body of a visual notification')
    .option('--raw <text>', 'raw content')
    .option('--file <path>', 'JSON file with the payload or the whole request body; - reads stdin')
    .option('--group <name>', 'groupName')
    .option('--id <id>', "appNotificationId: the app server's own id; the same one again is an update")
    .addOption(new Option('--priority <priority>', 'about raw notifications').choices(['None', 'High', 'Low']))
    .option('--platforms <list>', 'only these, e.g. Windows,iOS (default: all)', platformTypes)
    .option('--ttl <seconds>', 'displayTimeToLive')
    .option('--expires <time>', 'expirationDateTime, ISO 8601 (default: in 7 days)')
    .option('--url <url>', 'base URL of the service', serviceUrl, DEFAULT_URL)
    .option('--token <token>', `bearer token of the app server (default: ${DEFAULT_TOKEN})`)
    .option('--json', 'print the answer as one JSON object a line');
  addCredentialOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((flags: SendFlags) => send(flags, terminal, surroundings));
}
