// `openid-client`, a general library for OpenID Connect: it takes what the metadata says, whose issuer has the ID of the tenant.
import * as openid from 'openid-client';
import { approveDevice, type Flow, graphDefault, graphScope, type Setting, signInAs } from './flow.ts';

const configurationOf = ({ origin, tenant }: Setting, clientId: string, secret?: string) =>
  openid.discovery(new URL(`${origin}/${tenant.id}/v2.0`), clientId, secret, secret === undefined ? openid.None() : undefined);

export const openidFlows: Readonly<Record<string, Flow>> = {
  'openid-client: authorization code': async (setting) => {
    const { server } = setting;
    const config = await configurationOf(setting, server.clientId, server.secret);
    const pkceCodeVerifier = openid.randomPKCECodeVerifier();
    const [expectedNonce, expectedState] = [openid.randomNonce(), openid.randomState()];
    const address = openid.buildAuthorizationUrl(config, {
      redirect_uri: server.redirectUri,
      scope: `openid profile offline_access ${graphScope}`,
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      nonce: expectedNonce,
      state: expectedState,
    });
    const { location } = await signInAs(setting, address.href);
    const tokens = await openid.authorizationCodeGrant(config, new URL(location), { pkceCodeVerifier, expectedNonce, expectedState });
    const subject = tokens.claims()?.sub ?? '';
    const info = await openid.fetchUserInfo(config, tokens.access_token, subject);
    const renewed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '');
    const signOut = openid.buildEndSessionUrl(config, { post_logout_redirect_uri: server.redirectUri });
    return {
      tokens,
      info,
      isRenewed: renewed.access_token !== tokens.access_token,
      signOut: (await fetch(signOut, { redirect: 'manual' })).status,
    };
  },
  'openid-client: client credentials': async (setting) => {
    const { server } = setting;
    const config = await configurationOf(setting, server.clientId, server.secret);
    return openid.clientCredentialsGrant(config, { scope: graphDefault });
  },
  'openid-client: device code': async (setting) => {
    const config = await configurationOf(setting, setting.phone.clientId);
    const started = await openid.initiateDeviceAuthorization(config, { scope: `openid ${graphScope}` });
    await approveDevice(setting, started.verification_uri, started.user_code);
    return openid.pollDeviceAuthorizationGrant(config, started);
  },
  'openid-client: implicit': async (setting) => {
    const { page } = setting;
    const config = await configurationOf(setting, page.clientId);
    openid.useIdTokenResponseType(config);
    const expectedNonce = openid.randomNonce();
    const address = openid.buildAuthorizationUrl(config, { redirect_uri: page.redirectUri, scope: 'openid profile', nonce: expectedNonce });
    const { location } = await signInAs(setting, address.href);
    return openid.implicitAuthentication(config, new URL(location), expectedNonce);
  },
};
