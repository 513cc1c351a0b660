// What a page's request says beside its parameters, and what the browser is told.
import type { Version } from '../tokens/claims.ts';

export interface PageRequest {
  readonly tenant: string;
  readonly version: Version;
  /** The session's cookie. */
  readonly session: string | undefined;
  /** `Sec-Fetch-Site`: where the page stands that made the browser send this. */
  readonly fetchSite: string | undefined;
}

/** `session` sets the session's cookie, '' takes it away. */
export type PageResponse =
  | { readonly kind: 'page'; readonly html: string; readonly session?: string }
  | { readonly kind: 'redirect'; readonly location: string; readonly session?: string };

/** A page of another site can post a form in the person's browser, and that is no deed of the person. Programs do not say where they are. */
export function isCrossSite({ fetchSite }: PageRequest): boolean {
  return fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none';
}

export function withSession(answer: PageResponse, session: string | undefined): PageResponse {
  return session === undefined ? answer : { ...answer, session };
}
