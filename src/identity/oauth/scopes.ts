// Reads what a client asks for: scopes of one resource, OpenID's own scopes, or v1's resource (F32, F34, F40).
import { SignInRefusal } from '../errors.ts';
import type { Client, Registrations } from '../registry/registrations.ts';

/** What a token is for. */
export interface Resource {
  /** As in the token's `aud`: the name that was asked for; a client as a resource has its id in v2.0. */
  readonly name: string;
  /** The client that is the resource; undefined: Graph. */
  readonly client: Client | undefined;
}

export interface RequestedScopes {
  readonly resource: Resource;
  /** Names of scopes, without the resource and OpenID's own. */
  readonly names: readonly string[];
  /** `.default`: whatever is consented. */
  readonly isDefault: boolean;
  readonly openId: { readonly openid: boolean; readonly profile: boolean; readonly email: boolean; readonly offlineAccess: boolean };
  /** As the client spelled it. */
  readonly original: string;
}

/** Names that Graph goes by. */
export const graphNames = ['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000'] as const;

/** Scopes of Graph that this emulator knows a meaning for (F17, F23); `.default` with full consent gives these. */
export const knownGraphScopes = ['Notifications.ReadWrite.CreatedByApp', 'UserActivity.ReadWrite.CreatedByApp'] as const;

const openIdScopes = ['openid', 'profile', 'email', 'offline_access'];
const scopeName = /^[A-Za-z0-9._-]+$/;

/** A slash at the end makes no other resource. */
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
 * v2.0: names without a resource are Graph's.
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
 * v1: a resource stands for all that is consented; an id token always comes along.
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

/** The last part is the scope, the rest its resource; `https://host//.default` asks for `https://host/`. */
function split(scope: string): { readonly resource: string; readonly name: string } {
  const at = scope.lastIndexOf('/');
  return at < 0 ? { resource: graphNames[0], name: scope } : { resource: scope.slice(0, at), name: scope.slice(at + 1) };
}
