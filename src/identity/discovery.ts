// The OpenID configuration, signing keys and instance discovery for client libraries (F31).
import type { components } from '../documents/identity.gen.ts';
import type { IdentityContext } from './context.ts';
import { authorityOf } from './registry/tenants.ts';
import { issuerOf, type Version } from './tokens/claims.ts';

type Schemas = components['schemas'];

export interface Discovery {
  /** @throws SignInRefusal TenantUnknown */
  configuration(tenant: string, version: Version, origin: string): Schemas['OpenIdConfiguration'];
  keys(tenant: string): Promise<Schemas['KeySet']>;
  instance(origin: string): Schemas['InstanceDiscovery'];
}

export function createDiscovery({ registrations, signingKeys }: Pick<IdentityContext, 'registrations' | 'signingKeys'>): Discovery {
  return {
    configuration: (name, version, origin) => {
      const authority = authorityOf(registrations, name);
      const path = version === '2.0' ? '/v2.0' : '';
      const base = `${origin}/${name}`;
      return {
        issuer: issuerOf(origin, typeof authority === 'string' ? '{tenantid}' : authority.id, version),
        authorization_endpoint: `${base}/oauth2${path}/authorize`,
        token_endpoint: `${base}/oauth2${path}/token`,
        device_authorization_endpoint: `${base}/oauth2${path}/devicecode`,
        end_session_endpoint: `${base}/oauth2${path}/logout`,
        userinfo_endpoint: `${origin}/oidc/userinfo`,
        jwks_uri: `${base}/discovery${path}/keys`,
        token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
        response_modes_supported: ['query', 'fragment', 'form_post'],
        response_types_supported: ['code', 'id_token', 'token', 'id_token token'],
        subject_types_supported: ['pairwise'],
        id_token_signing_alg_values_supported: ['RS256'],
        scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
        claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'name', 'preferred_username', 'email', 'oid', 'tid', 'ver'],
        tenant_region_scope: null,
        cloud_instance_name: new URL(origin).host,
        msgraph_host: new URL(origin).host,
      };
    },
    keys: async (name) => {
      authorityOf(registrations, name);
      return { keys: [...(await signingKeys.publicKeys())] };
    },
    instance: (origin) => {
      const { host } = new URL(origin);
      return {
        tenant_discovery_endpoint: `${origin}/common/v2.0/.well-known/openid-configuration`,
        'api-version': '1.1',
        metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
      };
    },
  };
}
