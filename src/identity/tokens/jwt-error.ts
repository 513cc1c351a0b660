// Classifies the errors of the JWT library.
import { errors } from 'jose';

export function isNotInTime(error: unknown): boolean {
  if (error instanceof errors.JWTExpired) return true;
  return error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf' && error.reason === 'check_failed';
}

export function isForged(error: unknown): boolean {
  return error instanceof errors.JWSSignatureVerificationFailed;
}

/** Not a JWT, or one with an algorithm that does not fit the key, which is a TypeError. */
export function isUnverifiable(error: unknown): boolean {
  return error instanceof errors.JOSEError || error instanceof TypeError;
}
