// The keys of a trusted issuer: read on demand, cached for minutes, read again for an unknown key.
import { type CryptoKey, createLocalJWKSet, errors, type JWTHeaderParameters, type LocalJWKSet } from 'jose';
import { Refusal } from '../../domain/errors.ts';
import { invalidToken } from './jwt-verifier.ts';
import { publicKeysIn } from './public-keys.ts';

export interface TrustedIssuerKeysParts {
  /** The location of the key set, for messages. */
  readonly from: string;
  /** Reads the text of the key set. @throws KeySetError */
  readonly read: () => Promise<string>;
  readonly realNow: () => number;
  readonly warn: (message: string) => void;
}

export interface TrustedIssuerKeys {
  /**
   * The key that a token's header names; the same object as long as the key set is unchanged.
   * @throws Refusal Unavailable, TokenInvalid
   */
  keyFor(header: JWTHeaderParameters): Promise<CryptoKey>;
  /** Reads the key set now. @throws KeySetError */
  load(): Promise<void>;
}

/** Limits how long a revoked key is still trusted. */
const maxAgeMs = 300_000;
/** Minimum time between reads for unknown keys, so that tokens with invented key ids do not cause requests to the issuer. */
const unknownKeyPauseMs = 30_000;
/** Minimum time between reads after a failure, so that not every call contacts an unavailable issuer. */
const failurePauseMs = 1_000;

export function createTrustedIssuerKeys({ from, read, realNow, warn }: TrustedIssuerKeysParts): TrustedIssuerKeys {
  let current: { readonly text: string; readonly find: LocalJWKSet } | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let hasFailed = false;
  let pending: Promise<void> | undefined;

  async function reload(): Promise<void> {
    triedAt = realNow();
    try {
      const text = await read();
      // An unchanged text keeps its key objects, so that tokens verified with them stay cached.
      if (text !== current?.text) current = { text, find: keySetOf(text) };
      readAt = triedAt;
      hasFailed = false;
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  }

  function keySetOf(text: string): LocalJWKSet {
    const { keys, ignored } = publicKeysIn(text, from);
    if (ignored > 0) warn(`jwks ${from}: ${ignored} keys are ignored, they are no public keys that can verify tokens`);
    return createLocalJWKSet({ keys });
  }

  /** Concurrent callers share one read. */
  function load(): Promise<void> {
    pending ??= reload().finally(() => {
      pending = undefined;
    });
    return pending;
  }

  /** Returns false if the clock was set back. */
  const isWithin = (periodMs: number, since: number) => realNow() >= since && realNow() - since < periodMs;

  async function keySet(): Promise<LocalJWKSet> {
    return current && isWithin(maxAgeMs, readAt) ? current.find : readAfter(failurePauseMs);
  }

  /** Fails closed: after a failed read, the previous keys are not trusted. */
  async function readAfter(pauseMs: number): Promise<LocalJWKSet> {
    if (pending || !isWithin(pauseMs, triedAt))
      await load().catch((error: unknown) => warn(error instanceof Error ? error.message : String(error)));
    if (current && !hasFailed) return current.find;
    throw new Refusal('Unavailable', 'The keys of the trusted issuer cannot be read at the moment.', { retryAfterSeconds: 1 });
  }

  return {
    load,
    keyFor: async (header) => {
      const key = (await keyIn(await keySet(), header)) ?? (await keyIn(await readAfter(unknownKeyPauseMs), header));
      if (key) return key;
      throw invalidToken('its key is none of the trusted issuer');
    },
  };
}

/** @throws Refusal TokenInvalid */
async function keyIn(find: LocalJWKSet, header: JWTHeaderParameters): Promise<CryptoKey | undefined> {
  try {
    return await find(header);
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) return undefined;
    if (error instanceof errors.JWKSMultipleMatchingKeys) throw invalidToken('it does not say which key it was signed with (kid)');
    throw invalidToken('the key it was signed with cannot be used');
  }
}
