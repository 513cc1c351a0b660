// The command `unsid device`: runs one simulated device, a fleet of devices, or a scripted fleet.
import type { Command } from 'commander';
import { addCredentialOptions, credentialsHelp } from '../credentials/credential-flags.ts';
import { type Credentials, credentialsOf } from '../credentials/credentials.ts';
import { transportFor } from '../credentials/tls-trust.ts';
import type { Environment } from '../environment.ts';
import { UsageError } from '../terminal/cli-error.ts';
import {
  applicationName,
  defaultUrl,
  missing,
  notEmpty,
  platformType,
  positiveInteger,
  serviceUrl,
  urlOf,
  urlVariable,
} from '../terminal/options.ts';
import { shippedFixture } from '../terminal/shipped.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type DeviceAccessParts, openDeviceAccess } from './access.ts';
import { runEnvelopes } from './envelopes.ts';
import { runFleet } from './fleet.ts';
import { runFleetScript } from './fleet-script.ts';
import { type DeviceFlags, type DeviceRunFlags, modeOf } from './modes.ts';
import { runSingle } from './single.ts';

const helpText = `
Examples:
  unsid device --user adele --platform iOS --app contoso.example
  unsid device --user adele --platform webpush --app contoso.example --json | jq .notification
  unsid device --user adele --platform iOS --app contoso.example --battery-saver     holds back raw pushes, so that the fallback toast appears
  unsid device --user adele --platform Android --app contoso.example --envelope      what FCM would have delivered, for an app's push handler
  unsid device --app contoso.example --count 1000 --users 100                        a fleet with a live status line
  unsid device --script ${shippedFixture('scripts/storm.yaml')}                                  a scripted fleet; exits with 1 if anything was lost
  unsid device --platform iOS --app contoso.example --authority https://localhost:4281/contoso.example \\
    --client-id <id> --url https://localhost:4281                                    a user signs in with a code

The same --device-id renews the same UNSID; the default is <user>-<platform>.
In a terminal: up/down select, r read, a activate, d dismiss, s snooze, x delete, ? help, q quit.
${credentialsHelp}`;

/** @throws UsageError for options that a fleet cannot combine */
function checkFleet({ count = 0, users = 1, token, app }: DeviceFlags, credentials: Credentials | undefined): void {
  if (app === undefined) throw missing(['--app <host name>']);
  if (users > count) throw new UsageError('--users must not exceed --count');
  if (users === 1) return;
  if (token !== undefined) throw new UsageError('--token is a token of one user and cannot be combined with several --users');
  if (credentials) throw new UsageError('a sign-in gives a token of one user and cannot be combined with several --users');
}

async function run(given: DeviceFlags, terminal: Terminal, environment: Environment): Promise<void> {
  modeOf(given);
  const url = urlOf(given.url, environment);
  const flags: DeviceRunFlags = { ...given, url };
  const isJson = flags.json ?? false;
  const credentials = credentialsOf(flags, { env: environment.env, needsUser: true });
  if (flags.script !== undefined) {
    const { app = 'fleet.example', appToken = 'dev.app.fleet' } = flags;
    const transport = await transportFor({ ca: flags.ca, urls: [url], env: environment.env });
    return runFleetScript({ file: flags.script, url, application: app, appToken, isJson, transport }, terminal);
  }
  if (flags.envelope) return runEnvelopes(flags, terminal, environment);
  if (flags.count === undefined) return runSingle(flags, terminal, environment);
  checkFleet(flags, credentials);
  const { count, users = 1, user = 'fleet', app = '', platform, batterySaver = false } = flags;
  const open = (how: Pick<DeviceAccessParts, 'signal' | 'onTokenRefused'>) => openDeviceAccess(flags, { terminal, environment, ...how });
  return runFleet({ count, users, userName: user, url, application: app, platform, open, batterySaver, isJson }, terminal);
}

export function registerDevice(program: Command, terminal: Terminal, environment: Environment): void {
  const command = program
    .command('device')
    .description('Run a simulated device that prints what it receives, or a fleet of devices')
    .option('--user <alias>', 'user of the device', notEmpty)
    .option('--platform <type>', 'Windows, iOS, Android or WebPush (any case)', platformType)
    .option('--app <host name>', 'application to subscribe for', applicationName)
    .option('--device-id <id>', 'device id; the same id renews the same UNSID (default: <user>-<platform>)', notEmpty)
    .option('--display-name <name>', 'display name of the device, for analytics')
    .option('--url <url>', `base URL of the service (default: ${urlVariable}, or ${defaultUrl})`, serviceUrl)
    .option('--token <token>', 'user token (default: dev.user.<user>)')
    .option('--json', 'print one JSON object per line, and nothing else')
    .option('--envelope', "print what the platform's push channel would have delivered to the app, one envelope per line")
    .option('--battery-saver', 'hold back raw pushes, as a phone in battery saver does')
    .option('--count <n>', 'run a fleet with this number of devices', positiveInteger)
    .option('--users <m>', 'number of users of the fleet (default: 1)', positiveInteger)
    .option('--script <file>', 'run a scripted fleet (YAML or JSON)')
    .option('--app-token <token>', 'token for publishing from a script (default: dev.app.fleet)');
  addCredentialOptions(command)
    .addHelpText('after', helpText)
    .action((flags: DeviceFlags) => run(flags, terminal, environment));
}
