// Composes the identity surface: discovery, users, tokens, sign-in.
import type { IdentityContext } from './context.ts';
import { createDiscovery, type Discovery } from './discovery.ts';
import { createSignIn, type SignIn } from './login/sign-in.ts';
import { createTokenEndpoint, type TokenEndpoint } from './oauth/token-endpoint.ts';
import { createUsers, type Users } from './users.ts';

export interface Identity {
  readonly discovery: Discovery;
  readonly users: Users;
  readonly tokens: TokenEndpoint;
  readonly signIn: SignIn;
}

export function createIdentity(context: IdentityContext): Identity {
  return {
    discovery: createDiscovery(context),
    users: createUsers(context),
    tokens: createTokenEndpoint(context),
    signIn: createSignIn(context),
  };
}
