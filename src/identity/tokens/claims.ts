// Composes the claims of tokens like the platform's (F39); pure, with times by the service clock.
import { createHash } from 'node:crypto';
import type { Instant } from '../../domain/model.ts';
import type { Resource } from '../oauth/resources.ts';
import type { RequestedScopes } from '../oauth/scopes.ts';
import type { Client, Tenant, User } from '../registry/registrations.ts';
import { stableGuid } from '../registry/stable-guid.ts';

/** Endpoints of v1 and v2.0 write some claims differently. */
export type Version = '1.0' | '2.0';

export interface Moment {
  /** Time of issue. */
  readonly now: Instant;
  readonly lifetimeMs: number;
  /** Scheme and authority of the request. */
  readonly origin: string;
}

export interface AccessTokenInput extends Moment {
  readonly version: Version;
  readonly client: Client;
  readonly resource: Resource;
  /** Undefined for an app-only token. */
  readonly delegated: { readonly user: User; readonly scopes: readonly string[] } | undefined;
  readonly tenant: Tenant;
  /** Unique for each token. */
  readonly id: string;
}

export interface IdTokenInput extends Moment {
  readonly version: Version;
  readonly client: Client;
  readonly user: User;
  readonly requested: RequestedScopes;
  readonly nonce: string | undefined;
  readonly id: string;
  /** Issued together with it by the authorization endpoint; its hash becomes `at_hash`. */
  readonly accessToken?: string | undefined;
}

type Claims = Readonly<Record<string, string | number | readonly string[]>>;

/** The issuer, which depends on the version, as on the platform. */
export function issuerOf(origin: string, tenantId: string, version: Version): string {
  return version === '2.0' ? `${origin}/${tenantId}/v2.0` : `${origin}/${tenantId}/`;
}

/** Parses an issuer of this emulator: any origin, a tenant, and the path of a version. */
export function issuedFor(issuer: string): { readonly tenantId: string; readonly version: Version } | undefined {
  const [, tenantId, path] = /^https?:\/\/[^/]+\/([^/]+)\/(v2\.0)?$/.exec(issuer) ?? [];
  return tenantId === undefined ? undefined : { tenantId, version: path === undefined ? '1.0' : '2.0' };
}

/** Tokens for Graph and the activity service always have version 1.0; those for a client as resource have the version of the endpoint. */
export function accessTokenClaims(input: AccessTokenInput): Claims {
  const { client, resource, delegated, tenant } = input;
  const version = resource.client ? input.version : '1.0';
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
  const { version, client, user, requested, nonce, accessToken } = input;
  const named = requested.openId.profile || version === '1.0';
  return {
    aud: client.clientId,
    iss: issuerOf(input.origin, user.tenant.id, version),
    ...times(input),
    ...(nonce === undefined ? {} : { nonce }),
    ...(accessToken === undefined ? {} : { at_hash: hashOf(accessToken) }),
    ...(named ? { name: user.displayName } : {}),
    ...(requested.openId.email ? { email: user.upn } : {}),
    ...(version === '2.0' ? { preferred_username: user.upn } : { upn: user.upn, unique_name: user.upn }),
    oid: user.oid,
    sub: subjectOf(user, client.clientId),
    tid: user.tenant.id,
    uti: input.id,
    ver: version,
  };
}

/** The client_info from which client libraries derive an account id; base64url. */
export function clientInfo(user: User): string {
  return Buffer.from(JSON.stringify({ uid: user.oid, utid: user.tenant.id })).toString('base64url');
}

/** The `sub` of id tokens for this client. */
export function subjectOf({ oid }: Pick<User, 'oid'>, clientId: string): string {
  return pairwise(oid, clientId);
}

/** The left half of the SHA-256 (OpenID Connect Core, 3.2.2.9). */
function hashOf(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url');
}

function times({ now, lifetimeMs }: Moment): { readonly iat: number; readonly nbf: number; readonly exp: number } {
  const iat = Math.floor(now / 1000);
  return { iat, nbf: iat, exp: iat + Math.floor(lifetimeMs / 1000) };
}

/** A pairwise subject: different for each audience, the same at every start. */
function pairwise(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
