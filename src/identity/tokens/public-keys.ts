// Selects from the text of a key set (RFC 7517) the public keys that may verify tokens.
import type { JWK } from 'jose';
import { jsonIn, memberOf } from '../../values/json.ts';
import { KeySetError } from './key-set-source.ts';

/** The algorithms allowed for a trusted issuer: only asymmetric ones, because otherwise a public key could be used to sign. */
export const asymmetricAlgorithms: readonly string[] = [
  ...['RS', 'PS', 'ES'].flatMap((family) => ['256', '384', '512'].map((bits) => `${family}${bits}`)),
  'EdDSA',
  'Ed25519',
];

/** 2048 bits in base64url; the algorithms refuse shorter keys. */
const minModulusLength = 342;
const curves: Readonly<Record<string, readonly string[]>> = { EC: ['P-256', 'P-384', 'P-521'], OKP: ['Ed25519'] };

export interface PublicKeys {
  readonly keys: JWK[];
  /** Number of keys that are not usable: symmetric, private, weak, or of an unknown type. */
  readonly ignored: number;
}

/** @throws KeySetError with the location of the key set */
export function publicKeysIn(text: string, from: string): PublicKeys {
  const all = listIn(text, from);
  const keys = all.filter(isPublicKey);
  return { keys, ignored: all.length - keys.length };
}

function listIn(text: string, from: string): readonly unknown[] {
  const value = jsonIn(text);
  if (value === undefined) throw new KeySetError(`jwks ${from}: is no JSON`);
  const keys = memberOf(value, 'keys');
  if (Array.isArray(keys)) return keys;
  throw new KeySetError(`jwks ${from}: is no key set, it has no list of keys`);
}

/** A published key with its private part is refused, because anyone could sign with it. */
function isPublicKey(key: unknown): key is JWK {
  if (typeof key !== 'object' || key === null || 'd' in key || 'k' in key) return false;
  const { kty, crv, n }: { kty?: unknown; crv?: unknown; n?: unknown } = key;
  if (kty === 'RSA') return typeof n === 'string' && n.length >= minModulusLength;
  return typeof kty === 'string' && typeof crv === 'string' && Object.hasOwn(curves, kty) && curves[kty]?.includes(crv) === true;
}
