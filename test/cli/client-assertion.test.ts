// The assertion that a client's certificate signs, judged by another implementation.
import { createHash, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { jwtVerify } from 'jose';
import { expect, it } from 'vitest';
import { clientAssertion } from '../../src/cli/credentials/client-assertion.ts';
import { CliError } from '../../src/cli/terminal/cli-error.ts';

const pem = await readFile(fileURLToPath(new URL('../../fixtures/seeds/default-daemon.pem', import.meta.url)), 'utf8');
const now = Date.parse('2019-08-23T00:25:55.329Z');
const certificate = /-----BEGIN CERTIFICATE[\s\S]*/.exec(pem)?.[0] ?? '';
const privateKey = /^[\s\S]*-----END PRIVATE KEY-----/.exec(pem)?.[0] ?? '';
const audience = 'https://localhost:4281/contoso.example/oauth2/v2.0/token';

const make = (text = pem) => clientAssertion({ pem: text, file: 'app.pem', clientId: 'c1', now: () => now });

it('[F33] is signed with PS256 and names its certificate by x5t#S256, for the token endpoint', async () => {
  const x509 = new X509Certificate(certificate);
  const { payload, protectedHeader } = await jwtVerify(make()(audience), createPublicKey(certificate), {
    algorithms: ['PS256'],
    audience,
    issuer: 'c1',
    subject: 'c1',
    currentDate: new Date(now),
  });
  expect(protectedHeader).toEqual({ alg: 'PS256', typ: 'JWT', 'x5t#S256': createHash('sha256').update(x509.raw).digest('base64url') });
  const seconds = Math.floor(now / 1000);
  expect(payload).toMatchObject({ nbf: seconds, iat: seconds, exp: seconds + 600, jti: expect.stringMatching(/^[0-9a-f-]{36}$/) });
});

it('[F33] is never the same twice', async () => {
  const assertion = make();
  const [one, other] = await Promise.all(
    [assertion(audience), assertion(audience)].map((jwt) => jwtVerify(jwt, createPublicKey(certificate), { currentDate: new Date(now) })),
  );
  expect(one?.payload.jti).not.toBe(other?.payload.jti);
});

it('takes the certificate and the key in either order', async () => {
  expect(() => make(`${certificate}\n${privateKey}\n`)).not.toThrow();
});

const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength });
const pkcs8 = { format: 'pem', type: 'pkcs8' } as const;

it.each<[string, string]>([
  ['expected a certificate in PEM format, and found none', privateKey],
  ['expected a certificate in PEM format, and found none', 'hello'],
  ['expected a private key next to the certificate, and found none', certificate],
  [
    'its private key is encrypted; decrypt it first, for example with: openssl pkey -in app.pem',
    `${certificate}\n${rsa(2048).privateKey.export({ ...pkcs8, cipher: 'aes-256-cbc', passphrase: 'x' })}`,
  ],
  ['the private key does not belong to the certificate', `${certificate}\n${rsa(2048).privateKey.export(pkcs8)}`],
  ['expected an RSA private key', `${certificate}\n${generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(pkcs8)}`],
  ['expected an RSA private key', `${certificate}\n-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----`],
])('says that a file %s, and shows nothing of it', (fault, text) => {
  expect(() => make(text)).toThrow(new CliError(`app.pem: ${fault}`));
});
