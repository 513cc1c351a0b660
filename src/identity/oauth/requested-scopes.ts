// Determines the scopes that a token request asks for: in v2.0 by scope, in v1 by resource, or those of the sign-in (F35, F40).
import type { Delegation } from '../../domain/grants.ts';
import { SignInRefusal } from '../errors.ts';
import type { Registrations } from '../registry/registrations.ts';
import { type RequestedScopes, scopesFromResource, scopesFromScope } from './scopes.ts';
import { type ClientRequest, requireParameter } from './token-request.ts';

export type ScopeRequest = Pick<Delegation, 'scope' | 'resource'>;

/**
 * The scope or resource in the request, for grants without an earlier sign-in.
 * @throws SignInRefusal ParameterMissing
 */
export function scopeRequestOf({ call, request: { scope, resource } }: ClientRequest): ScopeRequest {
  if (call.version === '2.0') return { scope: requireParameter(scope, 'scope') };
  return { scope: scope ?? '', resource: requireParameter(resource, 'resource') };
}

/** @throws SignInRefusal ScopeInvalid, ResourceUnknown */
export function resolveScopes(registrations: Registrations, { scope, resource }: ScopeRequest): RequestedScopes {
  if (resource !== undefined) return scopesFromResource(registrations, resource, isBlank(scope) ? undefined : scope);
  if (!isBlank(scope)) return scopesFromScope(registrations, scope);
  throw new SignInRefusal('ScopeInvalid', "The provided value for the input parameter 'scope' is not valid: it is empty.");
}

/**
 * A grant may be used for fewer scopes or another resource than the sign-in; the next refresh token keeps those of the sign-in.
 * @throws SignInRefusal ParameterMissing, ScopeInvalid, ResourceUnknown
 */
export function scopesOfGrant(
  registrations: Registrations,
  clientRequest: ClientRequest,
  grant: ScopeRequest,
): { requested: RequestedScopes; signedInFor: ScopeRequest } {
  const signedInFor = originalRequestOf(clientRequest, grant);
  const requested = resolveScopes(registrations, narrowedRequest(clientRequest, signedInFor));
  return { requested: withOpenIdOf(requested, resolveScopes(registrations, signedInFor)), signedInFor };
}

/** In v1, the resource may be first named when the code is redeemed. */
function originalRequestOf({ call, request }: ClientRequest, { scope, resource }: ScopeRequest): ScopeRequest {
  const named = resource ?? (call.version === '1.0' ? requireParameter(request.resource, 'resource') : undefined);
  if (named !== undefined) return { scope, resource: named };
  return { scope: isBlank(scope) ? requireParameter(request.scope, 'scope') : scope };
}

function narrowedRequest({ call, request: { scope, resource } }: ClientRequest, signedInFor: ScopeRequest): ScopeRequest {
  if (call.version === '2.0') return scope === undefined ? signedInFor : { scope };
  return { ...signedInFor, ...(scope === undefined ? {} : { scope }), ...(resource === undefined ? {} : { resource }) };
}

/** OpenID scopes and offline_access of the sign-in stay in effect when the request names only scopes of the resource. */
function withOpenIdOf(requested: RequestedScopes, signedIn: RequestedScopes): RequestedScopes {
  const { openid, profile, email, offlineAccess } = signedIn.openId;
  return {
    ...requested,
    openId: {
      openid: requested.openId.openid || openid,
      profile: requested.openId.profile || profile,
      email: requested.openId.email || email,
      offlineAccess: requested.openId.offlineAccess || offlineAccess,
    },
  };
}

function isBlank(scope: string): boolean {
  return scope.trim() === '';
}
