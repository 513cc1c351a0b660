// Composes token responses of v2.0 and v1: access token, refresh token, id token and their properties (F39, F40).
import type { components } from '../../documents/identity.gen.ts';
import type { Delegation } from '../../domain/grants.ts';
import type { IdentityContext } from '../context.ts';
import type { Tenant, User } from '../registry/registrations.ts';
import { accessTokenClaims, clientInfo, idTokenClaims, type Moment } from '../tokens/claims.ts';
import type { ScopeRequest } from './requested-scopes.ts';
import type { RequestedScopes } from './scopes.ts';
import type { AnyTokenResponse, ClientRequest } from './token-request.ts';

type Schemas = components['schemas'];

/** A grant for a client on its own behalf. */
export interface AppGrant {
  readonly clientRequest: ClientRequest;
  readonly requested: RequestedScopes;
  readonly tenant: Tenant;
}

/** A grant for a client on behalf of a user. */
export interface UserGrant {
  readonly clientRequest: ClientRequest;
  readonly requested: RequestedScopes;
  readonly user: User;
  /** As in `scp`. */
  readonly scopes: readonly string[];
  /** The scopes of the refresh token if a later request names none. */
  readonly signedInFor: ScopeRequest;
  readonly nonce?: string | undefined;
}

export interface TokenResponses {
  forApp(granted: AppGrant): Promise<AnyTokenResponse>;
  forUser(granted: UserGrant): Promise<AnyTokenResponse>;
}

type Extras = Pick<Schemas['TokenAnswer'], 'refresh_token' | 'id_token' | 'client_info'>;

interface IssuedToken {
  readonly token: string;
  readonly moment: Moment;
  readonly clientRequest: ClientRequest;
  readonly requested: RequestedScopes;
  /** The scopes of a user's token, which v1 reports. */
  readonly scopes: readonly string[] | undefined;
}

export function createTokenResponses(context: IdentityContext): TokenResponses {
  const { signingKeys, clock, ids, lifetimes } = context;
  const momentOf = ({ call }: ClientRequest): Moment => ({ now: clock.now(), lifetimeMs: lifetimes.accessToken, origin: call.origin });

  async function extrasOf({ clientRequest, requested, user, signedInFor, nonce }: UserGrant, moment: Moment): Promise<Extras> {
    const { client, call, request } = clientRequest;
    const id = ids.guid();
    const idToken = () => signingKeys.sign(idTokenClaims({ ...moment, version: call.version, client, user, requested, nonce, id }));
    return {
      ...(requested.openId.offlineAccess
        ? { refresh_token: await storeRefreshToken({ clientId: client.clientId, oid: user.oid, ...signedInFor }, clientRequest) }
        : {}),
      ...(requested.openId.openid ? { id_token: await idToken() } : {}),
      ...(request.client_info === '1' ? { client_info: clientInfo(user) } : {}),
    };
  }

  async function storeRefreshToken(delegation: Delegation, { call }: ClientRequest): Promise<string> {
    const token = ids.secret();
    const now = clock.now();
    const record = { ...delegation, isCrossOrigin: call.pageOrigin !== undefined, isUsed: false, expiresAt: now + lifetimes.refreshToken };
    await context.grants.change('refresh', token, now, () => record);
    return token;
  }

  return {
    forApp: async ({ clientRequest, requested, tenant }) => {
      const { call, client } = clientRequest;
      const moment = momentOf(clientRequest);
      const input = {
        ...moment,
        version: call.version,
        client,
        resource: requested.resource,
        delegated: undefined,
        tenant,
        id: ids.guid(),
      };
      return tokenResponse(
        { token: await signingKeys.sign(accessTokenClaims(input)), moment, clientRequest, requested, scopes: undefined },
        {},
      );
    },
    forUser: async (granted) => {
      const { clientRequest, requested, user, scopes } = granted;
      const { call, client } = clientRequest;
      const moment = momentOf(clientRequest);
      const delegated = { user, scopes };
      const input = {
        ...moment,
        version: call.version,
        client,
        resource: requested.resource,
        delegated,
        tenant: user.tenant,
        id: ids.guid(),
      };
      const token = await signingKeys.sign(accessTokenClaims(input));
      return tokenResponse({ token, moment, clientRequest, requested, scopes }, await extrasOf(granted, moment));
    },
  };
}

/** The platform reports one second less than the lifetime, because a part of the first second has passed. */
function tokenResponse({ token, moment, clientRequest, requested, scopes }: IssuedToken, extras: Extras): AnyTokenResponse {
  const lifetimeSeconds = Math.floor(moment.lifetimeMs / 1000);
  const seconds = Math.max(1, lifetimeSeconds - 1);
  if (clientRequest.call.version === '2.0') {
    const times = { expires_in: seconds, ext_expires_in: seconds };
    return { token_type: 'Bearer', scope: requested.original, ...times, access_token: token, ...extras };
  }
  const notBefore = Math.floor(moment.now / 1000);
  return {
    token_type: 'Bearer',
    ...(scopes ? { scope: scopes.join(' ') } : {}),
    expires_in: String(seconds),
    ext_expires_in: String(seconds),
    expires_on: String(notBefore + lifetimeSeconds),
    not_before: String(notBefore),
    resource: requested.resource.name,
    access_token: token,
    ...extras,
  };
}
