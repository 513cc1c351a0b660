// The makers' Graph client, with a credential of @azure/identity: it publishes, retries and reports errors.
import { ClientSecretCredential } from '@azure/identity';
import { Client, GraphError } from '@microsoft/microsoft-graph-client';
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js';
import { type Flow, graphDefault, type Setting } from './flow.ts';

function clientOf({ origin, tenant, server }: Setting): Client {
  const credential = new ClientSecretCredential(tenant.id, server.clientId, server.secret, {
    authorityHost: origin,
    disableInstanceDiscovery: true,
  });
  return Client.initWithMiddleware({
    baseUrl: origin,
    defaultVersion: 'beta',
    // Without the port: the client compares names only.
    customHosts: new Set([new URL(origin).hostname]),
    authProvider: new TokenCredentialAuthenticationProvider(credential, { scopes: [graphDefault] }),
  });
}

const post = (setting: Setting, title: string) =>
  clientOf(setting)
    .api('/me/notifications')
    .header('X-UNS-ID', setting.unsid)
    .post({ targetHostName: setting.application, payload: { visualContent: { title } } });

export const graphFlows: Readonly<Record<string, Flow>> = {
  'graph: post': (setting) => post(setting, 'from the Graph client'),
  'graph: post while throttled': (setting) => post(setting, 'throttled first'),
  'graph: post while unavailable': (setting) => post(setting, 'unavailable first'),
  'graph: error': async (setting) => {
    try {
      return await post({ ...setting, unsid: 'unknown-unknown-unknown' }, 'to nobody');
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      const { statusCode, code, message, requestId } = error;
      return { statusCode, code, message, requestId };
    }
  },
};
