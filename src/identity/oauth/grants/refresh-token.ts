// The refresh token grant (F35): tokens are single-use and rotate (D17); a request may narrow the scopes or name another resource.
import type { RefreshRecord } from '../../../domain/grants.ts';
import { SignInRefusal } from '../../errors.ts';
import { requireSameKindOfOrigin } from '../cross-origin.ts';
import { scopesOfGrant } from '../requested-scopes.ts';
import { type ClientRequest, type Grant, isOfClient, requireParameter } from '../token-request.ts';
import { type GrantParts, userOfGrant } from './grant-parts.ts';

export function createRefreshTokenGrant(parts: GrantParts): Grant {
  const { registrations, grants, clock, lifetimes, consents, responses } = parts;
  return async (clientRequest) => {
    const token = requireParameter(clientRequest.request.refresh_token, 'refresh_token');
    // Looked up as of an earlier time, so that an expired token is reported as expired and not as unknown.
    const asOf = clock.now() - lifetimes.refreshToken;
    const record = requireUsable(await grants.get('refresh', token, asOf), clientRequest, clock.now());
    const user = userOfGrant(parts, clientRequest, record.oid);
    const { requested, signedInFor } = scopesOfGrant(registrations, clientRequest, record);
    const scopes = await consents.granted(clientRequest.client, user, requested);
    // Marked as used last, so that a request that is refused, such as for missing consent, does not consume the token.
    const { before } = await grants.change('refresh', token, asOf, (current) => current && { ...current, isUsed: true });
    requireUsable(before, clientRequest, clock.now());
    return responses.forUser({ clientRequest, requested, user, scopes, signedInFor });
  };
}

function requireUsable(record: RefreshRecord | undefined, { client, call }: ClientRequest, now: number): RefreshRecord {
  if (!record || !isOfClient(record, client)) throw invalid('The provided refresh token is not valid for this client.');
  if (record.isUsed) throw invalid('The provided refresh token was used before; each is good once, and its answer had the next one.');
  if (record.expiresAt <= now) throw new SignInRefusal('RefreshTokenExpired', 'The refresh token has expired.');
  requireSameKindOfOrigin(record.isCrossOrigin, call);
  return record;
}

function invalid(message: string): SignInRefusal {
  return new SignInRefusal('RefreshTokenInvalid', message);
}
