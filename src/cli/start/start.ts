// The command `unsid start`: parses its options, starts an emulator, prints its URL, and stops it on SIGINT or SIGTERM.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator.ts';
import { type LogFormat, type LogLevel, logFormats, logLevels } from '../../runtime/log.ts';
import { isHeartbeat, isHost, isKeepAlive, isOrigin } from '../../runtime/start-options.ts';
import { UsageError } from '../terminal/cli-error.ts';
import { portNumber } from '../terminal/options.ts';
import { shippedFixture } from '../terminal/shipped.ts';
import { addHttpsOptions, type HttpsFlags, httpsOf, nodeTrust, trustText } from './https.ts';

interface StartFlags extends HttpsFlags {
  readonly port: number;
  readonly host?: string;
  readonly spec?: readonly string[];
  readonly seed?: string;
  readonly auth: 'relaxed' | 'strict';
  readonly jwks?: string;
  readonly issuer?: string;
  readonly audience?: readonly string[];
  readonly push: 'embed' | 'signal';
  readonly heartbeat?: number;
  readonly keepAlive?: number;
  readonly publicOrigin?: string;
  readonly validateResponses?: boolean;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
}

const examples = `
Examples:
  unsid start                                   the emulator at http://127.0.0.1:4280
  unsid start --port 0                          on a free port, which the output names
  unsid start --seed ${shippedFixture('seeds/contoso.yaml')}   with users, registered applications and a block list
  unsid start --auth strict                     without development tokens: clients must get real ones
  unsid start --jwks keys.json --issuer https://id.example/   also accepts tokens of another issuer
  unsid start --spec my-notifications.yaml      with your own OpenAPI document
  unsid start --validate-responses
  unsid start --log-level debug                 also logs ids, headers and bodies, with secrets removed
  unsid start --log-level warn                  logs only problems
  unsid start --log-format json 2> unsid.log    logs one JSON object per line, for programs (docs/log.md)
  unsid start --https                           also at https://localhost:4281; prints how to trust it
  unsid start --https --https-host my-pc.local --host 0.0.0.0   for other machines as well
  unsid start --https --https-port 443 --https-host activity.windows.com   by the name that unmodified apps call (docs/https.md)
  unsid start --https --no-http --cert my.pem --key my-key.pem  https only, with your own certificate

Development tokens: dev.app.<client-id> for an app server, dev.user.<alias> for a user.`;

export function registerStart(program: Command): void {
  const start = program
    .command('start')
    .description('Run the emulator')
    .option('--port <port>', 'TCP port; 0 selects a free port', portNumber, 4280)
    .option('--host <address>', 'address to listen on (default: 127.0.0.1 and ::1, only this machine)', hostAddress);
  addHttpsOptions(start)
    .option('--spec <file...>', 'OpenAPI or AsyncAPI documents that replace the built-in ones of the same kind')
    .option('--seed <file>', 'seed file with users, applications, clients and block list (YAML or JSON)')
    .addOption(new Option('--auth <mode>', 'strict accepts no development tokens').choices(['relaxed', 'strict']).default('relaxed'))
    .option('--jwks <location>', 'URL or file with the key set of another issuer whose tokens are accepted as well; needs --issuer')
    .option('--issuer <issuer>', 'that issuer, exactly as in the claim iss of its tokens; needs --jwks')
    .option('--audience <name...>', 'accepted audiences of its tokens (default: Graph)')
    .addOption(
      new Option('--push <mode>', 'embed pushes whole notifications, signal only the signal to fetch them')
        .choices(['embed', 'signal'])
        .default('embed'),
    )
    .option('--heartbeat <seconds>', 'seconds between two pings (default: 30, from the document)', positiveNumber)
    .option('--keep-alive <seconds>', 'how long an idle connection is kept (default: 120)', keepAliveTime)
    .option('--public-origin <url>', 'origin of the URLs in responses (default: that of the request)', origin)
    .option('--validate-responses', 'validate every response and socket message against the documents; never send an invalid one')
    .addOption(
      new Option('--log-level <level>', 'what is logged on stderr; info includes requests, sockets and deliveries')
        .choices([...logLevels])
        .default('info'),
    )
    .addOption(
      new Option('--log-format <format>', 'text for people, json for programs with one object per line')
        .choices([...logFormats])
        .default('text'),
    )
    .addHelpText('after', examples)
    .action(run);
}

async function run(flags: StartFlags, command: Command): Promise<void> {
  const options: EmulatorOptions = {
    port: flags.port,
    auth: flags.auth,
    ...trustedIssuer(flags),
    push: flags.push,
    logLevel: flags.logLevel,
    logFormat: flags.logFormat,
    ...httpsOf(flags, command),
    validateResponses: flags.validateResponses ?? false,
    ...(flags.host === undefined ? {} : { host: flags.host }),
    ...(flags.spec ? { spec: flags.spec } : {}),
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    ...(flags.heartbeat === undefined ? {} : { heartbeatSeconds: flags.heartbeat }),
    ...(flags.keepAlive === undefined ? {} : { keepAliveSeconds: flags.keepAlive }),
    ...(flags.publicOrigin === undefined ? {} : { publicOrigin: flags.publicOrigin }),
  };
  const emulator = await startEmulator(options);
  // Listens before the line is printed: the process that reads it may send the signal immediately.
  const stopRequested = waitForSignal();
  announce(emulator, flags);
  await stopRequested;
  await emulator.stop();
}

/** Resolves at the first signal; a second one while stopping ends the process immediately, as is common. */
function waitForSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}

/** Prints one line when ready; with a local authority, a second one with the variable that makes Node trust it. */
function announce({ url, httpsUrl, caFile }: Emulator, { logFormat }: StartFlags): void {
  const urls = [...new Set([url, httpsUrl ?? url])].join(' and ');
  process.stdout.write(`unsid is ready at ${urls}\n${caFile === undefined ? '' : `${nodeTrust(caFile)}\n`}`);
  // With a JSON log, stderr contains nothing else.
  if (caFile !== undefined && logFormat === 'text') process.stderr.write(trustText(caFile));
}

/** @throws UsageError */
function trustedIssuer({ jwks, issuer, audience }: StartFlags): Pick<EmulatorOptions, 'trustedIssuer'> {
  if (jwks && issuer) return { trustedIssuer: { jwks, issuer, ...(audience ? { audiences: audience } : {}) } };
  if ([jwks, issuer, audience].every((flag) => flag === undefined)) return {};
  throw new UsageError('--jwks and --issuer need each other: pass the key set and its issuer');
}

function hostAddress(text: string): string {
  if (isHost(text)) return text;
  throw new InvalidArgumentError('Expected an address such as 127.0.0.1.');
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && isHeartbeat(value)) return value;
  throw new InvalidArgumentError('Expected a number of seconds above 0 and up to 86400 (one day).');
}

function keepAliveTime(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && isKeepAlive(value)) return value;
  throw new InvalidArgumentError('Expected a whole number of seconds from 1 to 86400 (one day).');
}

function origin(text: string): string {
  if (isOrigin(text)) return new URL(text).origin;
  throw new InvalidArgumentError('Expected an origin such as https://notify.example, without a path.');
}
