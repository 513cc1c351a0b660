// Sends the browser back to the client, with a code or an error, in the way that the client wants (F34, F38).
import type { SignInRefusal } from '../errors.ts';
import { describeSignInError, signInErrors } from '../sign-in-errors.ts';
import type { PageResponse } from './page-request.ts';
import { formPostPage } from './pages/form-post-page.ts';

export interface ResponseTarget {
  /** One of the client's own. */
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

/** Nothing in a value can end the header or the part of the address it stands in. */
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
  // Where a token is asked for, a missing consent is an `invalid_grant`; here client libraries want to hear that a page would help.
  const error = refusal.kind === 'ConsentRequired' ? 'consent_required' : signInErrors[refusal.kind].error;
  return { error, error_description: describeSignInError(refusal) };
}
