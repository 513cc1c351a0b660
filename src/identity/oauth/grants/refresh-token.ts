// A refresh token (F35): each is good once and gives the next one (D17); it may be used for less or for another resource.
import type { RefreshRecord } from '../../../domain/grants.ts';
import { SignInRefusal } from '../../errors.ts';
import { askedOfGrant } from '../asked-scopes.ts';
import { keepToItsPlace } from '../cross-origin.ts';
import { type Asking, type Grant, isOfClient, needed } from '../token-request.ts';
import { type GrantParts, userOfGrant } from './grant-parts.ts';

export function createRefreshTokenGrant(parts: GrantParts): Grant {
  const { registrations, grants, clock, lifetimes, consents, answers } = parts;
  return async (asking) => {
    const token = needed(asking.request.refresh_token, 'refresh_token');
    // Looked up as of a while ago: what has expired since is told as expired, not as unknown.
    const asOf = clock.now() - lifetimes.refreshToken;
    const record = usable(await grants.get('refresh', token, asOf), asking, clock.now());
    const user = userOfGrant(parts, asking, record.oid);
    const { asked, signedInFor } = askedOfGrant(registrations, asking, record);
    const scopes = await consents.granted(asking.client, user, asked);
    // Last of all, so that a request that is refused, for consent perhaps, leaves the token as it is.
    const { before } = await grants.change('refresh', token, asOf, (current) => current && { ...current, isUsed: true });
    usable(before, asking, clock.now());
    return answers.forUser({ asking, asked, user, scopes, signedInFor });
  };
}

function usable(record: RefreshRecord | undefined, { client, call }: Asking, now: number): RefreshRecord {
  if (!record || !isOfClient(record, client)) throw invalid('The provided refresh token is not valid for this client.');
  if (record.isUsed) throw invalid('The provided refresh token was used before; each is good once, and its answer had the next one.');
  if (record.expiresAt <= now) throw new SignInRefusal('RefreshTokenExpired', 'The refresh token has expired.');
  keepToItsPlace(record.isCrossOrigin, call);
  return record;
}

function invalid(message: string): SignInRefusal {
  return new SignInRefusal('RefreshTokenInvalid', message);
}
