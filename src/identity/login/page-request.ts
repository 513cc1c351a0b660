// Types of page requests and responses.
import type { Version } from '../tokens/claims.ts';

export interface PageRequest {
  readonly tenant: string;
  readonly version: Version;
  /** Scheme and authority of the request. */
  readonly origin: string;
  /** The session's cookie. */
  readonly session: string | undefined;
  /** `Sec-Fetch-Site`: the relation of the requesting page to this site. */
  readonly fetchSite: string | undefined;
}

/** `session` sets the session cookie; '' removes it. */
export type PageResponse =
  | { readonly kind: 'page'; readonly html: string; readonly session?: string }
  | { readonly kind: 'redirect'; readonly location: string; readonly session?: string };

/** A form posted by a page of another site is not an action of the user. Clients other than browsers do not send the header. */
export function isCrossSite({ fetchSite }: PageRequest): boolean {
  return fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none';
}

export function withSession(answer: PageResponse, session: string | undefined): PageResponse {
  return session === undefined ? answer : { ...answer, session };
}
