// What a token request asks for: in v2.0 by scope, in v1 by resource, or what was asked for when the person signed in (F35, F40).
import type { Delegation } from '../../domain/grants.ts';
import { SignInRefusal } from '../errors.ts';
import type { Registrations } from '../registry/registrations.ts';
import { type Asked, askedByResource, askedByScope } from './scopes.ts';
import { type Asking, needed } from './token-request.ts';

export type Wanted = Pick<Delegation, 'scope' | 'resource'>;

/**
 * What a request names, for a grant that knows of no earlier one.
 * @throws SignInRefusal ParameterMissing
 */
export function wantedNow({ call, request: { scope, resource } }: Asking): Wanted {
  if (call.version === '2.0') return { scope: needed(scope, 'scope') };
  return { scope: scope ?? '', resource: needed(resource, 'resource') };
}

/** @throws SignInRefusal ScopeInvalid, ResourceUnknown */
export function askedFor(registrations: Registrations, { scope, resource }: Wanted): Asked {
  if (resource !== undefined) return askedByResource(registrations, resource, isBlank(scope) ? undefined : scope);
  if (!isBlank(scope)) return askedByScope(registrations, scope);
  throw new SignInRefusal('ScopeInvalid', "The provided value for the input parameter 'scope' is not valid: it is empty.");
}

/**
 * A grant may be used for less, or for another resource, than the person signed in for; what is remembered is the sign-in.
 * @throws SignInRefusal ParameterMissing, ScopeInvalid, ResourceUnknown
 */
export function askedOfGrant(registrations: Registrations, asking: Asking, grant: Wanted): { asked: Asked; signedInFor: Wanted } {
  const signedInFor = signInOf(asking, grant);
  const asked = askedFor(registrations, wantedOf(asking, signedInFor));
  return { asked: withOpenIdOf(asked, askedFor(registrations, signedInFor)), signedInFor };
}

/** In v1 the resource may be named only when the code is redeemed. */
function signInOf({ call, request }: Asking, { scope, resource }: Wanted): Wanted {
  const named = resource ?? (call.version === '1.0' ? needed(request.resource, 'resource') : undefined);
  if (named !== undefined) return { scope, resource: named };
  return { scope: isBlank(scope) ? needed(request.scope, 'scope') : scope };
}

function wantedOf({ call, request: { scope, resource } }: Asking, signedInFor: Wanted): Wanted {
  if (call.version === '2.0') return scope === undefined ? signedInFor : { scope };
  return { ...signedInFor, ...(scope === undefined ? {} : { scope }), ...(resource === undefined ? {} : { resource }) };
}

/** Who signed in with OpenID, or to stay signed in, stays so when only the resource's scopes are named again. */
function withOpenIdOf(asked: Asked, before: Asked): Asked {
  const { openid, profile, email, offlineAccess } = before.openId;
  return {
    ...asked,
    openId: {
      openid: asked.openId.openid || openid,
      profile: asked.openId.profile || profile,
      email: asked.openId.email || email,
      offlineAccess: asked.openId.offlineAccess || offlineAccess,
    },
  };
}

function isBlank(scope: string): boolean {
  return scope.trim() === '';
}
