// A small identity platform for tests: metadata, token endpoint and device codes, as openapi/identity.yaml has them.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import type { components } from '../../src/documents/identity.gen.ts';
import type { PemPair } from './throwaway-certificate.ts';

type Schemas = components['schemas'];
type Form = Readonly<Record<string, string>>;
export type Reply = readonly [status: number, body: object, headers?: Record<string, string>];

export interface Asked {
  readonly path: string;
  readonly form: Form;
}

export interface IdentityServer {
  readonly url: string;
  /** What was asked of token and device-code endpoints, in order. */
  readonly asked: Asked[];
  /** Calls of the metadata. */
  readonly metadataCalls: string[];
  /** Answers the next token requests, one each; after them `tokenAnswer()`. */
  readonly replies: Reply[];
}

export const deviceCode: Schemas['DeviceCodeAnswer'] = {
  user_code: 'HJKM-7Q2W',
  device_code: 'HAQABAAEAAAD3vT0uWm5p1sVxq2nR8yLdC',
  verification_uri: 'https://localhost:4281/common/oauth2/deviceauth',
  expires_in: 900,
  interval: 5,
  message: 'Go and sign in.',
};

export function tokenAnswer(members: Partial<Schemas['TokenAnswer']> = {}): Reply {
  const answer: Schemas['TokenAnswer'] = {
    token_type: 'Bearer',
    expires_in: 3599,
    ext_expires_in: 3599,
    access_token: 'dev.user.adele',
    ...members,
  };
  return [200, answer];
}

export function refusal(error: Schemas['ErrorName'], number: Schemas['ErrorNumber'], description: string, status = 400): Reply {
  const guid = '943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18';
  const body: Schemas['ErrorBody'] = {
    error,
    error_description: `AADSTS${number}: ${description}`,
    error_codes: [number],
    timestamp: '2019-08-23 00:25:55Z',
    trace_id: guid,
    correlation_id: guid,
  };
  return [status, body];
}

async function formOf(request: IncomingMessage): Promise<Form> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return Object.fromEntries(new URLSearchParams(text));
}

function metadataOf(tenant: string, version: '' | '/v2.0'): Schemas['OpenIdConfiguration'] {
  return {
    issuer: `${tenant}${version}`,
    authorization_endpoint: `${tenant}/oauth2${version}/authorize`,
    token_endpoint: `${tenant}/oauth2${version}/token`,
    device_authorization_endpoint: `${tenant}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${tenant}/oauth2/v2.0/logout`,
    userinfo_endpoint: `${new URL(tenant).origin}/oidc/userinfo`,
    jwks_uri: `${tenant}/discovery${version}/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat'],
  };
}

/** Call it once at the head of a test file. */
export function useIdentityServers() {
  const running: Server[] = [];
  afterEach(async () => {
    for (const server of running.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
  return async (how: { readonly secure?: PemPair; readonly codeLivesSeconds?: number } = {}): Promise<IdentityServer> => {
    const asked: Asked[] = [];
    const metadataCalls: string[] = [];
    const replies: Reply[] = [];
    const place = { url: '' };
    const answer: RequestListener = async (request, response) => {
      const path = request.url ?? '';
      const [, tenant = '', rest = ''] = /^\/([^/]+)(\/.*)$/.exec(path) ?? [];
      const send = ([status, body, headers = {}]: Reply) =>
        void response
          .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers })
          .end(JSON.stringify(body));
      if (rest.endsWith('/.well-known/openid-configuration')) {
        metadataCalls.push(path);
        return send([200, metadataOf(`${place.url}/${tenant}`, rest.startsWith('/v2.0/') ? '/v2.0' : '')]);
      }
      const form = await formOf(request);
      asked.push({ path, form });
      if (rest.endsWith('/devicecode')) return send([200, { ...deviceCode, expires_in: how.codeLivesSeconds ?? deviceCode.expires_in }]);
      return send(replies.shift() ?? tokenAnswer());
    };
    const server = how.secure ? createSecureServer(how.secure, answer) : createServer(answer);
    running.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    place.url = how.secure ? `https://localhost:${port}` : `http://127.0.0.1:${port}`;
    return { url: place.url, asked, metadataCalls, replies };
  };
}
