// What client libraries find out before they ask for tokens: metadata, keys, instances (F31), and what they may ask for.
import { decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import { createSigningKeys } from '../../src/identity/tokens/signing-keys.ts';
import { useEmulators } from '../support/emulator.ts';
import { claimsOf, contoso, graph, phone, startTokens } from '../support/token-client.ts';

const start = useEmulators('file');
const { ask, send, url } = await startTokens(start);
const get = (path: string) => send<Record<string, unknown>>({ method: 'GET', path });
const signedIn = { grant_type: 'password', ...phone, username: 'adele', password: 'adele-password' };

describe('metadata', () => {
  it.each([
    ['contoso.example/v2.0', `${contoso}/v2.0`],
    [`${contoso.toUpperCase()}/v2.0`, `${contoso}/v2.0`],
    ['contoso.example', `${contoso}/`],
    ['common/v2.0', '{tenantid}/v2.0'],
    ['organizations', '{tenantid}/'],
  ])('[F31] of %s name the issuer %s', async (place, issuer) => {
    const { status, body } = await get(`/${place}/.well-known/openid-configuration`);
    expect({ status, issuer: body['issuer'] }).toEqual({ status: 200, issuer: `${url}/${issuer}` });
  });

  it.each([
    ['contoso.example/v2.0', 'oauth2/v2.0', 'discovery/v2.0'],
    ['contoso.example', 'oauth2', 'discovery'],
  ])('[F31] of %s name the endpoints of their version', async (place, endpoints, keys) => {
    const { body } = await get(`/${place}/.well-known/openid-configuration`);
    expect(body).toMatchObject({
      authorization_endpoint: `${url}/contoso.example/${endpoints}/authorize`,
      token_endpoint: `${url}/contoso.example/${endpoints}/token`,
      jwks_uri: `${url}/contoso.example/${keys}/keys`,
    });
  });

  it('[F31] [F42] of a tenant that is unknown are refused', async () => {
    const { status, body } = await get('/nowhere.example/v2.0/.well-known/openid-configuration');
    expect({ status, codes: body['error_codes'] }).toEqual({ status: 400, codes: [90002] });
  });
});

describe('the keys', () => {
  it('[F31] [D22] are those that tokens are signed with, at both addresses, and contain nothing private', async () => {
    const { body } = await ask({ ...signedIn, scope: `${graph}/.default` });
    const { kid, alg } = decodeProtectedHeader(body.access_token);
    for (const path of ['discovery/v2.0/keys', 'discovery/keys']) {
      const { keys } = (await get(`/contoso.example/${path}`)).body as { keys: readonly Record<string, string>[] };
      expect(keys).toMatchObject([{ kid, alg, kty: 'RSA', use: 'sig' }]);
      expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    }
  });

  it('[D22] are made once, and anew for the next process', async () => {
    const [own, other] = [createSigningKeys(), createSigningKeys()];
    expect(await own.publicKeys()).toEqual(await own.publicKeys());
    expect(await other.publicKeys()).not.toEqual(await own.publicKeys());
  });
});

describe('instance discovery', () => {
  it('[F31] says that this emulator is a cloud of its own', async () => {
    const { host } = new URL(url);
    const { body } = await get(`/common/discovery/instance?api-version=1.1&authorization_endpoint=${url}/common/oauth2/v2.0/authorize`);
    expect(body).toMatchObject({
      tenant_discovery_endpoint: `${url}/common/v2.0/.well-known/openid-configuration`,
      metadata: [{ preferred_network: host, aliases: [host] }],
    });
  });
});

describe('scopes', () => {
  it('[D23] of Graph are accepted by any name, and stand in the token', async () => {
    const { body } = await ask({ ...signedIn, scope: `${graph}/Mail.Read User.Read` });
    expect(claimsOf(body.access_token)['scp']).toBe('Mail.Read User.Read');
  });
});
