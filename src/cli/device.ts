// The command `unsid device`: one simulated device, a fleet of them, or a fleet that follows a script.
import type { Command } from 'commander';
import type { PlatformType } from '../client/wire.ts';
import { createDevice } from '../simulator/device.ts';
import type { DeviceError } from '../simulator/device-error.ts';
import type { Device } from '../simulator/device-face.ts';
import { isForgotten } from '../simulator/reconnection.ts';
import { jsonListeners } from './device-json.ts';
import { type DeviceFlags, modeOf } from './device-modes.ts';
import { createPersonView, type PersonView } from './device-person.ts';
import { runFleet } from './fleet.ts';
import { runFleetScript } from './fleet-script.ts';
import type { Terminal } from './terminal.ts';
import { Failure, UsageError } from './terminal-failure.ts';
import { DEFAULT_URL, notEmpty, platformType, positiveInteger, serviceUrl } from './terminal-options.ts';

const EXAMPLES = `
Examples:
  unsid device --user adele --platform iOS --app contoso.example
  unsid device --user adele --platform webpush --app contoso.example --json | jq .notification
  unsid device --user adele --platform iOS --app contoso.example --battery-saver     raw pushes wait, the fallback toast shows
  unsid device --app contoso.example --count 1000 --users 100                        a fleet with a live progress line
  unsid device --script fixtures/scripts/storm.yaml                                  a scripted fleet; exit 1 when something was lost

The same --device-id renews the same UNSID; without one it is <user>-<platform>.
In a terminal: up/down select, r read, a activate, d dismiss, s snooze, x delete, ? help, q quit.`;

function required(flags: DeviceFlags): { readonly user: string; readonly platform: PlatformType; readonly app: string } {
  const { user, platform, app } = flags;
  if (user === undefined) throw new UsageError("required option '--user <alias>' not specified");
  if (platform === undefined) throw new UsageError("required option '--platform <type>' not specified");
  if (app === undefined) throw new UsageError("required option '--app <host name>' not specified");
  return { user, platform, app };
}

/** Resolves when the person quits or the service has forgotten the device, rejects when the device ends for another reason. */
function untilTheEnd(device: Device, view: PersonView | undefined, quitting: AbortController): Promise<'quit' | 'forgotten'> {
  return new Promise((resolve, reject) => {
    let detach = (): void => undefined;
    const end = (error?: DeviceError): void => {
      stopListening();
      quitting.signal.removeEventListener('abort', quit);
      detach();
      if (!error) resolve('quit');
      else if (isForgotten(error)) resolve('forgotten');
      else reject(new Failure(error.message));
    };
    const stopListening = device.on('stopped', end);
    const quit = (): void => end();
    quitting.signal.addEventListener('abort', quit);
    if (view) detach = view.attach(device, () => quitting.abort());
    if (quitting.signal.aborted) end();
  });
}

async function runOne(flags: DeviceFlags, terminal: Terminal): Promise<void> {
  const { user, platform, app } = required(flags);
  const view = flags.json === true ? undefined : createPersonView(terminal, flags.url === DEFAULT_URL ? '' : flags.url);
  const quitting = new AbortController();
  const stopQuit = terminal.onQuit(() => quitting.abort());
  const options = {
    signal: quitting.signal,
    url: flags.url,
    user,
    platform,
    application: app,
    deviceId: flags.deviceId ?? `${user}-${platform.toLowerCase()}`,
    batterySaver: flags.batterySaver ?? false,
    listeners: view?.listeners ?? jsonListeners(terminal),
    ...(flags.displayName === undefined ? {} : { displayName: flags.displayName }),
    ...(flags.token === undefined ? {} : { token: flags.token }),
  };
  try {
    let end = 'forgotten';
    while (end === 'forgotten') {
      const device = await createDevice(options);
      end = await untilTheEnd(device, view, quitting).finally(() => device.close());
    }
  } catch (error) {
    // Who quits while it is still connecting has got what they wanted.
    if (!quitting.signal.aborted) throw error;
  } finally {
    stopQuit();
  }
}

async function run(flags: DeviceFlags, terminal: Terminal): Promise<void> {
  const isJson = flags.json ?? false;
  modeOf(flags);
  if (flags.script !== undefined) {
    const { url, app = 'fleet.example', appToken = 'dev.app.fleet' } = flags;
    return runFleetScript({ file: flags.script, url, application: app, appToken, isJson }, terminal);
  }
  if (flags.count === undefined) return runOne(flags, terminal);
  if (flags.app === undefined) throw new UsageError("required option '--app <host name>' not specified");
  const { count, users = 1, user = 'fleet', url, app: application, platform, token, batterySaver = false } = flags;
  if (users > count) throw new UsageError('--users must not be more than --count');
  if (token !== undefined && users > 1) throw new UsageError('one --token cannot stand for several --users');
  return runFleet({ count, users, userName: user, url, application, platform, token, batterySaver, isJson }, terminal);
}

export function registerDevice(program: Command, terminal: Terminal): void {
  program
    .command('device')
    .description('Run a simulated device that shows what it gets, or a fleet of them')
    .option('--user <alias>', 'whose device', notEmpty)
    .option('--platform <type>', 'Windows, iOS, Android or WebPush (any case)', platformType)
    .option('--app <host name>', 'the application to subscribe for', notEmpty)
    .option('--device-id <id>', 'the same id renews the same UNSID (default: <user>-<platform>)', notEmpty)
    .option('--display-name <name>', 'name for analytics')
    .option('--url <url>', 'base URL of the service', serviceUrl, DEFAULT_URL)
    .option('--token <token>', 'user token (default: dev.user.<user>)')
    .option('--json', 'print one JSON object a line, and nothing else')
    .option('--battery-saver', 'hold raw pushes back, as a phone does')
    .option('--count <n>', 'run a fleet of so many devices', positiveInteger)
    .option('--users <m>', 'of so many users (default: 1)', positiveInteger)
    .option('--script <file>', 'run a scripted fleet (YAML or JSON)')
    .option('--app-token <token>', 'token with which a script publishes (default: dev.app.fleet)')
    .addHelpText('after', EXAMPLES)
    .action((flags: DeviceFlags) => run(flags, terminal));
}
