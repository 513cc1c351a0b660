// The sign-ins of the makers' own samples (F43): authorities, scopes and flows as they are there; native ones with MSAL for Node in place of MSAL for .NET and iOS.
import { ConfidentialClientApplication, CryptoProvider, PublicClientApplication } from '@azure/msal-node';
import { type Flow, hostOf, type Setting, signInAs } from './flow.ts';
import { factsOf } from './msal-confidential.ts';

const work = 'https://activity.microsoft.com';
const personal = 'https://activity.windows.com';
const graph = 'https://graph.microsoft.com';

/** What the app does with its token: it subscribes a device; and what it cannot do: publish. */
async function used({ origin, application }: Setting, accessToken: string) {
  const call = (path: string, body: object) =>
    fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  const subscribed = await call('/client/v1/subscriptions', { application, deviceId: crypto.randomUUID(), platform: 'Windows' });
  const published = await call('/beta/me/notifications', { targetHostName: application, payload: { rawContent: 'x' } });
  return { subscribed: subscribed.status, published: published.status };
}

const native =
  (authority: 'organizations' | 'consumers', scopes: readonly string[]): Flow =>
  async (setting) => {
    const { origin, phone } = setting;
    const app = new PublicClientApplication({
      auth: { clientId: phone.clientId, authority: `${origin}/${authority}`, knownAuthorities: [hostOf(setting)] },
    });
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
    const asked = { scopes: [...scopes], redirectUri: 'http://localhost' };
    const address = await app.getAuthCodeUrl({ ...asked, codeChallenge: challenge, codeChallengeMethod: 'S256' });
    const { code = '' } = (await signInAs(setting, address)).parameters;
    const result = await app.acquireTokenByCode({ ...asked, code, codeVerifier: verifier });
    const account = result.account ?? undefined;
    const silent = account && (await app.acquireTokenSilent({ account, scopes: [...scopes] }));
    return { result: factsOf(result), isFound: silent?.fromCache, ...(await used(setting, result.accessToken)) };
  };

export const makersFlows: Readonly<Record<string, Flow>> = {
  'makers: Windows, work account': native('organizations', [`${work}/Notifications.ReadWrite.CreatedByApp`]),
  'makers: Windows, personal account': native('consumers', [`${personal}/Notifications.ReadWrite.CreatedByApp`]),
  'makers: iOS, work account': native('organizations', [
    `${work}/Notifications.ReadWrite.CreatedByApp`,
    `${work}/UserActivity.ReadWrite.CreatedByApp`,
  ]),
  'makers: iOS, personal account': native('consumers', [
    `${personal}/Notifications.ReadWrite.CreatedByApp`,
    `${personal}/UserActivity.ReadWrite.CreatedByApp`,
  ]),
  'makers: web, in small letters': native('organizations', [`${work}/useractivity.readwrite.createdbyapp`]),
  'makers: on behalf of': async (setting) => {
    const { origin, phone, server, user } = setting;
    const auth = { authority: `${origin}/common`, knownAuthorities: [hostOf(setting)] };
    const app = new PublicClientApplication({ auth: { ...auth, clientId: phone.clientId } });
    const forServer = await app.acquireTokenByUsernamePassword({
      scopes: [`api://${server.clientId}/access_as_user`],
      username: user.upn,
      password: user.password,
    });
    const service = new ConfidentialClientApplication({ auth: { ...auth, clientId: server.clientId, clientSecret: server.secret } });
    const result = await service.acquireTokenOnBehalfOf({
      oboAssertion: forServer?.accessToken ?? '',
      scopes: [`${graph}/User.Read`, 'Notifications.ReadWrite.CreatedByApp'],
    });
    return { result: factsOf(result), ...(await used(setting, result?.accessToken ?? '')) };
  },
};
