// The error page of sign-in (F42).
import { html } from './html.ts';
import { page } from './layout.ts';

export interface ErrorPage {
  /** Begins with the AADSTS number. */
  readonly description: string;
  readonly requestId: string;
  /** ISO 8601. */
  readonly at: string;
}

export function errorPage({ description, requestId, at }: ErrorPage): string {
  return page(
    'Sign-in did not work',
    html`<p class="fault" role="alert">${description}</p>
<p><small>Request ${requestId}, ${at}</small></p>`,
  );
}
