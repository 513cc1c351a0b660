// Signs people in on pages and sends browsers back to clients (F34, F37, F38).
import type { components } from '../spec/identity.gen.ts';
import type { Version } from './claims.ts';
import type { IdentityContext } from './context.ts';

type Schemas = components['schemas'];

/** What a page's request says beside its parameters. */
export interface PageCall {
  readonly tenant: string;
  readonly version: Version;
  /** Scheme and authority that the request came to. */
  readonly origin: string;
  /** The request came over https: cookies are made for it. */
  readonly isSecure: boolean;
  /** The session's cookie. */
  readonly session: string | undefined;
}

/** What the browser is told; `session` sets its cookie, '' takes it away. */
export type PageAnswer =
  | { readonly kind: 'page'; readonly html: string; readonly session?: string }
  | { readonly kind: 'redirect'; readonly location: string; readonly session?: string };

/** Parameters of a sign-in, and what the person did so far. */
export type SignInStep = Schemas['SignInStep'];

/** All throw SignInRefusal for what cannot be told to the client. */
export interface SignIn {
  authorize(call: PageCall, step: SignInStep): Promise<PageAnswer>;
  device(call: PageCall, step: Partial<Schemas['DevicePageStep']>): Promise<PageAnswer>;
  signOut(
    call: PageCall,
    request: { readonly postLogoutRedirectUri: string | undefined; readonly state: string | undefined },
  ): Promise<PageAnswer>;
}

export function createSignIn(_context: IdentityContext): SignIn {
  const toBeBuilt = async (): Promise<never> => {
    throw new Error('to be built');
  };
  return { authorize: toBeBuilt, device: toBeBuilt, signOut: toBeBuilt };
}
