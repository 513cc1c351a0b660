// Who is registered: users, applications with their clients (F30); an application that nobody registered is open to every client.
import type { Registry } from '../domain/ports.ts';
import type { Seed } from './seed.ts';

export interface UserDirectory {
  /** The user behind an alias; an unknown one becomes known on first use, with a name made of the alias. */
  user(alias: string): { readonly userId: string; readonly upn: string };
}

/** Where users live whom no seed file names. */
const defaultDomain = 'unsid.example';

export function createRegistry(seed: Seed): Registry & UserDirectory {
  const clientsOf = new Map((seed.applications ?? []).map(({ hostName, clientIds }) => [hostName.toLowerCase(), new Set(clientIds)]));
  const names = new Map((seed.users ?? []).map(({ alias, userPrincipalName }) => [alias.toLowerCase(), userPrincipalName]));
  return {
    isClientOf: (application, clientId) => clientId === undefined || (clientsOf.get(application)?.has(clientId) ?? true),
    user: (alias) => {
      const userId = alias.toLowerCase();
      return { userId, upn: names.get(userId) ?? (userId.includes('@') ? userId : `${userId}@${defaultDomain}`) };
    },
  };
}
