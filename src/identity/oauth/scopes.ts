// Parses requested scopes: those of one resource, OpenID scopes, or v1's resource (F32, F34, F40).
import { SignInRefusal } from '../errors.ts';
import type { Client, Registrations } from '../registry/registrations.ts';

/** The resource that a token is for. */
export interface Resource {
  /** The requested name, used as the token's `aud`, except that a client as resource has its id there in v2.0. */
  readonly name: string;
  /** The client that is the resource; undefined for Graph. */
  readonly client: Client | undefined;
}

export interface RequestedScopes {
  readonly resource: Resource;
  /** Names of scopes without their resource, and without OpenID scopes. */
  readonly names: readonly string[];
  /** `.default`: all scopes with consent. */
  readonly isDefault: boolean;
  readonly openId: { readonly openid: boolean; readonly profile: boolean; readonly email: boolean; readonly offlineAccess: boolean };
  /** In the client's spelling. */
  readonly original: string;
}

/** The names of Graph as a resource. */
export const graphNames = ['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000'] as const;

/** The Graph scopes that this emulator uses (F17, F23); `.default` with full consent grants these. */
export const knownGraphScopes = ['Notifications.ReadWrite.CreatedByApp', 'UserActivity.ReadWrite.CreatedByApp'] as const;

const openIdScopes = ['openid', 'profile', 'email', 'offline_access'];
const scopeName = /^[A-Za-z0-9._-]+$/;

/** Resource names are compared without trailing slash and without case. */
const normalised = (name: string): string => name.replace(/\/$/, '').toLowerCase();

export function isGraph(name: string): boolean {
  return graphNames.some((known) => known === normalised(name));
}

/** @throws SignInRefusal ResourceUnknown */
export function resourceOf(registrations: Registrations, name: string): Resource {
  if (isGraph(name)) return { name, client: undefined };
  const client = registrations.clients.find(({ resourceNames }) => resourceNames.some((known) => normalised(known) === normalised(name)));
  if (client) return { name, client };
  throw new SignInRefusal(
    'ResourceUnknown',
    `The resource principal named ${name} was not found: it is neither Graph nor a registered client.`,
  );
}

/**
 * v2.0: scope names without a resource belong to Graph.
 * @throws SignInRefusal ScopeInvalid, ResourceUnknown
 */
export function scopesFromScope(registrations: Registrations, scope: string): RequestedScopes {
  const all = scope.split(/\s+/).filter((one) => one !== '');
  const ofResource = all.filter((one) => !openIdScopes.includes(one)).map(split);
  const resources = new Set(ofResource.map(({ resource }) => normalised(resource)));
  if (resources.size > 1)
    throw new SignInRefusal('ScopeInvalid', `The scope '${scope}' is not valid: it names scopes of more than one resource.`);
  const names = ofResource.map(({ name }) => name);
  const wrong = names.find((name) => !scopeName.test(name));
  if (wrong !== undefined)
    throw new SignInRefusal('ScopeInvalid', `The provided value for the input parameter 'scope' is not valid: '${wrong}'.`);
  const isDefault = names.includes('.default');
  if (isDefault && names.length > 1)
    throw new SignInRefusal(
      'ScopeInvalid',
      `The scope '${scope}' is not valid: .default cannot be combined with other scopes of its resource.`,
    );
  return {
    resource: resourceOf(registrations, ofResource[0]?.resource ?? graphNames[0]),
    names: isDefault ? [] : names,
    isDefault,
    openId: openIdOf(all),
    original: all.join(' '),
  };
}

/**
 * v1: a resource means all scopes with consent; the response always includes an id token.
 * @throws SignInRefusal ResourceUnknown
 */
export function scopesFromResource(registrations: Registrations, resource: string, scope = 'openid'): RequestedScopes {
  return {
    resource: resourceOf(registrations, resource),
    names: [],
    isDefault: true,
    openId: { ...openIdOf(scope.split(/\s+/)), openid: true, profile: true, offlineAccess: true },
    original: scope,
  };
}

function openIdOf(all: readonly string[]): RequestedScopes['openId'] {
  return {
    openid: all.includes('openid'),
    profile: all.includes('profile'),
    email: all.includes('email'),
    offlineAccess: all.includes('offline_access'),
  };
}

/** The last part is the scope, the rest its resource; `https://host//.default` has the resource `https://host/`. */
function split(scope: string): { readonly resource: string; readonly name: string } {
  const at = scope.lastIndexOf('/');
  return at < 0 ? { resource: graphNames[0], name: scope } : { resource: scope.slice(0, at), name: scope.slice(at + 1) };
}
