// The command `unsid device`: one simulated device, a fleet of them, or a fleet that follows a script.
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
import type { Terminal } from '../terminal/terminal.ts';
import { type DeviceAccessParts, openDeviceAccess } from './access.ts';
import { runFleet } from './fleet.ts';
import { runFleetScript } from './fleet-script.ts';
import { type DeviceFlags, type DeviceRunFlags, modeOf } from './modes.ts';
import { runSingle } from './single.ts';

const helpText = `
Examples:
  unsid device --user adele --platform iOS --app contoso.example
  unsid device --user adele --platform webpush --app contoso.example --json | jq .notification
  unsid device --user adele --platform iOS --app contoso.example --battery-saver     raw pushes wait, the fallback toast shows
  unsid device --app contoso.example --count 1000 --users 100                        a fleet with a live progress line
  unsid device --script fixtures/scripts/storm.yaml                                  a scripted fleet; exit 1 when something was lost
  unsid device --platform iOS --app contoso.example --authority https://localhost:4281/contoso.example \\
    --client-id <id> --url https://localhost:4281                                    signed in by a person, with a code

The same --device-id renews the same UNSID; without one it is <user>-<platform>.
In a terminal: up/down select, r read, a activate, d dismiss, s snooze, x delete, ? help, q quit.
${credentialsHelp}`;

/** @throws UsageError for what no mode can do */
function checkFleet({ count = 0, users = 1, token, app }: DeviceFlags, credentials: Credentials | undefined): void {
  if (app === undefined) throw missing(['--app <host name>']);
  if (users > count) throw new UsageError('--users must not be more than --count');
  if (users === 1) return;
  if (token !== undefined) throw new UsageError('one --token cannot stand for several --users');
  if (credentials) throw new UsageError('one sign-in cannot stand for several --users');
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
  if (flags.count === undefined) return runSingle(flags, terminal, environment);
  checkFleet(flags, credentials);
  const { count, users = 1, user = 'fleet', app = '', platform, batterySaver = false } = flags;
  const open = (how: Pick<DeviceAccessParts, 'signal' | 'onTokenRefused'>) => openDeviceAccess(flags, { terminal, environment, ...how });
  return runFleet({ count, users, userName: user, url, application: app, platform, open, batterySaver, isJson }, terminal);
}

export function registerDevice(program: Command, terminal: Terminal, environment: Environment): void {
  const command = program
    .command('device')
    .description('Run a simulated device that shows what it gets, or a fleet of them')
    .option('--user <alias>', 'whose device', notEmpty)
    .option('--platform <type>', 'Windows, iOS, Android or WebPush (any case)', platformType)
    .option('--app <host name>', 'the application to subscribe for', applicationName)
    .option('--device-id <id>', 'the same id renews the same UNSID (default: <user>-<platform>)', notEmpty)
    .option('--display-name <name>', 'name for analytics')
    .option('--url <url>', `base URL of the service (default: ${urlVariable}, or ${defaultUrl})`, serviceUrl)
    .option('--token <token>', 'user token (default: dev.user.<user>)')
    .option('--json', 'print one JSON object a line, and nothing else')
    .option('--battery-saver', 'hold raw pushes back, as a phone does')
    .option('--count <n>', 'run a fleet of so many devices', positiveInteger)
    .option('--users <m>', 'of so many users (default: 1)', positiveInteger)
    .option('--script <file>', 'run a scripted fleet (YAML or JSON)')
    .option('--app-token <token>', 'token with which a script publishes (default: dev.app.fleet)');
  addCredentialOptions(command)
    .addHelpText('after', helpText)
    .action((flags: DeviceFlags) => run(flags, terminal, environment));
}
