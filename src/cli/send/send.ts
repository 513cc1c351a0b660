// The command `unsid send`: publishes one notification as an app server would.
import type { Command } from 'commander';
import { createClient } from '../../client/client.ts';
import { type ServiceError, serviceErrorOf } from '../../client/graph-error.ts';
import type { NotificationRequest } from '../../client/wire.ts';
import { isJsonObject, type JsonObject, memberOf } from '../../values/json.ts';
import { type Access, openAccess, unlessQuit } from '../credentials/access.ts';
import { addCredentialOptions, type CredentialFlags, credentialsHelp, type TrustFlags } from '../credentials/credential-flags.ts';
import { credentialsOf, givenCredentials } from '../credentials/credentials.ts';
import type { Environment } from '../environment.ts';
import { CliError, UsageError } from '../terminal/cli-error.ts';
import {
  applicationName,
  defaultUrl,
  displaySeconds,
  instant,
  notEmpty,
  platformTypes,
  priority,
  serviceUrl,
  urlOf,
  urlVariable,
} from '../terminal/options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { safeJson, safeLine } from '../terminal/text.ts';
import { recipientOf } from './recipient.ts';
import { type RequestFlags, requestOf } from './request.ts';

interface SendFlags extends RequestFlags, CredentialFlags, TrustFlags {
  readonly unsid?: string;
  readonly user?: string;
  readonly url?: string;
  readonly token?: string;
  readonly json?: boolean;
}

const helpText = `
Examples:
  unsid send --user adele --app contoso.example --title 'Build finished' --body 'main is green'   with development tokens
  unsid send --unsid <UNSID> --app contoso.example --title 'Build finished'   to the user whose device printed that UNSID
  unsid send --unsid <UNSID> --app contoso.example --raw '{"build":42}' --platforms Windows,iOS --ttl 60
  unsid send --unsid <UNSID> --app contoso.example --file payload.json        the payload, or a whole request body
  echo '{"rawContent":"hello"}' | unsid send --unsid <UNSID> --app contoso.example --file - --json
  unsid send --unsid <UNSID> --app contoso.example --id build-42 --title 'Build failed'   the same --id again updates the notification
  unsid send --unsid <UNSID> --app contoso.example --title Hi --authority https://login.microsoftonline.com/<tenant> \\
    --client-id <id> --certificate server.pem --url https://notify.example     to a real deployment
${credentialsHelp}`;

/** True if the options or the token determine the user. */
function hasRecipient(flags: SendFlags): boolean {
  return givenCredentials(flags).length > 0 || [flags.unsid, flags.user, flags.token].some((flag) => flag !== undefined);
}

/** @throws UsageError that names everything that is missing */
function checkFlags(flags: SendFlags): void {
  const { title, body, raw, file, app, unsid, user } = flags;
  const hasContent = title !== undefined || raw !== undefined;
  const lacking = [
    ...(hasRecipient(flags) ? [] : ['specify the recipient: --user or --unsid']),
    ...(file === undefined && !hasContent ? ['specify the content: --title, --raw or --file'] : []),
    ...(app === undefined && file === undefined ? ["required option '--app <host name>' not specified"] : []),
  ];
  if (lacking.length > 0) throw new UsageError(lacking.join('; '));
  if (file !== undefined && (hasContent || body !== undefined))
    throw new UsageError('--file cannot be combined with --title, --body or --raw');
  if (body !== undefined && title === undefined) throw new UsageError('--body needs a --title');
  if (unsid !== undefined && user !== undefined) throw new UsageError('--unsid and --user cannot be combined');
}

function printError(error: ServiceError, { err }: Terminal): void {
  const { red, dim } = err.colors;
  const reason = error.reason === undefined ? '' : ` (${error.reason})`;
  // The message contains the first violation: the details add something only if there are several.
  const details = error.details.length > 1 ? error.details : [];
  err.print([
    `${red('error:')} ${error.status} ${error.code}${reason}: ${error.message}`,
    ...details.map(({ target, message }) => `  ${target || '/'}: ${dim(message)}`),
  ]);
}

function printStored(stored: JsonObject, { out }: Terminal): void {
  const { green, dim } = out.colors;
  const member = (...path: readonly string[]): unknown => memberOf(stored, ...path) ?? undefined;
  const facts = [
    isJsonObject(member('payload', 'visualContent'))
      ? `visual ${JSON.stringify(safeLine(String(member('payload', 'visualContent', 'title'))))}`
      : 'raw',
    `priority ${member('priority')}`,
    ...(member('groupName') === undefined ? [] : [`group ${member('groupName')}`]),
    ...(member('displayTimeToLive') === undefined ? [] : [`displayed for ${member('displayTimeToLive')} s`]),
    `expires ${member('expirationDateTime')}`,
  ];
  out.print([`${green('stored')} ${member('id')}`, dim(facts.join(', '))]);
}

/** Describes a response that is not a 201 with an object: another server runs at that URL. */
function unexpectedResponse({ status, body }: { readonly status: number; readonly body: unknown }): string {
  const what = body === undefined ? 'nothing' : typeof body === 'string' ? `the text ${JSON.stringify(body.slice(0, 60))}` : 'other JSON';
  const received = status === 201 ? `201 with ${what}` : `status ${status} with ${isJsonObject(body) ? 'a JSON object' : what}`;
  return `expected a 201 with a JSON object, as a notifications service responds, but got ${received}; check --url`;
}

const defaultToken = 'dev.app.unsid-cli';

interface Sending {
  readonly flags: SendFlags;
  readonly url: string;
  readonly request: object;
  readonly access: Access;
  readonly command: string;
}

/** Sends the POST and returns the response. @throws CliError when the user has no device, ConnectionError, the abort reason of the signal */
async function post({ flags, url, request, access, command }: Sending, signal: AbortSignal) {
  const fetch = access.transport.fetch ? { fetch: access.transport.fetch } : {};
  const given = (await access.renewingToken?.token()) ?? flags.token;
  const { user, unsid } = flags;
  const application = memberOf(request, 'targetHostName');
  const recipient = user === undefined ? undefined : await recipientOf({ user, application, url, signal, command, ...fetch });
  const client = createClient({ url, token: given ?? recipient?.token ?? defaultToken, signal, ...fetch });
  const to = unsid ?? recipient?.unsid;
  // Sent unchanged: validation is up to the service.
  return client.postNotification(request as NotificationRequest, to === undefined ? {} : { unsid: to });
}

async function send(flags: SendFlags, terminal: Terminal, environment: Environment): Promise<void> {
  checkFlags(flags);
  const credentials = credentialsOf(flags, environment);
  const url = urlOf(flags.url, environment);
  const request = await requestOf(flags, terminal);
  const { command } = environment;
  const answer = await unlessQuit(terminal, async (signal) => {
    const access = await openAccess({ credentials, ca: flags.ca, url }, { terminal, environment, signal });
    return post({ flags, url, request, access, command }, signal);
  });
  const error = serviceErrorOf(answer);
  if (flags.json === true) terminal.out.print([safeJson({ status: answer.status, body: answer.body ?? null })]);
  if (error) {
    if (flags.json !== true) printError(error, terminal);
    throw new CliError(error.message, { isReported: true });
  }
  // Any server may run at that URL, so the declared type of the response is not trusted.
  const stored: unknown = answer.status === 201 ? answer.body : undefined;
  if (!isJsonObject(stored)) throw new CliError(unexpectedResponse(answer));
  if (flags.json !== true) printStored(stored, terminal);
}

export function registerSend(program: Command, terminal: Terminal, environment: Environment): void {
  const command = program
    .command('send')
    .description("Publish a notification to a user's devices, as an app server would")
    .option('--user <alias>', 'recipient; finds the UNSID of one of their devices with a development token', notEmpty)
    .option('--unsid <UNSID>', 'recipient by the UNSID that a device printed (a user token needs neither)', notEmpty)
    .option('--app <host name>', 'application (targetHostName)', applicationName)
    .option('--title <text>', 'title of a visual notification')
    .option('--body <text>', 'body of a visual notification')
    .option('--raw <text>', 'raw content')
    .option('--file <path>', 'JSON file with the payload or the whole request body; - for stdin')
    .option('--group <name>', 'groupName')
    .option('--id <id>', "appNotificationId, the app server's own id; sending the same id again updates the notification")
    .option('--priority <priority>', 'priority: None, High or Low (any case)', priority)
    .option('--platforms <list>', 'target platforms, e.g. Windows,iOS (default: all)', platformTypes)
    .option('--ttl <seconds>', 'displayTimeToLive: for how long it is displayed', displaySeconds)
    .option('--expires <time>', 'expirationDateTime in ISO 8601, such as 2030-01-31T12:00:00Z (default: in 7 days)', instant)
    .option('--url <url>', `base URL of the service (default: ${urlVariable}, or ${defaultUrl})`, serviceUrl)
    .option('--token <token>', `bearer token of the app server (default: ${defaultToken}, or that of --user)`)
    .option('--json', 'print the response as one JSON object on one line');
  addCredentialOptions(command)
    .addHelpText('after', helpText)
    .action((flags: SendFlags) => send(flags, terminal, environment));
}
