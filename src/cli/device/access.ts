// How simulated devices reach the service and stay signed in there: with credentials, a given token, or a development token.
import type { TokenSource } from '../../client/client.ts';
import type { Closing } from '../../client/device-socket.ts';
import type { ServiceTransport } from '../../client/node/trusted-transport.ts';
import { closeCodes } from '../../documents/close-codes.gen.ts';
import { type AccessParts, openAccess } from '../credentials/access.ts';
import { credentialsOf } from '../credentials/credentials.ts';
import { TokenRefused } from '../credentials/grant.ts';
import type { DeviceRunFlags } from './modes.ts';

export interface DeviceAccess {
  /** Options of each device. */
  readonly connection: Partial<ServiceTransport> & { readonly token?: TokenSource };
  /** Called for each lost connection: after one that ended for its token the next gets a new one. */
  disconnected(closing: Closing): void;
}

export interface DeviceAccessParts extends AccessParts {
  /** Called, perhaps more than once, when the platform gives no more tokens. */
  readonly onTokenRefused: (error: TokenRefused) => void;
}

/**
 * Signs in where there are credentials.
 * @throws CliError when a file is of no use or no token is given, UsageError when the flags make no sense, ConnectionError
 */
export async function openDeviceAccess(flags: DeviceRunFlags, parts: DeviceAccessParts): Promise<DeviceAccess> {
  const credentials = credentialsOf(flags, { env: parts.environment.env, needsUser: true });
  const { transport, renewingToken } = await openAccess({ credentials, ca: flags.ca, url: flags.url }, parts);
  if (!renewingToken)
    return { connection: { ...transport, ...(flags.token === undefined ? {} : { token: flags.token }) }, disconnected: () => undefined };
  const token = (): Promise<string> =>
    renewingToken.token().catch((error: unknown) => {
      // Whoever reconnects takes every error for a line that may come back; this one never does.
      if (error instanceof TokenRefused) parts.onTokenRefused(error);
      throw error;
    });
  // Before anything is shown: a person may have to read what to type where.
  await renewingToken.token();
  return {
    connection: { ...transport, token },
    disconnected: ({ code }) => {
      if (code === closeCodes.tokenExpired.code) renewingToken.forget();
    },
  };
}
