// How client libraries spell thumbprints and the parts of an assertion (F33): what is compared are the bytes, not their base64.
import { constants, createHash, createPrivateKey, sign as signBytes, X509Certificate } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { useEmulators } from '../support/emulator.ts';
import { startInstant } from '../support/time.ts';
import { graph, narrow, plusAndSlash, refusalOf, startTokens } from '../support/token-client.ts';

const { ask, url } = await startTokens(useEmulators('file'));
const key = createPrivateKey(plusAndSlash);
const { raw } = new X509Certificate(/-----BEGIN CERTIFICATE-----[\s\S]*/.exec(plusAndSlash)?.[0] ?? '');
const hashes = { x5t: createHash('sha1').update(raw).digest(), 'x5t#S256': createHash('sha256').update(raw).digest() };
type Name = keyof typeof hashes;
const now = Math.floor(startInstant / 1000);

const paddedUrl = (bytes: Buffer) => bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
const base64 = (bytes: Buffer) => bytes.toString('base64');
const url64 = (bytes: Buffer) => bytes.toString('base64url');

let assertions = 0;
function claims() {
  assertions += 1;
  const id = narrow.client_id;
  return { aud: `${url}/contoso.example/oauth2/v2.0/token`, iss: id, sub: id, nbf: now, exp: now + 600, jti: `spelled-${assertions}` };
}

const shown = (assertion: string) =>
  ask({
    grant_type: 'client_credentials',
    scope: `${graph}/.default`,
    client_id: narrow.client_id,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });
const signed = (header: { alg: string; [name: string]: unknown }) => new SignJWT(claims()).setProtectedHeader(header).sign(key);

/** Written by hand, as a library does that encodes each part itself. */
function assembled(alg: 'PS256' | 'RS256', name: Name, encode: (bytes: Buffer) => string): string {
  const part = (value: object) => encode(Buffer.from(JSON.stringify(value)));
  const text = `${part({ typ: 'JWT', alg, [name]: encode(hashes[name]) })}.${part(claims())}`;
  const how = alg === 'PS256' ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } : key;
  return `${text}.${encode(signBytes('sha256', Buffer.from(text), how))}`;
}

describe('the thumbprint of an assertion', () => {
  it('has both letters in which the alphabets differ', () => {
    for (const bytes of Object.values(hashes)) expect(base64(bytes)).toMatch(/(?=.*\+)(?=.*\/).*=$/);
  });

  it.each<[string, string, Name, string]>([
    ['MSAL.js and MSAL.NET', 'PS256', 'x5t#S256', url64(hashes['x5t#S256'])],
    ['MSAL.js and MSAL.NET before', 'RS256', 'x5t', url64(hashes.x5t)],
    ['MSAL for Python', 'PS256', 'x5t#S256', paddedUrl(hashes['x5t#S256'])],
    ["MSAL for Python before, azure-identity for Python and Azure's ADAL for Go", 'RS256', 'x5t', paddedUrl(hashes.x5t)],
    ['MSAL for Go', 'PS256', 'x5t#S256', base64(hashes['x5t#S256'])],
    ['MSAL for Go before', 'RS256', 'x5t', base64(hashes.x5t)],
    ['MSAL4J', 'PS256', 'x5t#S256', base64(hashes['x5t#S256'])],
    ['MSAL4J before', 'RS256', 'x5t#S256', base64(hashes['x5t#S256'])],
    ['a library that leaves only the padding out', 'RS256', 'x5t', base64(hashes.x5t).replace('=', '')],
  ])('[F33] is recognised as %s spells it: %s, %s %s', async (_, alg, name, text) => {
    const { status, body } = await shown(await signed({ alg, [name]: text }));
    expect(status, body.error_description).toBe(200);
  });

  it.each<[string, Name, unknown]>([
    ['in hexadecimal, as portals show it', 'x5t', hashes.x5t.toString('hex')],
    ['in capital hexadecimal', 'x5t', hashes.x5t.toString('hex').toUpperCase()],
    ['in hexadecimal of SHA-256', 'x5t#S256', hashes['x5t#S256'].toString('hex')],
    ['in base64 of its hexadecimal', 'x5t', base64(Buffer.from(hashes.x5t.toString('hex')))],
    ['with a blank before it', 'x5t', ` ${base64(hashes.x5t)}`],
    ['with a line break after it', 'x5t', `${base64(hashes.x5t)}\n`],
    ['with letters of no alphabet', 'x5t', `${base64(hashes.x5t).replace('=', '')}!`],
    ['with padding within it', 'x5t', base64(hashes.x5t).replace('/', '=/')],
    ['with too much padding', 'x5t', `${base64(hashes.x5t)}===`],
    ['without its end', 'x5t', base64(hashes.x5t.subarray(0, 19))],
    ['with more at its end', 'x5t', base64(Buffer.concat([hashes.x5t, Buffer.of(0)]))],
    ['of the other hash', 'x5t', base64(hashes['x5t#S256'])],
    ['that is empty', 'x5t', ''],
    ['that is only padding', 'x5t', '=='],
    ['that is null', 'x5t', null],
    ['that is a list', 'x5t', [base64(hashes.x5t)]],
  ])('[F33] %s is refused', async (_, name, text) => {
    expect(refusalOf(await shown(await signed({ alg: 'RS256', [name]: text })))).toEqual({ status: 401, number: 700027 });
  });
});

describe('the parts of an assertion', () => {
  it.each<[string, (bytes: Buffer) => string]>([
    ['without padding', url64],
    ["with padding, as azure-identity for Python's asynchronous credentials", paddedUrl],
  ])('[F33] are read %s', async (_, encode) => {
    for (const [alg, name] of [
      ['PS256', 'x5t#S256'],
      ['RS256', 'x5t'],
    ] as const) {
      const { status, body } = await shown(assembled(alg, name, encode));
      expect(status, body.error_description).toBe(200);
    }
  });
});
