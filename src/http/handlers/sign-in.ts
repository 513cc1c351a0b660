// The identity surface's pages: sign-in, consent, device code, sign-out (F34, F37, F38).
import type { PageRequest, PageResponse } from '../../identity/login/page-request.ts';
import type { Version } from '../../identity/tokens/claims.ts';
import type { HandlerResult, Handlers } from '../handler.ts';
import type { HandlerParts } from './parts.ts';

/** What every page takes of its call, whichever operation it is. */
interface PageCall {
  readonly parameters: {
    readonly path: { readonly tenant: string };
    readonly header: { readonly 'Sec-Fetch-Site'?: string };
    readonly cookie: { readonly 'unsid-session'?: string };
  };
}

export function createSignInHandlers({ identity: { signIn } }: HandlerParts) {
  return {
    authorize: async (call) => replyOf(call, await signIn.authorize(pageCall(call, '2.0'), call.parameters.query)),
    submitSignIn: async (call) => replyOf(call, await signIn.authorize(pageCall(call, '2.0'), call.body)),
    authorizeV1: async (call) => replyOf(call, await signIn.authorize(pageCall(call, '1.0'), call.parameters.query)),
    submitSignInV1: async (call) => replyOf(call, await signIn.authorize(pageCall(call, '1.0'), call.body)),
    showDevicePage: async (call) => replyOf(call, await signIn.device.show(pageCall(call, '2.0'), call.parameters.query.user_code)),
    submitDevicePage: async (call) => replyOf(call, await signIn.device.submit(pageCall(call, '2.0'), call.body)),
    signOut: async (call) => {
      const { post_logout_redirect_uri: postLogoutRedirectUri, state } = call.parameters.query;
      return replyOf(call, await signIn.signOut(pageCall(call, '2.0'), { postLogoutRedirectUri, state }));
    },
  } satisfies Partial<Handlers>;
}

function pageCall({ parameters }: PageCall, version: Version): PageRequest {
  const { path, header, cookie } = parameters;
  return { tenant: path.tenant, version, session: cookie['unsid-session'], fetchSite: header['Sec-Fetch-Site'] };
}

/** Browsers send a cookie in cross-site requests only if it is `Secure`. */
function replyOf({ isSecure }: { readonly isSecure: boolean }, answer: PageResponse): HandlerResult {
  const attributes = `Path=/; HttpOnly; ${isSecure ? 'SameSite=None; Secure' : 'SameSite=Lax'}`;
  const ends = answer.session === '' ? '; Max-Age=0' : '';
  const headers = answer.session === undefined ? {} : { 'Set-Cookie': `unsid-session=${answer.session}; ${attributes}${ends}` };
  if (answer.kind === 'redirect') return { status: 302, headers: { ...headers, Location: answer.location } };
  return { status: 200, headers, body: answer.html };
}
