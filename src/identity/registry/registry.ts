// Determines which clients may act for an application (F30); an unregistered application is open to all clients.
import type { PlatformType } from '../../domain/model.ts';
import type { Registry } from '../../domain/ports.ts';
import { createRegistrations, type Registrations } from './registrations.ts';
import type { ClientIdsByRole, Seed } from './seed.ts';

type KnownUsers = Pick<Registrations, 'userByAlias' | 'unknownUser'>;

export function createRegistry(seed: Seed, registrations: KnownUsers = createRegistrations(seed)): Registry {
  const { applications = [] } = seed;
  const registered = new Map(applications.map(({ hostName, clientIds }) => [hostName.toLowerCase(), rolesOf(clientIds)]));
  return {
    isClientOf: (application, clientId, platform) => {
      const roles = registered.get(application);
      if (!roles || clientId === undefined) return true;
      return (platform === undefined ? roles.all : roles.of(platform)).has(clientId.toLowerCase());
    },
    clientsOf: (application, platform) => {
      const roles = registered.get(application);
      return [...((platform === undefined ? roles?.all : roles?.of(platform)) ?? [])];
    },
    isUser: (userId, name) => {
      const { alias, upn, oid } = registrations.userByAlias(userId) ?? registrations.unknownUser(userId);
      return [userId, alias, upn, oid].some((one) => one.toLowerCase() === name.toLowerCase());
    },
    applicationsOf: (clientId, platform) =>
      [...registered].flatMap(([application, roles]) => (roles.of(platform).has(clientId.toLowerCase()) ? [application] : [])),
  };
}

interface Roles {
  readonly all: ReadonlySet<string>;
  readonly of: (platform: PlatformType) => ReadonlySet<string>;
}

function rolesOf(clientIds: readonly string[] | ClientIdsByRole): Roles {
  const lower = (ids: readonly string[] = []) => new Set(ids.map((id) => id.toLowerCase()));
  if (isList(clientIds)) {
    const all = lower(clientIds);
    return { all, of: () => all };
  }
  const byPlatform = new Map(Object.entries(clientIds).map(([role, ids]) => [role, lower(ids)]));
  return { all: lower(Object.values(clientIds).flat()), of: (platform) => byPlatform.get(platform) ?? new Set() };
}

function isList(clientIds: readonly string[] | ClientIdsByRole): clientIds is readonly string[] {
  return Array.isArray(clientIds);
}
