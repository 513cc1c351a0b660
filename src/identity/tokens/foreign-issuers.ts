// Verifies the tokens of another issuer that is trusted by configuration, by real time (D18).
import type { Clock } from '../../domain/ports.ts';
import type { Registrations } from '../registry/registrations.ts';
import { createForeignKeys, type ForeignKeys } from './foreign-keys.ts';
import { isUrl, readKeySet } from './key-set-source.ts';
import { asymmetricAlgorithms } from './public-keys.ts';
import { createSignedTokenVerifier, invalidToken, type TokenVerifier } from './signed-token.ts';
import { callerFrom } from './token-callers.ts';
import type { TrustedIssuer } from './trusted-issuer.ts';

export interface ForeignIssuerParts {
  readonly registrations: Pick<Registrations, 'userByOid'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly realNow: () => number;
  readonly warn: (message: string) => void;
}

/** @throws KeySetError for a file that cannot be read; a URL may be there later */
export async function createForeignIssuer(trusted: TrustedIssuer, parts: ForeignIssuerParts): Promise<TokenVerifier> {
  const { jwks } = trusted;
  const keys = createForeignKeys({ ...parts, from: jwks, read: () => readKeySet(jwks) });
  if (!isUrl(jwks)) await keys.load();
  return createForeignVerifier(trusted, keys, parts);
}

export function createForeignVerifier(
  { issuer, audiences }: TrustedIssuer,
  keys: Pick<ForeignKeys, 'keyFor'>,
  { registrations, clock, realNow }: Omit<ForeignIssuerParts, 'warn'>,
): TokenVerifier {
  return createSignedTokenVerifier({
    algorithms: asymmetricAlgorithms,
    requiredClaims: ['iss', 'aud', 'exp'],
    keyFor: keys.keyFor,
    callerFrom: (claims) =>
      claims.iss === issuer ? callerFrom(claims, registrations, audiences) : invalidToken('its issuer (iss) is not the trusted one'),
    now: realNow,
    clockName: 'real time',
    // What waits for the end of a token goes by the service clock, which may have been moved.
    serviceInstant: (instant) => instant - realNow() + clock.now(),
  });
}
