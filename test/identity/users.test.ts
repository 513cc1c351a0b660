// What client libraries ask about users: the realm of a name before a password sign-in, and who a token's user is.
import { describe, expect, it } from 'vitest';
import { useEmulators } from '../support/emulator.ts';
import { errorOf } from '../support/http-call.ts';
import { claimsOf, graph, phone, server, startTokens } from '../support/token-client.ts';

const start = useEmulators('file');
const { ask, send } = await startTokens(start);
const byPassword = { grant_type: 'password', ...phone, username: 'adele', password: 'adele-password' };
const cloud = { ver: '1.0', cloud_instance_name: 'microsoftonline.com', cloud_audience_urn: 'urn:federation:MicrosoftOnline' };

describe('the realm of a user name', () => {
  it.each([
    ['userrealm', 'adele@contoso.example', 'contoso.example'],
    ['UserRealm', 'adele%40contoso.example', 'contoso.example'],
    ['userrealm', 'nobody@FABRIKAM.example', 'fabrikam.example'],
    ['userrealm', 'dana', 'fabrikam.example'],
  ])('[F46] at %s of %s is managed by %s', async (segment, user, domain) => {
    const { status, body } = await send({ method: 'GET', path: `/common/${segment}/${user}?api-version=1.0` });
    expect({ status, body }).toEqual({ status: 200, body: { ...cloud, account_type: 'Managed', domain_name: domain } });
  });

  it.each(['zoe@nowhere.example', 'zoe', '@'])('[F46] of %s is unknown', async (user) => {
    const { status, body } = await send({ method: 'GET', path: `/common/userrealm/${user}?api-version=1.0` });
    expect({ status, body }).toEqual({ status: 200, body: { ...cloud, account_type: 'Unknown' } });
  });
});

describe('who the user of a token is', () => {
  const path = '/oidc/userinfo';

  it('[F48] is answered with the sub of the id token, across origins too', async () => {
    const { body } = await ask({ ...byPassword, scope: `openid profile ${graph}/User.Read` });
    const {
      status,
      body: info,
      headers,
    } = await send({ method: 'GET', path, token: body.access_token, headers: { Origin: 'https://localhost:3000' } });
    expect({ status, info }).toEqual({
      status: 200,
      info: { sub: claimsOf(body.id_token ?? '')['sub'], name: 'Adele Vance', email: 'adele@contoso.example' },
    });
    expect(headers['access-control-allow-origin']).toBe('*');
  });

  it('[F48] [D28] is answered for any scopes, and for development tokens', async () => {
    const { body } = await ask({ ...byPassword, scope: `${graph}/Mail.Read` });
    expect((await send({ method: 'GET', path, token: body.access_token })).status).toBe(200);
    const { body: info } = await send({ method: 'GET', path, token: 'dev.user.zoe' });
    expect(info).toMatchObject({ name: 'zoe', email: 'zoe@unsid.example' });
  });

  it.each<readonly [string, () => Promise<string | undefined>, number, string]>([
    ['without a token', async () => undefined, 401, 'TokenMissing'],
    [
      'for the activity service',
      async () => (await ask({ ...byPassword, scope: 'https://activity.windows.com/.default' })).body.access_token,
      401,
      'TokenInvalid',
    ],
    [
      'of an app',
      async () => (await ask({ grant_type: 'client_credentials', ...server, scope: `${graph}/.default` })).body.access_token,
      403,
      'UserTokenRequired',
    ],
  ])("[F48] [D28] is refused %s, in Graph's words", async (_, token, status, code) => {
    const refused = await send({ method: 'GET', path, token: await token() });
    expect([refused.status, errorOf(refused).innerError.code]).toEqual([status, code]);
    if (status === 401) expect(refused.headers['www-authenticate']).toMatch(/^Bearer /);
  });
});
