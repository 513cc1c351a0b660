// The emulator's key for signing tokens: generated on first use; the private part is never exported.
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export interface PublicKey {
  readonly kty: 'RSA';
  readonly use: 'sig';
  readonly alg: 'RS256';
  readonly kid: string;
  readonly n: string;
  readonly e: string;
}

export interface SigningKeys {
  /** Returns the claims as a signed JWT; the caller provides their times. */
  sign(claims: JWTPayload): Promise<string>;
  publicKeys(): Promise<readonly PublicKey[]>;
  /** The key that verifies tokens from `sign`; undefined for an unknown key id. */
  verificationKey(kid: string | undefined): Promise<CryptoKey | undefined>;
}

interface Pair {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: PublicKey;
}

const alg = 'RS256';

async function createPair(): Promise<Pair> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { modulusLength: 2048 });
  const exported = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(exported);
  return { privateKey, publicKey, jwk: { kty: 'RSA', use: 'sig', alg, kid, n: exported.n ?? '', e: exported.e ?? '' } };
}

export function createSigningKeys(): SigningKeys {
  let pair: Promise<Pair> | undefined;
  const own = (): Promise<Pair> => {
    pair ??= createPair();
    return pair;
  };
  return {
    sign: async (claims) => {
      const { privateKey, jwk } = await own();
      return new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg, kid: jwk.kid }).sign(privateKey);
    },
    publicKeys: async () => [(await own()).jwk],
    verificationKey: async (kid) => {
      const { publicKey, jwk } = await own();
      return kid === jwk.kid ? publicKey : undefined;
    },
  };
}
