// Determines the application that a device of the activity surface subscribes for, which its request does not always name (F55, D35).
import { Refusal } from '../domain/errors.ts';
import type { PlatformType, UserCaller } from '../domain/model.ts';
import type { Registry } from '../domain/ports.ts';

/** Labels with dots between them, the last one no number: the sender ID of FCM, which is one, is no host name. */
const hostName = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The application that the token's client is registered for; where it is registered for none, or for several, the one that is named.
 * @param named `appPackageName`, which is a host name on some platforms and something else on others
 * @throws Refusal ClientNotRegistered
 */
export function chooseApplication(
  registry: Pick<Registry, 'applicationsOf' | 'clientsOf'>,
  { clientId }: UserCaller,
  { platform, named }: { readonly platform: PlatformType; readonly named: string | null | undefined },
): string {
  const name = named?.toLowerCase() ?? '';
  const own = clientId === undefined ? [] : registry.applicationsOf(clientId, platform);
  const [only] = own;
  if (only !== undefined && own.length === 1) return only;
  if (own.length === 0 ? hostName.test(name) || registry.clientsOf(name).length > 0 : own.includes(name)) return name;
  const who =
    clientId === undefined
      ? 'The token names no client'
      : `The client ${clientId} is registered for ${own.join(' and ') || 'no application'}`;
  throw new Refusal(
    'ClientNotRegistered',
    `${who}, and appPackageName is not the host name of an application: register the client for one, or send its host name.`,
  );
}
