// Parses requested scopes: those of one resource, OpenID scopes, or v1's resource (F32, F34, F40).
import { SignInRefusal } from '../errors.ts';
import type { Registrations } from '../registry/registrations.ts';
import { graphNames, type Resource, resourceKey, resourceOf } from './resources.ts';

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

/** The scopes of client apps (F17, F23), of Graph and of the activity service alike; `.default` with full consent grants these. */
export const knownScopes = ['Notifications.ReadWrite.CreatedByApp', 'UserActivity.ReadWrite.CreatedByApp'] as const;

const openIdScopes = ['openid', 'profile', 'email', 'offline_access'];
const scopeName = /^[A-Za-z0-9._-]+$/;

/**
 * v2.0: scope names without a resource belong to Graph.
 * @throws SignInRefusal ScopeInvalid, ResourceUnknown
 */
export function scopesFromScope(registrations: Registrations, scope: string): RequestedScopes {
  const all = scope.split(/\s+/).filter((one) => one !== '');
  const ofResource = all.filter((one) => !openIdScopes.includes(one.toLowerCase())).map(split);
  const resources = new Set(ofResource.map(({ resource }) => resourceKey(resource)));
  if (resources.size > 1)
    throw new SignInRefusal('ScopeInvalid', `The scope '${scope}' is not valid: it names scopes of more than one resource.`);
  const names = ofResource.map(({ name }) => name);
  const wrong = names.find((name) => !scopeName.test(name));
  if (wrong !== undefined)
    throw new SignInRefusal('ScopeInvalid', `The provided value for the input parameter 'scope' is not valid: '${wrong}'.`);
  const isDefault = names.some((name) => name.toLowerCase() === '.default');
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

/** Without case (F44). */
function openIdOf(all: readonly string[]): RequestedScopes['openId'] {
  const asked = new Set(all.map((scope) => scope.toLowerCase()));
  return {
    openid: asked.has('openid'),
    profile: asked.has('profile'),
    email: asked.has('email'),
    offlineAccess: asked.has('offline_access'),
  };
}

/** The last part is the scope, the rest its resource; `https://host//.default` has the resource `https://host/`. */
function split(scope: string): { readonly resource: string; readonly name: string } {
  const at = scope.lastIndexOf('/');
  return at < 0 ? { resource: graphNames[0], name: scope } : { resource: scope.slice(0, at), name: scope.slice(at + 1) };
}
