// The token endpoint (F32–F37): admission, client authentication, grant; and the start of device sign-ins.
import type { components } from '../../documents/identity.gen.ts';
import type { IdentityContext } from '../context.ts';
import { createConsents } from '../login/consents.ts';
import { authorityOf, clientAt } from '../registry/tenants.ts';
import { createClientAuthentication, readCredential } from './client-authentication.ts';
import { createDeviceStart } from './device-start.ts';
import { createAuthorizationCodeGrant } from './grants/authorization-code.ts';
import { createClientCredentialsGrant } from './grants/client-credentials.ts';
import { createDeviceCodeGrant } from './grants/device-code.ts';
import { createOnBehalfOfGrant } from './grants/on-behalf-of.ts';
import { createPasswordGrant } from './grants/password.ts';
import { createRefreshTokenGrant } from './grants/refresh-token.ts';
import type { AnyTokenResponse, ClientRequest, Grant, TokenCall, TokenRequest } from './token-request.ts';
import { createTokenResponses } from './token-response.ts';

type Schemas = components['schemas'];

/** Methods throw SignInRefusal, or a Refusal by admission. */
export interface TokenEndpoint {
  issue(call: TokenCall, request: TokenRequest): Promise<AnyTokenResponse>;
  startDevice(call: TokenCall, request: Schemas['DeviceCodeRequest']): Promise<Schemas['DeviceCodeAnswer']>;
  startDeviceV1(call: TokenCall, request: Schemas['DeviceCodeRequestV1']): Promise<Schemas['DeviceCodeAnswerV1']>;
}

export function createTokenEndpoint(context: IdentityContext): TokenEndpoint {
  const { registrations, admission } = context;
  const grants = createGrants(context);
  const authenticate = createClientAuthentication(context);
  const startDevice = createDeviceStart(context);

  async function admitted(call: TokenCall, clientId: string): Promise<Pick<ClientRequest, 'authority' | 'client'>> {
    const authority = authorityOf(registrations, call.tenant);
    const client = clientAt(registrations, authority, clientId);
    const refusal = await admission.admitTokenRequest({ clientId: client.clientId, operationId: call.operationId });
    if (refusal) throw refusal;
    return { authority, client };
  }

  return {
    issue: async (call, request) => {
      const { clientId, credential } = readCredential(call, request);
      const clientRequest: ClientRequest = { call, request, ...(await admitted(call, clientId)) };
      await authenticate(clientRequest, credential);
      return grants[request.grant_type](clientRequest);
    },
    startDevice: async (call, { client_id: clientId, scope }) => startDevice(call, (await admitted(call, clientId)).client, { scope }),
    startDeviceV1: async (call, { client_id: clientId, resource }) => {
      const { client } = await admitted(call, clientId);
      const { verification_uri: page, expires_in: lifetime, interval, ...codes } = await startDevice(call, client, { scope: '', resource });
      return { ...codes, verification_url: page, expires_in: String(lifetime), interval: String(interval) };
    },
  };
}

/** The client library sends `device_code` as grant type, the standard (RFC 8628) defines a URN. */
function createGrants(context: IdentityContext): Readonly<Record<TokenRequest['grant_type'], Grant>> {
  const parts = { ...context, consents: createConsents(context), responses: createTokenResponses(context) };
  const deviceCode = createDeviceCodeGrant(parts);
  return {
    client_credentials: createClientCredentialsGrant(parts),
    authorization_code: createAuthorizationCodeGrant(parts),
    refresh_token: createRefreshTokenGrant(parts),
    'urn:ietf:params:oauth:grant-type:jwt-bearer': createOnBehalfOfGrant(parts),
    device_code: deviceCode,
    'urn:ietf:params:oauth:grant-type:device_code': deviceCode,
    password: createPasswordGrant(parts),
  };
}
