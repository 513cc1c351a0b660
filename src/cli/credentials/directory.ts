// The registrations of a seed, for `unsid apps` to print and for `unsid token` to look up secrets and passwords.
import { type Client, createRegistrations, type Registrations, type User } from '../../identity/registry/registrations.ts';
import { defaultSeedFile, loadSeed, type SeedClient } from '../../identity/registry/seed.ts';

export type ClientKind = 'confidential' | 'single-page' | 'public';

export interface Directory {
  /** Path of the seed file; undefined for the default seed. */
  readonly file: string | undefined;
  readonly registrations: Registrations;
  /** The client's entry in the seed, with what registrations leave out: files, URIs, private keys of certificates. */
  seedOf(client: Client): SeedClient | undefined;
  /** Looks up by client ID or display name, ignoring case. */
  clientNamed(name: string): Client | undefined;
  /** The first client to which a user can sign in with a password or a code. */
  readonly publicClient: Client | undefined;
  /** Looks up by alias or user principal name, ignoring case. */
  userNamed(name: string): User | undefined;
}

export function kindOf({ isConfidential, redirectUris }: Client): ClientKind {
  if (isConfidential) return 'confidential';
  return redirectUris.spa.length > 0 && redirectUris.publicClient.length === 0 ? 'single-page' : 'public';
}

/** @throws SeedError */
export async function readDirectory(file: string | undefined): Promise<Directory> {
  const seed = await loadSeed(file ?? defaultSeedFile);
  const registrations = createRegistrations(seed);
  const { clients } = registrations;
  return {
    file,
    registrations,
    seedOf: ({ clientId }) => seed.clients?.find((client) => client.clientId === clientId),
    clientNamed: (name) =>
      registrations.client(name) ?? clients.find(({ displayName }) => displayName.toLowerCase() === name.toLowerCase()),
    publicClient: clients.find((client) => kindOf(client) === 'public'),
    userNamed: registrations.userByName,
  };
}
