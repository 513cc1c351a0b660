// The makers' @azure/identity: secret, certificate, environment.
import { type AccessToken, ClientCertificateCredential, ClientSecretCredential, EnvironmentCredential } from '@azure/identity';
import { type Flow, graphDefault, type Setting } from './flow.ts';

const optionsOf = ({ origin }: Setting) => ({ authorityHost: origin, disableInstanceDiscovery: true });

const factsOf = (token: AccessToken | null) => ({
  accessToken: token?.token,
  secondsLeft: Math.round(((token?.expiresOnTimestamp ?? 0) - Date.now()) / 1000),
});

export const azureIdentityFlows: Readonly<Record<string, Flow>> = {
  'identity: secret': async (setting) => {
    const { tenant, server } = setting;
    const credential = new ClientSecretCredential(tenant.id, server.clientId, server.secret, optionsOf(setting));
    return factsOf(await credential.getToken(graphDefault));
  },
  'identity: wrong secret': async (setting) => {
    const { tenant, server } = setting;
    return factsOf(await new ClientSecretCredential(tenant.id, server.clientId, 'wrong', optionsOf(setting)).getToken(graphDefault));
  },
  'identity: certificate': async (setting) => {
    const { tenant, daemon } = setting;
    const credential = new ClientCertificateCredential(tenant.id, daemon.clientId, daemon.pemFile, optionsOf(setting));
    return factsOf(await credential.getToken(graphDefault));
  },
  'identity: environment': async (setting) => {
    const { tenant, server, origin } = setting;
    Object.assign(process.env, {
      AZURE_TENANT_ID: tenant.id,
      AZURE_CLIENT_ID: server.clientId,
      AZURE_CLIENT_SECRET: server.secret,
      AZURE_AUTHORITY_HOST: origin,
    });
    return factsOf(await new EnvironmentCredential({ disableInstanceDiscovery: true }).getToken(graphDefault));
  },
};
