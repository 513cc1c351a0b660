// Verifies signed tokens (JWT) by the rules of an issuer; refusals do not repeat any content of the token.
import { type CryptoKey, errors, type JWTHeaderParameters, type JWTPayload, jwtVerify } from 'jose';
import { Refusal } from '../../domain/errors.ts';
import type { Caller, Instant } from '../../domain/model.ts';

/** A token with a valid signature and valid claims. Expiration and key are checked again at each use. */
export interface VerifiedToken {
  /** The caller, or the refusal at this time; undefined if the keys have changed, so that the token has to be verified again. */
  callerNow(): Promise<Caller | Refusal | undefined>;
}

export interface TokenVerifier {
  verify(token: string): Promise<VerifiedToken | Refusal>;
}

export interface IssuerRules {
  readonly algorithms: readonly string[];
  readonly requiredClaims: readonly string[];
  /**
   * The only source of keys: those in a token's header (`jwk`, `jku`, `x5u`) are ignored.
   * Returns the same key object as long as the keys are unchanged.
   * @throws Refusal
   */
  readonly keyFor: (header: JWTHeaderParameters) => Promise<CryptoKey>;
  /** Validates issuer and audience. */
  readonly callerFrom: (claims: JWTPayload) => Caller | Refusal;
  /** The clock for validity times, and its name in messages. */
  readonly now: () => Instant;
  readonly clockName: string;
  /** Converts an instant of that clock to the service clock. */
  readonly serviceInstant: (instant: Instant) => Instant;
}

export const invalidToken = (why: string): Refusal => new Refusal('TokenInvalid', `The access token is not valid: ${why}.`);

/** The maximum of a Date. */
const latestSeconds = 8_640_000_000_000;

export function createJwtVerifier(rules: IssuerRules): TokenVerifier {
  return {
    verify: async (token) => {
      if (token.split('.').length === 5) return invalidToken('it is encrypted (JWE), and only signed tokens are accepted');
      try {
        const { payload, protectedHeader, key } = await jwtVerify(token, rules.keyFor, {
          algorithms: [...rules.algorithms],
          requiredClaims: [...rules.requiredClaims],
          currentDate: new Date(rules.now()),
        });
        const { exp = Number.NaN, nbf = -latestSeconds } = payload;
        if (!(Math.abs(exp) <= latestSeconds)) return invalidToken('its claim exp is no time');
        const caller = rules.callerFrom(payload);
        if (caller instanceof Refusal) return caller;
        const validity = { notBefore: nbf * 1000, expiresAt: exp * 1000 };
        return {
          callerNow: async () => {
            const current = await rules.keyFor(protectedHeader).catch(refusalOrThrow);
            if (current instanceof Refusal && current.kind === 'Unavailable') return current;
            return current === key ? callerWithin(caller, validity, rules) : undefined;
          },
        };
      } catch (error) {
        return refusalFor(error, rules);
      }
    },
  };
}

/** No tolerance, because issuer and verifier use the same clock. */
function callerWithin(caller: Caller, validity: { readonly notBefore: Instant; readonly expiresAt: Instant }, rules: IssuerRules) {
  const now = rules.now();
  if (validity.expiresAt <= now) return expired(rules);
  if (validity.notBefore > now) return notYetValid(rules);
  return { ...caller, expiresAt: rules.serviceInstant(validity.expiresAt) };
}

const expired = ({ clockName }: IssuerRules) => new Refusal('TokenExpired', `The access token has expired by ${clockName}.`);
const notYetValid = ({ clockName }: IssuerRules) => invalidToken(`it is not valid yet by ${clockName} (nbf)`);

/** @throws errors that are not caused by the token */
function refusalFor(error: unknown, rules: IssuerRules): Refusal {
  if (error instanceof errors.JWTExpired) return expired(rules);
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'nbf' && error.reason === 'check_failed') return notYetValid(rules);
    return invalidToken(error.reason === 'missing' ? `it has no claim ${error.claim}` : `its claim ${error.claim} is wrong`);
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return invalidToken(`it has to be signed with ${rules.algorithms.join(', ')}`);
  if (error instanceof errors.JWSSignatureVerificationFailed) return invalidToken('its signature is wrong');
  if (error instanceof errors.JOSENotSupported) return invalidToken('its header asks for something that is not supported (crit)');
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return invalidToken('it is no well-formed JWT');
  return refusalOrThrow(error);
}

function refusalOrThrow(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}
