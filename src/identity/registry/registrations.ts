// Tenants, users, clients and consents from a seed; immutable.
import { X509Certificate } from 'node:crypto';
import type { Seed, SeedClient, SeedUser } from './seed.ts';
import { SeedError } from './seed.ts';
import { stableGuid } from './stable-guid.ts';

export interface Tenant {
  readonly id: string;
  readonly domain: string;
  readonly displayName: string;
}

export interface User {
  /** In lower case; identifies the user in feeds (F20), for every kind of token. */
  readonly alias: string;
  /** Object id. */
  readonly oid: string;
  readonly tenant: Tenant;
  readonly upn: string;
  readonly displayName: string;
  readonly password: string | undefined;
}

export interface Client {
  readonly clientId: string;
  readonly displayName: string;
  readonly tenant: Tenant;
  /** Users of other tenants may sign in to it. */
  readonly isMultiTenant: boolean;
  /** Has a secret or a certificate, and must authenticate with one. */
  readonly isConfidential: boolean;
  readonly secrets: readonly string[];
  readonly certificates: readonly X509Certificate[];
  readonly redirectUris: { readonly web: readonly string[]; readonly spa: readonly string[]; readonly publicClient: readonly string[] };
  /** Sign-in may answer with tokens instead of a code (F45). */
  readonly allowsImplicitGrant: boolean;
  /** Its names as a resource: its id, `api://<id>` and its identifier URIs. */
  readonly resourceNames: readonly string[];
}

export interface Registrations {
  readonly tenants: readonly Tenant[];
  readonly users: readonly User[];
  readonly clients: readonly Client[];
  readonly seed: Seed;
  /** By id or domain, without case. */
  tenant(name: string): Tenant | undefined;
  client(clientId: string): Client | undefined;
  userByAlias(alias: string): User | undefined;
  userByOid(oid: string): User | undefined;
  /** By user principal name or alias, without case. */
  userByName(name: string): User | undefined;
  /** A user who is not in the seed; development tokens may name any user. */
  unknownUser(alias: string): User;
  /** Consents in the seed; `*` means all scopes. */
  consents(clientId: string, alias: string): ReadonlySet<string>;
}

const defaultTenant: Tenant = { id: stableGuid('tenant', 'contoso.example'), domain: 'contoso.example', displayName: 'Contoso' };
/** Domain of users who are not in the seed. */
const unknownDomain = 'unsid.example';

/** @throws SeedError for what a schema cannot express: unknown tenants, duplicate names, invalid certificates */
export function createRegistrations(seed: Seed): Registrations {
  const tenants = (seed.tenants ?? []).map(({ domain, id, displayName }): Tenant => {
    const name = domain.toLowerCase();
    return { id: id?.toLowerCase() ?? stableGuid('tenant', name), domain: name, displayName: displayName ?? domain };
  });
  if (tenants.length === 0) tenants.push(defaultTenant);
  const tenantsByName = named('tenants', tenants, ({ id, domain }) => [id, domain]);
  const tenantOf = (name: string | undefined, whose: string): Tenant => {
    const tenant = name === undefined ? tenants[0] : tenantsByName.get(name.toLowerCase());
    if (tenant) return tenant;
    throw new SeedError(`seed: ${whose} names the tenant ${name}, which is not in the list of tenants`);
  };
  const users = (seed.users ?? []).map((user) => userOf(user, tenantOf(user.tenant, `the user ${user.alias}`)));
  const byAlias = named('users', users, ({ alias }) => [alias]);
  const byOid = named('users', users, ({ oid }) => [oid]);
  const byName = named('users', users, ({ alias, upn }) => [...new Set([alias, upn.toLowerCase()])]);
  const clients = (seed.clients ?? []).map((client) => clientOf(client, tenantOf(client.tenant, `the client ${client.clientId}`)));
  const byClientId = named('clients', clients, ({ clientId }) => [clientId.toLowerCase()]);
  return {
    tenants,
    users,
    clients,
    seed,
    tenant: (name) => tenantsByName.get(name.toLowerCase()),
    client: (clientId) => byClientId.get(clientId.toLowerCase()),
    userByAlias: (alias) => byAlias.get(alias.toLowerCase()),
    userByOid: (oid) => byOid.get(oid.toLowerCase()),
    userByName: (name) => byName.get(name.toLowerCase()),
    unknownUser: (alias) => {
      const name = alias.toLowerCase();
      const upn = name.includes('@') ? name : `${name}@${unknownDomain}`;
      return userOf({ alias: name, userPrincipalName: upn }, tenants[0] ?? defaultTenant);
    },
    consents: (clientId, alias) => consentsOf(seed, clientId, alias),
  };
}

function userOf({ alias, userPrincipalName, displayName, id, password }: SeedUser, tenant: Tenant): User {
  const upn = userPrincipalName ?? (alias.includes('@') ? alias : `${alias.toLowerCase()}@${tenant.domain}`);
  return {
    alias: alias.toLowerCase(),
    oid: id?.toLowerCase() ?? stableGuid('user', tenant.id, upn.toLowerCase()),
    tenant,
    upn,
    displayName: displayName ?? alias,
    password,
  };
}

function clientOf(client: SeedClient, tenant: Tenant): Client {
  const {
    clientId,
    displayName,
    secrets = [],
    certificates = [],
    redirectUris = {},
    identifierUris = [],
    signInAudience,
    implicitGrant,
  } = client;
  return {
    clientId,
    displayName: displayName ?? clientId,
    tenant,
    isMultiTenant: signInAudience !== 'AzureADMyOrg',
    isConfidential: secrets.length + certificates.length > 0,
    secrets,
    certificates: certificates.map(({ pem }) => certificateOf(pem ?? '', clientId)),
    redirectUris: { web: redirectUris.web ?? [], spa: redirectUris.spa ?? [], publicClient: redirectUris.publicClient ?? [] },
    allowsImplicitGrant: implicitGrant === true,
    resourceNames: [clientId, `api://${clientId}`, ...identifierUris],
  };
}

/** A private key in the same file is ignored. */
function certificateOf(pem: string, clientId: string): X509Certificate {
  try {
    return new X509Certificate(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/.exec(pem)?.[0] ?? '');
  } catch {
    throw new SeedError(`seed: the client ${clientId} has a certificate that is no PEM`);
  }
}

function consentsOf({ consents = [] }: Seed, clientId: string, alias: string): ReadonlySet<string> {
  const own = consents.filter(
    (one) => one.clientId.toLowerCase() === clientId.toLowerCase() && (one.user === undefined || one.user.toLowerCase() === alias),
  );
  return new Set(own.flatMap(({ scopes }) => scopes));
}

function named<Item>(section: string, items: readonly Item[], namesOf: (item: Item) => readonly string[]): ReadonlyMap<string, Item> {
  const found = new Map<string, Item>();
  for (const item of items) {
    for (const name of namesOf(item)) {
      if (found.has(name)) throw new SeedError(`seed: /${section} has ${name} twice`);
      found.set(name, item);
    }
  }
  return found;
}
