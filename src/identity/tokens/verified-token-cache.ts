// Caches verified tokens until they expire, with bounded memory, so that each token is verified only once (D20).
import { LRUCache } from 'lru-cache';
import { Refusal } from '../../domain/errors.ts';
import type { Caller } from '../../domain/model.ts';
import type { TokenVerifier, VerifiedToken } from './jwt-verifier.ts';

export interface VerifiedTokenCache {
  callerOf(token: string): Promise<Caller | Refusal>;
  /** Removes all tokens. */
  clear(): void;
  /** Number of cached tokens. */
  count(): number;
}

export interface VerifiedTokenCacheLimits {
  readonly maxTokens?: number;
  readonly maxBytes?: number;
}

/** An upper bound for the token and the claims read from it. */
const bytesOf = (token: string) => 2 * token.length + 1024;

export function createVerifiedTokenCache(
  verifier: TokenVerifier,
  { maxTokens = 10_000, maxBytes = 16 * 1024 * 1024 }: VerifiedTokenCacheLimits = {},
): VerifiedTokenCache {
  const cached = new LRUCache<string, VerifiedToken>({
    max: maxTokens,
    maxSize: maxBytes,
    sizeCalculation: (_verified, token) => bytesOf(token),
  });
  const pending = new Map<string, Promise<VerifiedToken | Refusal>>();

  /** Concurrent calls with the same token share one verification. */
  function verify(token: string): Promise<VerifiedToken | Refusal> {
    const started = pending.get(token);
    if (started) return started;
    const verified = verifier.verify(token).finally(() => pending.delete(token));
    pending.set(token, verified);
    return verified;
  }

  /** Refusals are not cached: a token may become valid later, and invalid tokens would fill the cache. */
  async function verifyAndCache(token: string): Promise<Caller | Refusal> {
    const verified = await verify(token);
    if (verified instanceof Refusal) return verified;
    const caller = await verified.callerNow();
    if (caller === undefined) return new Refusal('Unavailable', 'The keys changed while the token was verified.');
    if (!(caller instanceof Refusal)) cached.set(token, verified);
    return caller;
  }

  return {
    callerOf: async (token) => {
      const known = cached.get(token);
      if (!known) return verifyAndCache(token);
      const caller = await known.callerNow();
      if (caller === undefined) {
        // The keys have changed, so tokens verified with the previous keys are no longer trusted.
        cached.clear();
        return verifyAndCache(token);
      }
      if (caller instanceof Refusal) cached.delete(token);
      return caller;
    },
    clear: () => cached.clear(),
    count: () => cached.size,
  };
}
