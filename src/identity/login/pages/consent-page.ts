// The consent page: the permissions that a client requests, with accept and cancel (F37, F38).
import type { RequestedScopes } from '../../oauth/scopes.ts';
import type { Client, User } from '../../registry/registrations.ts';
import { type Hidden, hiddenFields } from './hidden-fields.ts';
import { html } from './html.ts';
import { page } from './layout.ts';
import { describePermissions } from './permission-descriptions.ts';
import { userLabel } from './user-label.ts';

export interface ConsentPage {
  /** Relative to the page's URL. */
  readonly action: 'authorize' | 'deviceauth';
  readonly hidden: Hidden;
  readonly client: Client;
  readonly user: User;
  readonly requested: RequestedScopes;
  /** A warning above the buttons. */
  readonly notice?: string;
}

export function consentPage({ action, hidden, client, user, requested, notice }: ConsentPage): string {
  const words = describePermissions(requested);
  return page(
    'Permissions requested',
    html`<p><strong>${client.displayName}</strong> of ${client.tenant.displayName} would like to:</p>
<ul>
${words.map(({ text, name }) => html`<li>${text} <small>${name}</small></li>\n`)}</ul>
${notice === undefined ? html`` : html`<p class="notice">${notice}</p>\n`}<form method="post" action="${action}">
${hiddenFields(hidden)}<p class="signed-in">${userLabel(user)}</p>
<div class="choice">
<button class="main" name="consent" value="accept">Accept</button>
<button name="consent" value="cancel">Cancel</button>
</div>
<button class="plain" name="account" value="other">Use another account</button>
</form>`,
  );
}
