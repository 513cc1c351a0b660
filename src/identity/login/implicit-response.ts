// The answer of the implicit flow (F45): tokens for the client at once, without a request to the token endpoint.
import type { IdentityContext } from '../context.ts';
import type { RequestedScopes } from '../oauth/scopes.ts';
import type { Client, User } from '../registry/registrations.ts';
import { accessTokenClaims, clientInfo, idTokenClaims } from '../tokens/claims.ts';
import type { PageRequest } from './page-request.ts';
import type { ResponseType } from './response-type.ts';

export interface ImplicitGrant {
  readonly call: PageRequest;
  readonly responseType: ResponseType;
  readonly client: Client;
  readonly user: User;
  readonly requested: RequestedScopes;
  /** As in `scp`. */
  readonly scopes: readonly string[];
  readonly nonce: string | undefined;
  /** The client asked for `client_info`. */
  readonly wantsClientInfo: boolean;
}

export type ImplicitResponse = (granted: ImplicitGrant) => Promise<Readonly<Record<string, string>>>;

export function createImplicitResponse({ signingKeys, clock, ids, lifetimes }: IdentityContext): ImplicitResponse {
  return async ({ call, responseType, client, user, requested, scopes, nonce, wantsClientInfo }) => {
    const lifetimeMs = lifetimes.accessToken;
    const common = { now: clock.now(), lifetimeMs, origin: call.origin, version: call.version, client };
    const ofUser = { resource: requested.resource, delegated: { user, scopes }, tenant: user.tenant };
    const accessToken = responseType.hasToken
      ? await signingKeys.sign(accessTokenClaims({ ...common, ...ofUser, id: ids.guid() }))
      : undefined;
    const idToken = responseType.hasIdToken
      ? await signingKeys.sign(idTokenClaims({ ...common, user, requested, nonce, id: ids.guid(), accessToken }))
      : undefined;
    return {
      ...(accessToken === undefined
        ? {}
        : {
            access_token: accessToken,
            token_type: 'Bearer',
            // The platform reports one second less than the lifetime, as in the answers of the token endpoint.
            expires_in: String(Math.max(1, Math.floor(lifetimeMs / 1000) - 1)),
            ...(call.version === '2.0' ? { scope: requested.original } : {}),
          }),
      ...(idToken === undefined ? {} : { id_token: idToken }),
      ...(wantsClientInfo ? { client_info: clientInfo(user) } : {}),
    };
  };
}
