// Remembers verified tokens until they expire, in bounded memory, so that a token costs its verification once (D20).
import { LRUCache } from 'lru-cache';
import { Refusal } from '../../domain/errors.ts';
import type { Caller } from '../../domain/model.ts';
import type { TokenVerifier, VerifiedToken } from './signed-token.ts';

export interface VerifiedTokens {
  callerOf(token: string): Promise<Caller | Refusal>;
  /** Forgets all tokens. */
  clear(): void;
  /** How many are remembered. */
  count(): number;
}

export interface VerifiedTokensLimits {
  readonly maxTokens?: number;
  readonly maxBytes?: number;
}

/** The token itself, and what was read from it, which is no more. */
const bytesOf = (token: string) => 2 * token.length + 1024;

export function createVerifiedTokens(
  verifier: TokenVerifier,
  { maxTokens = 10_000, maxBytes = 16 * 1024 * 1024 }: VerifiedTokensLimits = {},
): VerifiedTokens {
  const remembered = new LRUCache<string, VerifiedToken>({
    max: maxTokens,
    maxSize: maxBytes,
    sizeCalculation: (_verified, token) => bytesOf(token),
  });
  const underWay = new Map<string, Promise<VerifiedToken | Refusal>>();

  /** Calls that come together with the same token verify it once. */
  function verify(token: string): Promise<VerifiedToken | Refusal> {
    const started = underWay.get(token);
    if (started) return started;
    const verified = verifier.verify(token).finally(() => underWay.delete(token));
    underWay.set(token, verified);
    return verified;
  }

  /** A refusal is not remembered: a token that is not valid yet will be, and lies would fill the memory. */
  async function verifiedAnew(token: string): Promise<Caller | Refusal> {
    const verified = await verify(token);
    if (verified instanceof Refusal) return verified;
    const caller = await verified.callerNow();
    if (caller === undefined) return new Refusal('Unavailable', 'The keys changed while the token was verified.');
    if (!(caller instanceof Refusal)) remembered.set(token, verified);
    return caller;
  }

  return {
    callerOf: async (token) => {
      const known = remembered.get(token);
      if (!known) return verifiedAnew(token);
      const caller = await known.callerNow();
      if (caller === undefined) {
        // Whatever was verified with the keys before is in doubt.
        remembered.clear();
        return verifiedAnew(token);
      }
      if (caller instanceof Refusal) remembered.delete(token);
      return caller;
    },
    clear: () => remembered.clear(),
    count: () => remembered.size,
  };
}
