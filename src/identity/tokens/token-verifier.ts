// Verifies tokens signed by this emulator, by the service clock (D18).
import type { JWTPayload } from 'jose';
import type { Clock } from '../../domain/ports.ts';
import type { Registrations } from '../registry/registrations.ts';
import { callerFrom } from './caller-from-token.ts';
import { issuedFor, issuerOf } from './claims.ts';
import { createJwtVerifier, invalidToken, type TokenVerifier } from './jwt-verifier.ts';
import type { SigningKeys } from './signing-keys.ts';

export interface TokenVerifierParts {
  readonly registrations: Pick<Registrations, 'tenant' | 'userByOid'>;
  readonly signingKeys: Pick<SigningKeys, 'verificationKey'>;
  readonly clock: Pick<Clock, 'now'>;
  /** If undefined, the issuer has the origin of the token request. */
  readonly publicOrigin: string | undefined;
}

export function createTokenVerifier(parts: TokenVerifierParts): TokenVerifier {
  const { signingKeys, clock, registrations } = parts;
  return createJwtVerifier({
    algorithms: ['RS256'],
    requiredClaims: ['iss', 'aud', 'exp', 'nbf'],
    keyFor: async ({ kid }) => {
      const key = await signingKeys.verificationKey(kid);
      if (key) return key;
      throw invalidToken('no key of this emulator has signed it; was it given by another one, or before this one was started anew?');
    },
    callerFrom: (claims) => {
      if (!isOwnIssuer(claims, parts))
        return invalidToken('its issuer is not this emulator, or does not fit its tenant (tid) and version (ver)');
      return callerFrom(claims, registrations);
    },
    now: clock.now,
    clockName: 'the service clock',
    serviceInstant: (instant) => instant,
  });
}

/** The issuer has any origin (or the public one), the id of a known tenant, and the path of the token's version. */
function isOwnIssuer({ iss, ...claims }: JWTPayload, { registrations, publicOrigin }: TokenVerifierParts): boolean {
  const issued = typeof iss === 'string' ? issuedFor(iss) : undefined;
  if (!issued) return false;
  const { tenantId, version } = issued;
  const isKnown = registrations.tenant(tenantId)?.id === tenantId;
  const isHere = publicOrigin === undefined || iss === issuerOf(publicOrigin, tenantId, version);
  return isKnown && isHere && claims['tid'] === tenantId && claims['ver'] === version;
}
