// The makers' MSAL for confidential clients: secret, certificate, authorization code, renewal, on-behalf-of.
import { createHash, X509Certificate } from 'node:crypto';
import { type AuthenticationResult, ConfidentialClientApplication, CryptoProvider, PublicClientApplication } from '@azure/msal-node';
import { certificateOf, type Flow, graphDefault, graphScope, hostOf, type Setting, signInAs } from './flow.ts';

type Credential = ConstructorParameters<typeof ConfidentialClientApplication>[0]['auth'];

function appOf(setting: Setting, own: Partial<Credential> = {}): ConfidentialClientApplication {
  const { origin, tenant, server } = setting;
  const isOther = own.clientCertificate !== undefined || own.clientSecret !== undefined;
  return new ConfidentialClientApplication({
    auth: {
      clientId: server.clientId,
      authority: `${origin}/${tenant.domain}`,
      knownAuthorities: [hostOf(setting)],
      ...(isOther ? {} : { clientSecret: server.secret }),
      ...own,
    },
  });
}

export function factsOf(result: AuthenticationResult | null) {
  if (!result) return null;
  const { accessToken, idToken, account, scopes, fromCache, tokenType, tenantId, expiresOn, idTokenClaims } = result;
  const secondsLeft = Math.round(((expiresOn?.getTime() ?? 0) - Date.now()) / 1000);
  return { accessToken, idToken, username: account?.username, scopes, fromCache, tokenType, tenantId, secondsLeft, idTokenClaims };
}

async function twice(app: ConfidentialClientApplication) {
  const first = factsOf(await app.acquireTokenByClientCredential({ scopes: [graphDefault] }));
  const second = factsOf(await app.acquireTokenByClientCredential({ scopes: [graphDefault] }));
  // A certificate's assertion is kept for minutes by MSAL and sent again.
  const third = factsOf(await app.acquireTokenByClientCredential({ scopes: [graphDefault], skipCache: true }));
  return { first, second, third };
}

/** A browser's part: sign in at the address that MSAL made, and take the code from where it is sent. */
async function codeFor(
  setting: Setting,
  app: ConfidentialClientApplication | PublicClientApplication,
  redirectUri: string,
  scopes: string[],
) {
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const address = await app.getAuthCodeUrl({
    scopes,
    redirectUri,
    codeChallenge: challenge,
    codeChallengeMethod: 'S256',
    state: 'a state',
    nonce: 'a nonce',
  });
  const { code = '', state } = (await signInAs(setting, address)).parameters;
  return { code, state, verifier };
}

export async function byCode(setting: Setting, app: ConfidentialClientApplication | PublicClientApplication, redirectUri: string) {
  const scopes = [graphScope, 'offline_access'];
  const { code, verifier, state } = await codeFor(setting, app, redirectUri, scopes);
  const result = await app.acquireTokenByCode({ code, codeVerifier: verifier, redirectUri, scopes, nonce: 'a nonce' });
  const account = result.account;
  if (!account) throw new Error('MSAL made no account of the answer.');
  const silent = await app.acquireTokenSilent({ account, scopes: [graphScope] });
  const renewed = await app.acquireTokenSilent({ account, scopes: [graphScope], forceRefresh: true });
  return { state, result: factsOf(result), silent: factsOf(silent), renewed: factsOf(renewed) };
}

export const msalConfidentialFlows: Readonly<Record<string, Flow>> = {
  'msal: secret': (setting) => twice(appOf(setting)),
  'msal: wrong secret': (setting) => twice(appOf(setting, { clientSecret: 'wrong' })),
  'msal: certificate, PS256': (setting) => {
    const { certificate, privateKey } = certificateOf(setting);
    const thumbprintSha256 = createHash('sha256').update(new X509Certificate(certificate).raw).digest('hex');
    return twice(appOf(setting, { clientId: setting.daemon.clientId, clientCertificate: { thumbprintSha256, privateKey } }));
  },
  'msal: authorization code': (setting) => byCode(setting, appOf(setting), setting.server.redirectUri),
  'msal: on behalf of': async (setting) => {
    const { server, phone, origin, tenant, user } = setting;
    // The phone app asks for a token for the app server, which then asks Graph on the user's behalf.
    const app = new PublicClientApplication({
      auth: { clientId: phone.clientId, authority: `${origin}/${tenant.domain}`, knownAuthorities: [hostOf(setting)] },
    });
    const forServer = await app.acquireTokenByUsernamePassword({
      scopes: [`api://${server.clientId}/.default`],
      username: user.upn,
      password: user.password,
    });
    const result = await appOf(setting).acquireTokenOnBehalfOf({ oboAssertion: forServer?.accessToken ?? '', scopes: [graphScope] });
    return { result: factsOf(result) };
  },
};
