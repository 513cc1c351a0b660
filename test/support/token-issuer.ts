// Gives tokens as the emulator's own token endpoint does: claims by the product's rules, signed with keys that the emulator is given.
import type { JWTPayload } from 'jose';
import { resourceOf } from '../../src/identity/oauth/resources.ts';
import { knownScopes, scopesFromScope } from '../../src/identity/oauth/scopes.ts';
import { createRegistrations } from '../../src/identity/registry/registrations.ts';
import { defaultSeedFile, loadSeed, type Seed } from '../../src/identity/registry/seed.ts';
import { accessTokenClaims, idTokenClaims, type Version } from '../../src/identity/tokens/claims.ts';
import { createSigningKeys, type SigningKeys } from '../../src/identity/tokens/signing-keys.ts';
import { startInstant } from './time.ts';

/** Of the default seed. */
export const serverClient = '5f1c7b1e-0c9e-4c57-9d0a-6a1f3f2b7c11';
export const phoneClient = '2b6f0b8d-51a7-4d57-8f5c-2f7b0b0a9d33';
export const contoso = '0f7e2c3a-5d1b-4b6e-8f4a-9c2d1e0b7a11';
export const fabrikam = '6a0d9b54-2c7f-4e3d-b1a8-5f3e7c9d2b22';

export interface TokenWishes {
  readonly clientId?: string;
  readonly scopes?: readonly string[];
  readonly issuedAt?: number;
  readonly lifetimeMs?: number;
  readonly origin?: string;
  readonly version?: Version;
  /** Default: Graph. */
  readonly resource?: string;
  /** Replaces claims. */
  readonly claims?: JWTPayload;
}

export interface TestIssuer {
  readonly signingKeys: SigningKeys;
  appClaims(wishes?: TokenWishes): JWTPayload;
  userClaims(alias: string, wishes?: TokenWishes): JWTPayload;
  appToken(wishes?: TokenWishes): Promise<string>;
  userToken(alias: string, wishes?: TokenWishes): Promise<string>;
  idToken(alias: string, wishes?: TokenWishes): Promise<string>;
}

export async function createTestIssuer(signingKeys: SigningKeys = createSigningKeys(), seed?: Seed): Promise<TestIssuer> {
  const registrations = createRegistrations(seed ?? (await loadSeed(defaultSeedFile)));
  let count = 0;

  function inputOf({ clientId = serverClient, issuedAt = startInstant, lifetimeMs = 3_600_000, ...wishes }: TokenWishes) {
    const client = registrations.client(clientId);
    if (!client) throw new Error(`${clientId} is not registered`);
    count += 1;
    const { origin = 'http://localhost:4280', version = '2.0' as const } = wishes;
    const resource = resourceOf(registrations, wishes.resource ?? 'https://graph.microsoft.com');
    return { now: issuedAt, lifetimeMs, origin, version, client, resource, tenant: client.tenant, id: `token-${count}` };
  }
  const userOf = (alias: string) => registrations.userByAlias(alias) ?? registrations.unknownUser(alias);
  const appClaims = (wishes: TokenWishes = {}): JWTPayload => ({
    ...accessTokenClaims({ ...inputOf(wishes), delegated: undefined }),
    ...wishes.claims,
  });
  const userClaims = (alias: string, wishes: TokenWishes = {}): JWTPayload => {
    const user = userOf(alias);
    const delegated = { user, scopes: wishes.scopes ?? knownScopes };
    const input = { ...inputOf({ clientId: phoneClient, ...wishes }), tenant: user.tenant, delegated };
    return { ...accessTokenClaims(input), ...wishes.claims };
  };
  return {
    signingKeys,
    appClaims,
    userClaims,
    appToken: (wishes) => signingKeys.sign(appClaims(wishes)),
    userToken: (alias, wishes) => signingKeys.sign(userClaims(alias, wishes)),
    idToken: (alias, wishes = {}) => {
      const asked = scopesFromScope(registrations, 'openid profile email');
      const input = { ...inputOf({ clientId: phoneClient, ...wishes }), user: userOf(alias), requested: asked, nonce: 'a-nonce' };
      return signingKeys.sign({ ...idTokenClaims(input), ...wishes.claims });
    },
  };
}
