// The key that this emulator signs tokens with: made at its first use, the private part never told.
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
  /** The claims as a signed JWT; times among them are the caller's. */
  sign(claims: JWTPayload): Promise<string>;
  publicKeys(): Promise<readonly PublicKey[]>;
  /** Verifies what `sign` has signed; undefined for a key id that is not this emulator's. */
  verificationKey(kid: string | undefined): Promise<CryptoKey | undefined>;
}

interface Pair {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly told: PublicKey;
}

const alg = 'RS256';

async function createPair(): Promise<Pair> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { modulusLength: 2048 });
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  return { privateKey, publicKey, told: { kty: 'RSA', use: 'sig', alg, kid, n: jwk.n ?? '', e: jwk.e ?? '' } };
}

export function createSigningKeys(): SigningKeys {
  let pair: Promise<Pair> | undefined;
  const own = (): Promise<Pair> => {
    pair ??= createPair();
    return pair;
  };
  return {
    sign: async (claims) => {
      const { privateKey, told } = await own();
      return new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg, kid: told.kid }).sign(privateKey);
    },
    publicKeys: async () => [(await own()).told],
    verificationKey: async (kid) => {
      const { publicKey, told } = await own();
      return kid === told.kid ? publicKey : undefined;
    },
  };
}
