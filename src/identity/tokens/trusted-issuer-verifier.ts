// Verifies tokens of a configured trusted issuer, by real time (D18).
import type { Clock } from '../../domain/ports.ts';
import type { Registrations } from '../registry/registrations.ts';
import { callerFrom } from './caller-from-token.ts';
import { createJwtVerifier, invalidToken, type TokenVerifier } from './jwt-verifier.ts';
import { isUrl, readKeySet } from './key-set-source.ts';
import { asymmetricAlgorithms } from './public-keys.ts';
import type { TrustedIssuer } from './trusted-issuer.ts';
import { createTrustedIssuerKeys, type TrustedIssuerKeys } from './trusted-issuer-keys.ts';

export interface TrustedIssuerParts {
  readonly registrations: Pick<Registrations, 'userByOid'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly realNow: () => number;
  readonly warn: (message: string) => void;
}

/** @throws KeySetError for a file that cannot be read; a URL is read when first needed */
export async function createTrustedIssuerVerifier(trusted: TrustedIssuer, parts: TrustedIssuerParts): Promise<TokenVerifier> {
  const { jwks } = trusted;
  const keys = createTrustedIssuerKeys({ ...parts, from: jwks, read: () => readKeySet(jwks) });
  if (!isUrl(jwks)) await keys.load();
  return createVerifierFromKeys(trusted, keys, parts);
}

export function createVerifierFromKeys(
  { issuer, audiences }: TrustedIssuer,
  keys: Pick<TrustedIssuerKeys, 'keyFor'>,
  { registrations, clock, realNow }: Omit<TrustedIssuerParts, 'warn'>,
): TokenVerifier {
  return createJwtVerifier({
    algorithms: asymmetricAlgorithms,
    requiredClaims: ['iss', 'aud', 'exp'],
    keyFor: keys.keyFor,
    callerFrom: (claims) =>
      claims.iss === issuer ? callerFrom(claims, registrations, audiences) : invalidToken('its issuer (iss) is not the trusted one'),
    now: realNow,
    clockName: 'real time',
    // Expirations are scheduled by the service clock, which may have been advanced.
    serviceInstant: (instant) => instant - realNow() + clock.now(),
  });
}
