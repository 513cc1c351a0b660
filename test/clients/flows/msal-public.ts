// The makers' MSAL for public clients: authorization code, its own loopback server, device code, password.
import { CryptoProvider, PublicClientApplication } from '@azure/msal-node';
import { approveDevice, type Flow, graphScope, hostOf, type Setting, signInAs } from './flow.ts';
import { byCode, factsOf } from './msal-confidential.ts';

function appOf(setting: Setting): PublicClientApplication {
  const { origin, tenant, phone } = setting;
  return new PublicClientApplication({
    auth: { clientId: phone.clientId, authority: `${origin}/${tenant.domain}`, knownAuthorities: [hostOf(setting)] },
  });
}

export const msalPublicFlows: Readonly<Record<string, Flow>> = {
  'msal: public authorization code': (setting) => byCode(setting, appOf(setting), 'http://127.0.0.1:9'),
  'msal: device code': async (setting) => {
    let message = '';
    const result = await appOf(setting).acquireTokenByDeviceCode({
      scopes: [graphScope],
      deviceCodeCallback: (code) => {
        message = code.message;
        // While MSAL waits, a person types the code elsewhere.
        void approveDevice(setting, code.verificationUri, code.userCode);
      },
    });
    return { message, result: factsOf(result) };
  },
  'msal: interactive': async (setting) => {
    const openBrowser = async (address: string): Promise<void> => {
      // MSAL waits for the browser to be opened, not for the person in it.
      // The name of MSAL's own server is looked up by no browser either.
      void signInAs(setting, address).then(({ location, parameters }) =>
        fetch(location.replace('//localhost:', '//127.0.0.1:'), { method: 'POST', body: new URLSearchParams(parameters) }),
      );
    };
    return factsOf(await appOf(setting).acquireTokenInteractive({ scopes: [graphScope], openBrowser }));
  },
  'msal: password': async (setting) => {
    const { upn, password } = setting.user;
    return factsOf(await appOf(setting).acquireTokenByUsernamePassword({ scopes: [graphScope], username: upn, password }));
  },
  'msal: wrong password': async (setting) => {
    const { upn } = setting.user;
    return factsOf(await appOf(setting).acquireTokenByUsernamePassword({ scopes: [graphScope], username: upn, password: 'wrong' }));
  },
  'msal: silent sign-in without a session': async (setting) => {
    const { challenge: codeChallenge } = await new CryptoProvider().generatePkceCodes();
    const address = await appOf(setting).getAuthCodeUrl({
      scopes: [graphScope],
      redirectUri: 'http://127.0.0.1:9',
      prompt: 'none',
      codeChallenge,
      codeChallengeMethod: 'S256',
    });
    const { error, error_description: description } = (await signInAs(setting, address)).parameters;
    return { error, description };
  },
};
