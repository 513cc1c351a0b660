// Who is in a seed: what `unsid apps` prints and `unsid token` takes secrets and passwords from.
import { type Client, createRegistrations, type Registrations, type User } from '../../identity/registry/registrations.ts';
import { defaultSeedFile, loadSeed, type SeedClient } from '../../identity/registry/seed.ts';

export type ClientKind = 'confidential' | 'single-page' | 'public';

export interface Directory {
  /** The file it was read from; undefined: the default seed. */
  readonly file: string | undefined;
  readonly registrations: Registrations;
  /** As the seed spells it, with what registrations do not keep: files, URIs, private keys beside certificates. */
  seedOf(client: Client): SeedClient | undefined;
  /** By client ID or display name, without case. */
  clientNamed(name: string): Client | undefined;
  /** The first that a person can sign in to with a password or a code. */
  readonly publicClient: Client | undefined;
  /** By alias or user principal name, without case. */
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
    seedOf: ({ clientId }) => seed.clients?.find((one) => one.clientId === clientId),
    clientNamed: (name) =>
      registrations.client(name) ?? clients.find(({ displayName }) => displayName.toLowerCase() === name.toLowerCase()),
    publicClient: clients.find((client) => kindOf(client) === 'public'),
    userNamed: registrations.userByName,
  };
}
