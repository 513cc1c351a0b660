// Compares secrets in a time that tells nothing of them.
import { createHash, timingSafeEqual } from 'node:crypto';

export function isEqualSecret(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

/** Every one is looked at, whether or not an earlier one was equal. */
export function includesSecret(given: string, secrets: readonly string[]): boolean {
  return secrets.filter((secret) => isEqualSecret(given, secret)).length > 0;
}

/** Of one length for all, as the comparison wants it. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
