// Compares secrets in constant time.
import { createHash, timingSafeEqual } from 'node:crypto';

export function isEqualSecret(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

/** Compares with all secrets, even after a match. */
export function includesSecret(given: string, secrets: readonly string[]): boolean {
  return secrets.filter((secret) => isEqualSecret(given, secret)).length > 0;
}

/** Digests have equal lengths, as timingSafeEqual requires. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
