// Answers a grant: access token, refresh token, id token and what is said of them, in v2.0's way and v1's (F39, F40).
import type { components } from '../../documents/identity.gen.ts';
import type { Delegation } from '../../domain/grants.ts';
import type { IdentityContext } from '../context.ts';
import type { Tenant, User } from '../registry/registrations.ts';
import { accessTokenClaims, clientInfo, idTokenClaims, type Moment } from '../tokens/claims.ts';
import type { Wanted } from './asked-scopes.ts';
import type { Asked } from './scopes.ts';
import type { AnyTokenAnswer, Asking } from './token-request.ts';

type Schemas = components['schemas'];

/** What a client was granted for itself. */
export interface AppGranted {
  readonly asking: Asking;
  readonly asked: Asked;
  readonly tenant: Tenant;
}

/** What a client was granted for a person. */
export interface UserGranted {
  readonly asking: Asking;
  readonly asked: Asked;
  readonly user: User;
  /** As in `scp`. */
  readonly scopes: readonly string[];
  /** What the refresh token is for when it is not said anew. */
  readonly signedInFor: Wanted;
  readonly nonce?: string | undefined;
}

export interface TokenAnswers {
  forApp(granted: AppGranted): Promise<AnyTokenAnswer>;
  forUser(granted: UserGranted): Promise<AnyTokenAnswer>;
}

type Extras = Pick<Schemas['TokenAnswer'], 'refresh_token' | 'id_token' | 'client_info'>;

interface Access {
  readonly token: string;
  readonly moment: Moment;
  readonly asking: Asking;
  readonly asked: Asked;
  /** v1 tells what a person's token holds. */
  readonly scopes: readonly string[] | undefined;
}

export function createTokenAnswers(context: IdentityContext): TokenAnswers {
  const { signingKeys, clock, ids, lifetimes } = context;
  const momentOf = ({ call }: Asking): Moment => ({ now: clock.now(), lifetimeMs: lifetimes.accessToken, origin: call.origin });

  async function extrasOf({ asking, asked, user, signedInFor, nonce }: UserGranted, moment: Moment): Promise<Extras> {
    const { client, call, request } = asking;
    const id = ids.guid();
    const idToken = () => signingKeys.sign(idTokenClaims({ ...moment, version: call.version, client, user, asked, nonce, id }));
    return {
      ...(asked.openId.offlineAccess
        ? { refresh_token: await remember({ clientId: client.clientId, oid: user.oid, ...signedInFor }, asking) }
        : {}),
      ...(asked.openId.openid ? { id_token: await idToken() } : {}),
      ...(request.client_info === '1' ? { client_info: clientInfo(user) } : {}),
    };
  }

  async function remember(delegation: Delegation, { call }: Asking): Promise<string> {
    const token = ids.secret();
    const now = clock.now();
    const record = { ...delegation, isCrossOrigin: call.pageOrigin !== undefined, isUsed: false, expiresAt: now + lifetimes.refreshToken };
    await context.grants.change('refresh', token, now, () => record);
    return token;
  }

  return {
    forApp: async ({ asking, asked, tenant }) => {
      const { call, client } = asking;
      const moment = momentOf(asking);
      const input = { ...moment, version: call.version, client, resource: asked.resource, delegated: undefined, tenant, id: ids.guid() };
      return answerOf({ token: await signingKeys.sign(accessTokenClaims(input)), moment, asking, asked, scopes: undefined }, {});
    },
    forUser: async (granted) => {
      const { asking, asked, user, scopes } = granted;
      const { call, client } = asking;
      const moment = momentOf(asking);
      const delegated = { user, scopes };
      const input = { ...moment, version: call.version, client, resource: asked.resource, delegated, tenant: user.tenant, id: ids.guid() };
      const token = await signingKeys.sign(accessTokenClaims(input));
      return answerOf({ token, moment, asking, asked, scopes }, await extrasOf(granted, moment));
    },
  };
}

/** A token that is just made has lived a part of its first second: the platform says one less. */
function answerOf({ token, moment, asking, asked, scopes }: Access, extras: Extras): AnyTokenAnswer {
  const lifetimeSeconds = Math.floor(moment.lifetimeMs / 1000);
  const seconds = Math.max(1, lifetimeSeconds - 1);
  if (asking.call.version === '2.0') {
    const times = { expires_in: seconds, ext_expires_in: seconds };
    return { token_type: 'Bearer', scope: asked.spelled, ...times, access_token: token, ...extras };
  }
  const notBefore = Math.floor(moment.now / 1000);
  return {
    token_type: 'Bearer',
    ...(scopes ? { scope: scopes.join(' ') } : {}),
    expires_in: String(seconds),
    ext_expires_in: String(seconds),
    expires_on: String(notBefore + lifetimeSeconds),
    not_before: String(notBefore),
    resource: asked.resource.name,
    access_token: token,
    ...extras,
  };
}
