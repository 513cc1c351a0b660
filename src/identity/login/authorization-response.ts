// Returns a code or an error to the client, in the requested response mode (F34, F38).
import type { SignInRefusal } from '../errors.ts';
import { describeSignInError, signInErrors } from '../sign-in-errors.ts';
import type { PageResponse } from './page-request.ts';
import { formPostPage } from './pages/form-post-page.ts';

export interface ResponseTarget {
  /** Registered for the client. */
  readonly redirectUri: string;
  readonly mode: 'query' | 'fragment' | 'form_post';
  readonly state: string | undefined;
}

export function authorizationResponse(
  { redirectUri, mode, state }: ResponseTarget,
  fields: Readonly<Record<string, string>>,
): PageResponse {
  const all = state === undefined ? fields : { ...fields, state };
  if (mode === 'form_post') return { kind: 'page', html: formPostPage(new URL(redirectUri).href, Object.entries(all)) };
  return { kind: 'redirect', location: withParameters(redirectUri, all, mode) };
}

/** Values are encoded, so that they cannot end the header or the part of the URL. */
export function withParameters(uri: string, fields: Readonly<Record<string, string>>, part: 'query' | 'fragment'): string {
  const url = new URL(uri);
  // Not every client reads a plus sign as a space.
  const text = new URLSearchParams(fields).toString().replaceAll('+', '%20');
  if (text === '') return url.href;
  if (part === 'fragment') url.hash = text;
  else url.search = url.search === '' ? text : `${url.search}&${text}`;
  return url.href;
}

export function errorFields(refusal: SignInRefusal): Readonly<Record<string, string>> {
  // Missing consent is `invalid_grant` for a token request, but here client libraries expect an error that leads to interaction.
  const error = refusal.kind === 'ConsentRequired' ? 'consent_required' : signInErrors[refusal.kind].error;
  return { error, error_description: describeSignInError(refusal) };
}
