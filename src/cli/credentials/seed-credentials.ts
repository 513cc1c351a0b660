// Derives the credentials of a client or user from a seed.
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
  /** The client to which the user signs in. */
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

/** The error points to the command that lists the seed. */
function unknown(what: string, { seed }: SeedCredentialFlags): CliError {
  return new CliError(`the seed has no ${what}; list what it has with: unsid apps${seed === undefined ? '' : ` --seed ${seed}`}`);
}

function clientOf({ app, clientId }: SeedCredentialFlags, directory: Directory): Client | undefined {
  if (app !== undefined) return directory.clientNamed(app);
  return clientId === undefined ? directory.publicClient : directory.clientNamed(clientId);
}

function passwordOf(user: User): string {
  if (user.password !== undefined) return user.password;
  throw new CliError(`the seed has no password for ${user.alias}: sign in on the page instead, with --authority and --client-id`);
}

/** @throws CliError if the seed lacks the client, the user or a credential */
export function seedCredentials(flags: SeedCredentialFlags, directory: Directory): Credentials {
  const { app, user: userName, clientId, url, scope } = flags;
  const user = userName === undefined ? undefined : directory.userNamed(userName);
  if (userName !== undefined && !user) throw unknown(`user ${userName}`, flags);
  const client = clientOf(flags, directory);
  if (!client) throw unknown((app ?? clientId) ? `client ${app ?? clientId}` : 'public client', flags);
  const clientCredential = clientCredentialOf(client, directory);
  if (!user && clientCredential.kind === 'none')
    throw new CliError(
      `${client.displayName} has neither secret nor certificate, so it cannot get a token of its own: name a user with --user`,
    );
  const tenant = flags.tenant ?? (user?.tenant ?? client.tenant).domain;
  return {
    authority: authority(`${url.replace(/\/+$/, '')}/${encodeURIComponent(tenant)}`),
    clientId: client.clientId,
    clientCredential,
    subject: user ? { kind: 'password', username: user.upn, password: passwordOf(user) } : { kind: 'app' },
    scope,
  };
}
