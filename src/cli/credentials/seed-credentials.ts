// Takes credentials from a seed: what a client or user that an emulator knows would ask it for a token with.
import type { Client, User } from '../../identity/registry/registrations.ts';
import { CliError } from '../terminal/cli-error.ts';
import { authority } from './credential-flags.ts';
import type { ClientCredential, Credentials } from './credentials.ts';
import type { Directory } from './directory.ts';

export interface SeedCredentialFlags {
  /** Client ID or display name. */
  readonly app?: string;
  /** Alias or user principal name. */
  readonly user?: string;
  /** The client that a user signs in to. */
  readonly clientId?: string;
  readonly url: string;
  readonly tenant?: string;
  readonly seed?: string;
  readonly scope?: string;
}

function clientCredentialOf(client: Client, { seedOf }: Directory): ClientCredential {
  const [secret] = client.secrets;
  if (secret !== undefined) return { kind: 'secret', secret };
  const [certificate] = seedOf(client)?.certificates ?? [];
  if (!certificate) return { kind: 'none' };
  const { file = `the certificate of ${client.displayName}`, pem } = certificate;
  return { kind: 'certificate', file, ...(pem === undefined ? {} : { pem }) };
}

/** What a seed does not have is best looked up there. */
function unknown(what: string, { seed }: SeedCredentialFlags): CliError {
  return new CliError(`the seed has no ${what}; see: unsid apps${seed === undefined ? '' : ` --seed ${seed}`}`);
}

function clientOf({ app, clientId }: SeedCredentialFlags, directory: Directory): Client | undefined {
  if (app !== undefined) return directory.clientNamed(app);
  return clientId === undefined ? directory.publicClient : directory.clientNamed(clientId);
}

function passwordOf(user: User): string {
  if (user.password !== undefined) return user.password;
  throw new CliError(`the seed has no password for ${user.alias}: sign in with --authority and --client-id, on the page`);
}

/** @throws CliError for what the seed does not have */
export function seedCredentials(flags: SeedCredentialFlags, directory: Directory): Credentials {
  const { app, user: userName, clientId, url, scope } = flags;
  const user = userName === undefined ? undefined : directory.userNamed(userName);
  if (userName !== undefined && !user) throw unknown(`user ${userName}`, flags);
  const client = clientOf(flags, directory);
  if (!client) throw unknown((app ?? clientId) ? `client ${app ?? clientId}` : 'public client', flags);
  const clientCredential = clientCredentialOf(client, directory);
  if (!user && clientCredential.kind === 'none')
    throw new CliError(`${client.displayName} has neither secret nor certificate: its tokens are those of a --user`);
  const tenant = flags.tenant ?? (user?.tenant ?? client.tenant).domain;
  return {
    authority: authority(`${url.replace(/\/+$/, '')}/${encodeURIComponent(tenant)}`),
    clientId: client.clientId,
    clientCredential,
    subject: user ? { kind: 'password', username: user.upn, password: passwordOf(user) } : { kind: 'app' },
    scope,
  };
}
