// Tokens that must not be accepted, made by someone who knows all that is public, and some things that are not.
import { createHmac, createPublicKey } from 'node:crypto';
import { CompactEncrypt, exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { SigningKeys } from '../../src/identity/tokens/signing-keys.ts';

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** No signature at all, or any text as one. */
export function unsigned(header: object, claims: object, signature = ''): string {
  return `${encoded(header)}.${encoded(claims)}.${signature}`;
}

/** Signed with the bytes of something that everybody knows. */
export function hmacSigned(header: object, claims: object, secret: string | Buffer): string {
  const input = `${encoded(header)}.${encoded(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

export async function publicPem(keys: SigningKeys): Promise<string> {
  const [published] = await keys.publicKeys();
  const key = await keys.verificationKey(published?.kid);
  if (!key) throw new Error('no key');
  return exportSPKI(key);
}

/** A key that the emulator never heard of, with whatever header its owner likes. */
export async function createForeignSigner(algorithm = 'RS256') {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = await exportJWK(publicKey);
  return {
    publicKey,
    privateJwk: await exportJWK(privateKey),
    jwk,
    sign: (claims: JWTPayload, header: object = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: algorithm, ...header }).sign(privateKey),
    /** With the extension `urgent`, which every reader has to understand. */
    signCritical: (claims: JWTPayload, header: object = {}) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: algorithm, ...header, crit: ['urgent'], urgent: true })
        .sign(privateKey, { crit: { urgent: true } }),
  };
}

export type ForeignSigner = Awaited<ReturnType<typeof createForeignSigner>>;

/** Keys of an emulator whose private part a test has in its hands. */
export function signingKeysOf(foreignSigner: ForeignSigner, kid: string): SigningKeys {
  const { n = '', e = '' } = foreignSigner.jwk;
  return {
    sign: (claims) => foreignSigner.sign(claims, { kid, typ: 'JWT' }),
    publicKeys: async () => [{ kty: 'RSA', use: 'sig', alg: 'RS256', kid, n, e }],
    verificationKey: async (asked) => (asked === kid ? foreignSigner.publicKey : undefined),
  };
}

/** Encrypted for the emulator's own public key. */
export async function encryptedFor(keys: SigningKeys, claims: JWTPayload): Promise<string> {
  const [published] = await keys.publicKeys();
  const key = createPublicKey(await publicPem(keys));
  return new CompactEncrypt(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', ...(published ? { kid: published.kid } : {}) })
    .encrypt(key);
}
