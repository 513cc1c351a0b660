// The claims of tokens, as the platform's (F39): pure, times from the one service clock.
import { createHash } from 'node:crypto';
import type { Instant } from '../../domain/model.ts';
import { isGraph, type RequestedScopes, type Resource } from '../oauth/scopes.ts';
import type { Client, Tenant, User } from '../registry/registrations.ts';
import { stableGuid } from '../registry/stable-guid.ts';

/** Endpoints of v1 and v2.0 write some claims differently. */
export type Version = '1.0' | '2.0';

export interface Moment {
  /** When it is issued. */
  readonly now: Instant;
  readonly lifetimeMs: number;
  /** Scheme and authority that the request came to. */
  readonly origin: string;
}

export interface AccessTokenInput extends Moment {
  readonly version: Version;
  readonly client: Client;
  readonly resource: Resource;
  /** Undefined: an app-only token, of this tenant. */
  readonly delegated: { readonly user: User; readonly scopes: readonly string[] } | undefined;
  readonly tenant: Tenant;
  /** A new id for each token. */
  readonly id: string;
}

export interface IdTokenInput extends Moment {
  readonly version: Version;
  readonly client: Client;
  readonly user: User;
  readonly requested: RequestedScopes;
  readonly nonce: string | undefined;
  readonly id: string;
}

type Claims = Readonly<Record<string, string | number | readonly string[]>>;

/** Issuers differ by version, as the platform's do. */
export function issuerOf(origin: string, tenantId: string, version: Version): string {
  return version === '2.0' ? `${origin}/${tenantId}/v2.0` : `${origin}/${tenantId}/`;
}

/** The tenant of an issuer that this emulator could have: any origin it was reached by, and a version's path. */
export function issuedFor(issuer: string): { readonly tenantId: string; readonly version: Version } | undefined {
  const [, tenantId, path] = /^https?:\/\/[^/]+\/([^/]+)\/(v2\.0)?$/.exec(issuer) ?? [];
  return tenantId === undefined ? undefined : { tenantId, version: path === undefined ? '1.0' : '2.0' };
}

/** Graph takes tokens of v1 whatever endpoint gave them; a client as a resource gets those of the endpoint. */
export function accessTokenClaims(input: AccessTokenInput): Claims {
  const { client, resource, delegated, tenant } = input;
  const version = isGraph(resource.name) ? '1.0' : input.version;
  const user = delegated?.user;
  return {
    aud: version === '2.0' && resource.client ? resource.client.clientId : resource.name,
    iss: issuerOf(input.origin, tenant.id, version),
    ...times(input),
    ...(version === '2.0'
      ? { azp: client.clientId, azpacr: client.isConfidential ? '1' : '0' }
      : { appid: client.clientId, appidacr: client.isConfidential ? '1' : '0', app_displayname: client.displayName }),
    ...(user
      ? {
          idtyp: 'user',
          name: user.displayName,
          ...(version === '2.0' ? { preferred_username: user.upn } : { upn: user.upn, unique_name: user.upn }),
          oid: user.oid,
          scp: delegated.scopes.join(' '),
          sub: pairwise(user.oid, resource.name),
        }
      : { idtyp: 'app', oid: stableGuid('app', client.clientId, tenant.id), sub: stableGuid('app', client.clientId, tenant.id) }),
    tid: tenant.id,
    uti: input.id,
    ver: version,
  };
}

export function idTokenClaims(input: IdTokenInput): Claims {
  const { version, client, user, requested, nonce } = input;
  const named = requested.openId.profile || version === '1.0';
  return {
    aud: client.clientId,
    iss: issuerOf(input.origin, user.tenant.id, version),
    ...times(input),
    ...(nonce === undefined ? {} : { nonce }),
    ...(named ? { name: user.displayName } : {}),
    ...(requested.openId.email ? { email: user.upn } : {}),
    ...(version === '2.0' ? { preferred_username: user.upn } : { upn: user.upn, unique_name: user.upn }),
    oid: user.oid,
    sub: pairwise(user.oid, client.clientId),
    tid: user.tenant.id,
    uti: input.id,
    ver: version,
  };
}

/** What client libraries make an account's id from; base64url. */
export function clientInfo(user: User): string {
  return Buffer.from(JSON.stringify({ uid: user.oid, utid: user.tenant.id })).toString('base64url');
}

function times({ now, lifetimeMs }: Moment): { readonly iat: number; readonly nbf: number; readonly exp: number } {
  const iat = Math.floor(now / 1000);
  return { iat, nbf: iat, exp: iat + Math.floor(lifetimeMs / 1000) };
}

/** Another subject for each audience, the same at every start. */
function pairwise(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
