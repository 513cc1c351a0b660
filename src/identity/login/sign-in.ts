// Signs people in on pages and sends browsers back to clients (F34, F37, F38).
import type { IdentityContext } from '../context.ts';
import { createAuthorize, type SignInStep } from './authorize.ts';
import { createConsents } from './consents.ts';
import { createDevicePage, type DevicePage } from './device-page.ts';
import type { PageAnswer, PageCall } from './page-call.ts';
import { createRecognition } from './recognition.ts';
import { createSessions } from './sessions.ts';
import { createSignOut, type SignOutRequest } from './sign-out.ts';

/** All throw SignInRefusal for what cannot be told to the client. */
export interface SignIn {
  authorize(call: PageCall, step: SignInStep): Promise<PageAnswer>;
  readonly device: DevicePage;
  signOut(call: PageCall, request: SignOutRequest): Promise<PageAnswer>;
}

export function createSignIn(context: IdentityContext): SignIn {
  const sessions = createSessions(context);
  const parts = { ...context, recognise: createRecognition(context.registrations, sessions), consents: createConsents(context) };
  return {
    authorize: createAuthorize(parts),
    device: createDevicePage(parts),
    signOut: createSignOut(context.registrations, sessions),
  };
}
