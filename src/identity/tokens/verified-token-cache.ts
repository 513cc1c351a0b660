// Remembers verified tokens until they expire, in bounded memory, so that a token costs its verification once (D20).
import { LRUCache } from 'lru-cache';
import { Refusal } from '../../domain/errors.ts';
import type { Caller } from '../../domain/model.ts';
import type { TokenVerifier, VerifiedToken } from './jwt-verifier.ts';

export interface VerifiedTokenCache {
  callerOf(token: string): Promise<Caller | Refusal>;
  /** Forgets all tokens. */
  clear(): void;
  /** How many are remembered. */
  count(): number;
}

export interface VerifiedTokenCacheLimits {
  readonly maxTokens?: number;
  readonly maxBytes?: number;
}

/** The token itself, and what was read from it, which is no more. */
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

  /** Calls that come together with the same token verify it once. */
  function verify(token: string): Promise<VerifiedToken | Refusal> {
    const started = pending.get(token);
    if (started) return started;
    const verified = verifier.verify(token).finally(() => pending.delete(token));
    pending.set(token, verified);
    return verified;
  }

  /** A refusal is not remembered: a token that is not valid yet will be, and lies would fill the memory. */
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
        // Whatever was verified with the keys before is in doubt.
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
