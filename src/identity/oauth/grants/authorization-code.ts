// The authorization code grant (F34): single-use, bound to client, redirect URI and verifier; single-page apps redeem across origins (F41).
import { createHash } from 'node:crypto';
import type { CodeRecord } from '../../../domain/grants.ts';
import { SignInRefusal } from '../../errors.ts';
import { requireSameKindOfOrigin } from '../cross-origin.ts';
import { scopesOfGrant } from '../requested-scopes.ts';
import { isEqualSecret } from '../timing-safe-equal.ts';
import { type ClientRequest, type Grant, isOfClient, requireParameter } from '../token-request.ts';
import { type GrantParts, userOfGrant } from './grant-parts.ts';

export function createAuthorizationCodeGrant(parts: GrantParts): Grant {
  const { registrations, grants, clock, lifetimes, consents, responses } = parts;
  return async (clientRequest) => {
    const code = requireParameter(clientRequest.request.code, 'code');
    // Looked up as of an earlier time, so that an expired code is reported as expired and not as unknown.
    const asOf = clock.now() - lifetimes.authorizationCode;
    const record = requireUsable(await grants.get('code', code, asOf), clientRequest, clock.now());
    const user = userOfGrant(parts, clientRequest, record.oid);
    const { requested, signedInFor } = scopesOfGrant(registrations, clientRequest, record);
    const scopes = await consents.granted(clientRequest.client, user, requested);
    // Marked as used last, so that a request that is refused for another reason does not consume the code.
    const { before } = await grants.change('code', code, asOf, (current) => current && { ...current, isUsed: true });
    requireUsable(before, clientRequest, clock.now());
    return responses.forUser({ clientRequest, requested, user, scopes, signedInFor, nonce: record.nonce });
  };
}

function requireUsable(record: CodeRecord | undefined, clientRequest: ClientRequest, now: number): CodeRecord {
  if (!record || !isOfClient(record, clientRequest.client)) {
    throw new SignInRefusal('CodeInvalid', 'The provided authorization code is not valid for this client.');
  }
  if (record.isUsed) {
    throw new SignInRefusal('CodeUsed', 'OAuth2 Authorization code was already redeemed, please retry with a new valid code.');
  }
  if (record.expiresAt <= now) throw new SignInRefusal('CodeExpired', 'The provided authorization code has expired.');
  if (record.redirectUri !== clientRequest.request.redirect_uri) {
    throw new SignInRefusal(
      'RedirectUriOther',
      `The reply address '${clientRequest.request.redirect_uri}' does not match the reply address '${record.redirectUri}' provided when requesting the authorization code.`,
    );
  }
  const isOfPage = clientRequest.client.redirectUris.spa.includes(record.redirectUri);
  requireSameKindOfOrigin(isOfPage, clientRequest.call);
  refuseWrongVerifier(record, clientRequest, isOfPage);
  return record;
}

/** Single-page apps and public clients must have sent a challenge. */
function refuseWrongVerifier(
  { challenge }: CodeRecord,
  { client, request: { code_verifier: verifier } }: ClientRequest,
  isOfPage: boolean,
): void {
  if (challenge === undefined && (isOfPage || !client.isConfidential)) {
    throw new SignInRefusal(
      'ChallengeMissing',
      'Proof Key for Code Exchange is required for cross-origin authorization code redemption and for public clients.',
    );
  }
  if (challenge === undefined && verifier === undefined) return;
  if (challenge === undefined || verifier === undefined || !isEqualSecret(challengeOf(verifier), challenge)) {
    throw new SignInRefusal('VerifierWrong', 'The Code_Verifier does not match the code_challenge supplied in the authorization request.');
  }
}

/** S256 (RFC 7636). */
function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
