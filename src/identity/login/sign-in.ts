// Composes the sign-in pages: authorization, device sign-in, sign-out (F34, F37, F38).
import type { IdentityContext } from '../context.ts';
import { createAuthorize, type SignInStep } from './authorize.ts';
import { createConsents } from './consents.ts';
import { createDevicePage, type DevicePage } from './device-page.ts';
import type { PageRequest, PageResponse } from './page-request.ts';
import { createSessions } from './sessions.ts';
import { createSignOut, type SignOutRequest } from './sign-out.ts';
import { createUserAuthentication } from './user-authentication.ts';

/** Methods throw SignInRefusal for errors that cannot be sent to the client. */
export interface SignIn {
  authorize(call: PageRequest, step: SignInStep): Promise<PageResponse>;
  readonly device: DevicePage;
  signOut(call: PageRequest, request: SignOutRequest): Promise<PageResponse>;
}

export function createSignIn(context: IdentityContext): SignIn {
  const sessions = createSessions(context);
  const parts = {
    ...context,
    authenticateUser: createUserAuthentication(context.registrations, sessions),
    consents: createConsents(context),
  };
  return {
    authorize: createAuthorize(parts),
    device: createDevicePage(parts),
    signOut: createSignOut(context.registrations, sessions),
  };
}
