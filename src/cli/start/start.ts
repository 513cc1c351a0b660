// The command `unsid start`: parses its options, starts an emulator, prints where it is, and stops it on SIGINT or SIGTERM.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator.ts';
import { type LogFormat, type LogLevel, logFormats, logLevels } from '../../runtime/log.ts';
import { isHeartbeat, isHost, isOrigin } from '../../runtime/start-options.ts';
import { UsageError } from '../terminal/cli-error.ts';
import { portNumber } from '../terminal/options.ts';
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
  readonly publicOrigin?: string;
  readonly validateResponses?: boolean;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
}

const examples = `
Examples:
  unsid start                                   the emulator at http://127.0.0.1:4280
  unsid start --port 0                          on a free port; the one line it prints says which
  unsid start --seed fixtures/seeds/contoso.yaml   with users, registered applications and a block list
  unsid start --auth strict                     no development tokens: clients must get real ones
  unsid start --jwks keys.json --issuer https://id.example/   tokens of another issuer are accepted too
  unsid start --spec my-notifications.yaml      driven by your own OpenAPI document
  unsid start --validate-responses
  unsid start --log-level debug                 also ids, headers and bodies, without their secrets
  unsid start --log-level warn                  only what is wrong
  unsid start --log-format json 2> unsid.log    one JSON object a line, for programs (docs/log.md)
  unsid start --https                           also https://localhost:4281, and the line that makes Node trust it
  unsid start --https --https-host my-pc.local --host 0.0.0.0   for other machines too
  unsid start --https --no-http --cert my.pem --key my-key.pem  https alone, with your own certificate

Development tokens: dev.app.<client-id> for an app server, dev.user.<alias> for a user.`;

export function registerStart(program: Command): void {
  const start = program
    .command('start')
    .description('Run the emulator')
    .option('--port <port>', 'TCP port; 0 takes a free one', portNumber, 4280)
    .option('--host <address>', 'address to listen on (default: 127.0.0.1 and ::1, this machine alone)', hostAddress);
  addHttpsOptions(start)
    .option('--spec <file...>', 'OpenAPI or AsyncAPI documents that replace the shipped ones of their kind')
    .option('--seed <file>', 'users, applications, clients and block list (YAML or JSON)')
    .addOption(new Option('--auth <mode>', 'strict: no development tokens').choices(['relaxed', 'strict']).default('relaxed'))
    .option('--jwks <location>', 'URL or file: key set of another issuer whose tokens are accepted too; needs --issuer')
    .option('--issuer <issuer>', "that issuer, exactly as in its tokens' iss; needs --jwks")
    .option('--audience <name...>', "what that issuer's tokens may be for (default: Graph)")
    .addOption(
      new Option('--push <mode>', 'push notifications, or only signals to fetch them').choices(['embed', 'signal']).default('embed'),
    )
    .option('--heartbeat <seconds>', 'seconds between two pings (default: the document says 30)', positiveNumber)
    .option('--public-origin <url>', 'origin of the URLs in answers (default: the one a request came to)', origin)
    .option('--validate-responses', 'judge every answer and socket message by the documents; never send what they forbid')
    .addOption(
      new Option('--log-level <level>', 'what is logged on stderr; info: requests, sockets and deliveries')
        .choices([...logLevels])
        .default('info'),
    )
    .addOption(
      new Option('--log-format <format>', 'how it is logged: for people, or one JSON object a line')
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
    ...(flags.publicOrigin === undefined ? {} : { publicOrigin: flags.publicOrigin }),
  };
  const emulator = await startEmulator(options);
  // Heard before the line is printed: whoever reads it may end the process at once.
  const stopRequested = waitForSignal();
  announce(emulator, flags);
  await stopRequested;
  await emulator.stop();
}

/** Resolves with the first signal; a second one while stopping ends the process at once, as people expect. */
function waitForSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}

/** One line says that it is ready; with an authority of its own, a second one makes Node trust it. */
function announce({ url, httpsUrl, caFile }: Emulator, { logFormat }: StartFlags): void {
  const urls = [...new Set([url, httpsUrl ?? url])].join(' and ');
  process.stdout.write(`unsid is ready at ${urls}\n${caFile === undefined ? '' : `${nodeTrust(caFile)}\n`}`);
  // Beside a log of JSON nothing else is on stderr.
  if (caFile !== undefined && logFormat === 'text') process.stderr.write(trustText(caFile));
}

/** @throws UsageError */
function trustedIssuer({ jwks, issuer, audience }: StartFlags): Pick<EmulatorOptions, 'trustedIssuer'> {
  if (jwks && issuer) return { trustedIssuer: { jwks, issuer, ...(audience ? { audiences: audience } : {}) } };
  if ([jwks, issuer, audience].every((flag) => flag === undefined)) return {};
  throw new UsageError('--jwks and --issuer need each other: where the keys are, and whose they are');
}

function hostAddress(text: string): string {
  if (isHost(text)) return text;
  throw new InvalidArgumentError('expected an address such as 127.0.0.1.');
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && isHeartbeat(value)) return value;
  throw new InvalidArgumentError('expected a number of seconds above 0, at most a day.');
}

function origin(text: string): string {
  if (isOrigin(text)) return new URL(text).origin;
  throw new InvalidArgumentError('expected an origin such as https://notify.example, without a path.');
}
