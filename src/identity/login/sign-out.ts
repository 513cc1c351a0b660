// Ends the session of a browser (F38).
import type { Registrations } from '../registry/registrations.ts';
import { authorityOf } from '../registry/tenants.ts';
import { withParameters } from './authorization-response.ts';
import type { PageRequest, PageResponse } from './page-request.ts';
import { messagePage } from './pages/message-page.ts';
import { redirectKindOf } from './redirect-uris.ts';
import type { Sessions } from './sessions.ts';

export interface SignOutRequest {
  readonly postLogoutRedirectUri: string | undefined;
  readonly state: string | undefined;
}

/** @throws SignInRefusal TenantUnknown */
export function createSignOut(
  registrations: Registrations,
  sessions: Sessions,
): (call: PageRequest, request: SignOutRequest) => Promise<PageResponse> {
  return async (call, { postLogoutRedirectUri: uri, state }) => {
    authorityOf(registrations, call.tenant);
    await sessions.end(call.session);
    // Only redirect to registered URIs.
    if (uri !== undefined && registrations.clients.some((client) => redirectKindOf(client, uri))) {
      return { kind: 'redirect', location: withParameters(uri, state ? { state } : {}, 'query'), session: '' };
    }
    const html = messagePage({ title: 'You are signed out', text: 'The session of this browser has ended. You can close this page.' });
    return { kind: 'page', html, session: '' };
  };
}
