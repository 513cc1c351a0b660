// Authenticates bearer tokens of every kind: development tokens unless turned off, and signed tokens of this emulator or a trusted issuer.
import { decodeJwt } from 'jose';
import { Refusal } from '../../domain/errors.ts';
import type { Authenticator } from '../../domain/ports.ts';
import type { TokenVerifier } from './jwt-verifier.ts';
import type { VerifiedTokenCache } from './verified-token-cache.ts';

/** `strict` accepts only signed tokens. */
export type AuthMode = 'relaxed' | 'strict';

export interface AuthenticatorParts {
  readonly mode: AuthMode;
  readonly developmentTokens: Authenticator;
  readonly verifiedTokens: Pick<VerifiedTokenCache, 'callerOf'>;
}

export function createAuthenticator({ mode, developmentTokens, verifiedTokens }: AuthenticatorParts): Authenticator {
  return {
    authenticate: async (token) => {
      if (token === undefined || token === '') return new Refusal('TokenMissing', 'Access token is missing.');
      if (!token.startsWith('dev.')) {
        return token.split('.').length >= 3 ? verifiedTokens.callerOf(token) : notAToken(mode);
      }
      return mode === 'strict' ? turnedOff() : developmentTokens.authenticate(token);
    },
  };
}

const turnedOff = () =>
  new Refusal(
    'TokenInvalid',
    'Development tokens are turned off (--auth strict). Get a token from /{tenant}/oauth2/v2.0/token, or with: unsid token.',
  );

function notAToken(mode: AuthMode): Refusal {
  const orDevelopment = mode === 'strict' ? '' : ', nor a development token (dev.app.<client-id> or dev.user.<alias>)';
  return new Refusal('TokenInvalid', `Access token is not valid: it is no JWT${orDevelopment}.`);
}

/** Selects the verifier by the token's issuer claim. */
export function createIssuerChoice(
  own: TokenVerifier,
  trusted: { readonly issuer: string; readonly verifier: TokenVerifier },
): TokenVerifier {
  return { verify: (token) => (claimedIssuer(token) === trusted.issuer ? trusted.verifier : own).verify(token) };
}

/** Returns undefined if the token cannot be parsed; the verifier then reports why. */
function claimedIssuer(token: string): unknown {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}
