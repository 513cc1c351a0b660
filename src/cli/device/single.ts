// `unsid device` in its basic mode: runs one device, interactively or with output as JSON, until the user quits.
import type { PlatformType } from '../../client/wire.ts';
import { createDevice } from '../../simulator/device.ts';
import type { Device, DeviceListeners } from '../../simulator/device-api.ts';
import type { DeviceError } from '../../simulator/device-error.ts';
import type { DeviceOptions } from '../../simulator/device-options.ts';
import { isForgotten } from '../../simulator/reconnection.ts';
import { givenCredentials } from '../credentials/credentials.ts';
import { TokenRefused } from '../credentials/grant.ts';
import type { Environment } from '../environment.ts';
import { CliError } from '../terminal/cli-error.ts';
import { missing } from '../terminal/options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type DeviceAccess, openDeviceAccess } from './access.ts';
import { createInteractiveView, type InteractiveView } from './interactive.ts';
import { jsonListeners } from './json.ts';
import type { DeviceFlags, DeviceRunFlags } from './modes.ts';
import { sendLine } from './send-line.ts';

export interface Identity {
  readonly user: string;
  readonly platform: PlatformType;
  readonly app: string;
}

/** @throws UsageError that names what is missing */
export function required(flags: DeviceFlags): Identity {
  const { platform, app } = flags;
  // With credentials the sign-in determines the user, and the alias only names the device.
  const user = flags.user ?? (givenCredentials(flags).length > 0 ? (flags.username ?? 'me') : undefined);
  if (user !== undefined && platform !== undefined && app !== undefined) return { user, platform, app };
  throw missing([
    ...(user === undefined ? ['--user <alias>'] : []),
    ...(platform === undefined ? ['--platform <type>'] : []),
    ...(app === undefined ? ['--app <host name>'] : []),
  ]);
}

/** Resolves when the user quits or the service has forgotten the device; rejects when the device stops for another reason. */
function untilTheEnd(device: Device, view: InteractiveView | undefined, quitting: AbortController): Promise<'quit' | 'forgotten'> {
  return new Promise((resolve, reject) => {
    let detach = (): void => undefined;
    const end = (error?: DeviceError): void => {
      stopListening();
      quitting.signal.removeEventListener('abort', quit);
      detach();
      if (!error) resolve('quit');
      else if (isForgotten(error)) resolve('forgotten');
      else reject(new CliError(error.message));
    };
    const stopListening = device.on('stopped', end);
    const quit = (): void => end();
    quitting.signal.addEventListener('abort', quit);
    if (view) detach = view.attach(device, () => quitting.abort());
    if (quitting.signal.aborted) end();
  });
}

export function deviceIdOf(flags: DeviceFlags): string {
  const { user, platform } = required(flags);
  return flags.deviceId ?? `${user}-${platform.toLowerCase()}`;
}

function optionsOf(flags: DeviceRunFlags, access: DeviceAccess, shown: DeviceListeners): DeviceOptions {
  const { user, platform, app } = required(flags);
  const listeners: DeviceListeners = {
    ...shown,
    disconnected: (closing) => {
      access.disconnected(closing);
      return shown.disconnected?.(closing);
    },
  };
  return {
    ...access.connection,
    url: flags.url,
    user,
    platform,
    application: app,
    deviceId: deviceIdOf(flags),
    batterySaver: flags.batterySaver ?? false,
    // Messages are printed immediately and not stored.
    receivedLimit: 1,
    listeners,
    ...(flags.displayName === undefined ? {} : { displayName: flags.displayName }),
  };
}

/** @throws CliError when the device stops, or a token is refused */
export async function runSingle(flags: DeviceRunFlags, terminal: Terminal, environment: Environment): Promise<void> {
  const { user: alias } = required(flags);
  const { command } = environment;
  const view =
    flags.json === true
      ? undefined
      : createInteractiveView(terminal, (subscription) => sendLine(subscription, { flags, alias, url: flags.url, command }));
  const quitting = new AbortController();
  const { signal } = quitting;
  const stopQuit = terminal.onQuit(() => quitting.abort());
  try {
    const access = await openDeviceAccess(flags, { terminal, environment, signal, onTokenRefused: (error) => quitting.abort(error) });
    const options = { ...optionsOf(flags, access, view?.listeners ?? jsonListeners(terminal)), signal };
    let end = 'forgotten';
    while (end === 'forgotten') {
      const device = await createDevice(options);
      end = await untilTheEnd(device, view, quitting).finally(() => device.close());
    }
  } catch (error) {
    // An error after the user has quit, while connecting for instance, is not reported.
    if (!signal.aborted) throw error;
  } finally {
    stopQuit();
  }
  if (signal.reason instanceof TokenRefused) throw signal.reason;
}
