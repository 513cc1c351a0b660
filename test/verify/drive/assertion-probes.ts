// Probes of token requests whose client shows an assertion that its certificate's key has signed.
import { createHash, X509Certificate } from 'node:crypto';
import { importPKCS8, SignJWT } from 'jose';
import { inWayOf, ownToken, type Some, tenant, token, versions } from './identity-calls.ts';
import { type Probe, probe } from './probe.ts';
import { daemonPem, secret } from './registered.ts';
import type { Rig } from './rig.ts';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const key = /-----BEGIN PRIVATE KEY-----[\s\S]*?-----END PRIVATE KEY-----/.exec(daemonPem)?.[0] ?? '';
const certificate = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/.exec(daemonPem)?.[0] ?? '';
const thumbprint = createHash('sha256').update(new X509Certificate(certificate).raw).digest('base64url');

/** Signed by the daemon's certificate, at the rig's time. */
async function assertion(rig: Rig, { aud = `${rig.url}/${tenant}/oauth2/v2.0/token`, at = 0 } = {}): Promise<string> {
  const now = Math.floor(rig.now() / 1000) + at;
  const claims = { iss: 'daemon', sub: 'daemon', aud, iat: now, nbf: now, exp: now + 600, jti: rig.user() };
  const header = { alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint };
  return new SignJWT(claims).setProtectedHeader(header).sign(await importPKCS8(key, 'PS256'));
}

const asserted: Some = { ...ownToken(), client_id: 'daemon', client_secret: undefined, client_assertion_type: assertionType };
const asserting = (name: string, alter: (rig: Rig) => Promise<Some>): readonly Probe[] =>
  versions.map((version) =>
    probe(`a ${version} token for ${name}`, async (rig) => {
      await rig.call(token(inWayOf(version, { ...asserted, ...(await alter(rig)) }), { version }));
    }),
  );

const assertions: readonly Probe[] = [
  ...asserting('an assertion', async (rig) => ({ client_assertion: await assertion(rig) })),
  ...asserting('an assertion that names its client', async (rig) => ({ client_id: undefined, client_assertion: await assertion(rig) })),
  ...asserting('an assertion that is none', async () => ({ client_assertion: 'nonsense' })),
  ...asserting('an assertion of yesterday', async (rig) => ({ client_assertion: await assertion(rig, { at: -86_400 }) })),
  ...asserting('an assertion for somebody else', async (rig) => ({
    client_assertion: await assertion(rig, { aud: 'https://nobody.example' }),
  })),
  ...asserting('an assertion of no type', async (rig) => ({ client_assertion_type: undefined, client_assertion: await assertion(rig) })),
  ...asserting('an assertion of another type', async (rig) => ({ client_assertion_type: 'other', client_assertion: await assertion(rig) })),
  ...asserting('a type of no assertion', async () => ({ client_secret: secret, client_id: 'server' })),
];

/** An assertion again, by the same request and by another (D24). */
const repeated: readonly Probe[] = versions.map((version) =>
  probe(`${version} tokens for one assertion`, async (rig) => {
    const fields = { ...asserted, client_assertion: await assertion(rig) };
    for (const id of ['first', 'first', 'second'])
      await rig.call(token(inWayOf(version, { ...fields, 'client-request-id': id }), { version }));
  }),
);

export const assertionProbes: readonly Probe[] = [...assertions, ...repeated];
