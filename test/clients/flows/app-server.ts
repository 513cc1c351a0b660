// An app server with an API of its own: it verifies with jose the tokens that its callers bring, by the keys that the metadata names.
import { PublicClientApplication } from '@azure/msal-node';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { type Flow, hostOf, type Setting } from './flow.ts';

async function verified({ origin, tenant, server }: Setting, token: string) {
  const metadata = await fetch(`${origin}/${tenant.domain}/v2.0/.well-known/openid-configuration`);
  const { issuer, jwks_uri: keys } = (await metadata.json()) as { readonly issuer: string; readonly jwks_uri: string };
  const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(keys)), {
    issuer,
    audience: server.clientId,
    algorithms: ['RS256'],
  });
  return payload;
}

/** A token that the phone app asks for to call the API. */
async function tokenFor(setting: Setting, scope: string): Promise<string> {
  const { origin, tenant, phone, user } = setting;
  const authority = `${origin}/${tenant.domain}`;
  const app = new PublicClientApplication({ auth: { clientId: phone.clientId, authority, knownAuthorities: [hostOf(setting)] } });
  const result = await app.acquireTokenByUsernamePassword({ scopes: [scope], username: user.upn, password: user.password });
  return result?.accessToken ?? '';
}

export const appServerFlows: Readonly<Record<string, Flow>> = {
  'jose: verifies a token for its API': async (setting) =>
    verified(setting, await tokenFor(setting, `api://${setting.server.clientId}/access_as_user`)),
  'jose: refuses what was altered': async (setting) => {
    const [head, body, signature = ''] = (await tokenFor(setting, `api://${setting.server.clientId}/access_as_user`)).split('.');
    const altered = `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    return verified(setting, altered).catch((error: unknown) => (error instanceof errors.JOSEError ? error.code : String(error)));
  },
};
