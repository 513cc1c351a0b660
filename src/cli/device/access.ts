// Gives simulated devices a transport to the service and a token: from credentials, a given token, or a development token.
import type { TokenSource } from '../../client/client.ts';
import type { Closing } from '../../client/device-socket.ts';
import type { ServiceTransport } from '../../client/node/trusted-transport.ts';
import { closeCodes } from '../../documents/close-codes.gen.ts';
import { type AccessParts, openAccess } from '../credentials/access.ts';
import { credentialsOf } from '../credentials/credentials.ts';
import { TokenRefused } from '../credentials/grant.ts';
import type { DeviceRunFlags } from './modes.ts';

export interface DeviceAccess {
  /** Transport and token, as options of each device. */
  readonly connection: Partial<ServiceTransport> & { readonly token?: TokenSource };
  /** Call for each lost connection: if its token had expired, the next connection gets a new one. */
  disconnected(closing: Closing): void;
}

export interface DeviceAccessParts extends AccessParts {
  /** Called, possibly more than once, when the platform refuses a token. */
  readonly onTokenRefused: (error: TokenRefused) => void;
}

/**
 * Signs in if credentials were given.
 * @throws CliError when a file cannot be used or a token is refused, UsageError when the options contradict each other, ConnectionError
 */
export async function openDeviceAccess(flags: DeviceRunFlags, parts: DeviceAccessParts): Promise<DeviceAccess> {
  const credentials = credentialsOf(flags, { env: parts.environment.env, needsUser: true });
  const { transport, renewingToken } = await openAccess({ credentials, ca: flags.ca, url: flags.url }, parts);
  if (!renewingToken)
    return { connection: { ...transport, ...(flags.token === undefined ? {} : { token: flags.token }) }, disconnected: () => undefined };
  const token = (): Promise<string> =>
    renewingToken.token().catch((error: unknown) => {
      // The device treats every error here as a connection that may recover; a refused token never does.
      if (error instanceof TokenRefused) parts.onTokenRefused(error);
      throw error;
    });
  // Before any other output: the user may have to read where to sign in.
  await renewingToken.token();
  return {
    connection: { ...transport, token },
    disconnected: ({ code }) => {
      if (code === closeCodes.tokenExpired.code) renewingToken.forget();
    },
  };
}
