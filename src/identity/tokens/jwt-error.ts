// What the JWT library says of a token that it refuses.
import { errors } from 'jose';

export function isNotInTime(error: unknown): boolean {
  if (error instanceof errors.JWTExpired) return true;
  return error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf' && error.reason === 'check_failed';
}

export function isForged(error: unknown): boolean {
  return error instanceof errors.JWSSignatureVerificationFailed;
}

/** No JWT at all, or one that asks for what its key cannot do, which is a TypeError. */
export function isUnverifiable(error: unknown): boolean {
  return error instanceof errors.JOSEError || error instanceof TypeError;
}
