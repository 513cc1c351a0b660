// The sign-in page: one button for each user, or user name and password (F38).
import type { SignInRefusal } from '../../errors.ts';
import type { User } from '../../registry/registrations.ts';
import { errorNote, invalidAttributes } from './error-note.ts';
import { type Hidden, hiddenFields } from './hidden-fields.ts';
import { type Html, html } from './html.ts';
import { page } from './layout.ts';
import { userLabel } from './user-label.ts';

export interface SignInPage {
  /** Relative to the page's URL. */
  readonly action: 'authorize' | 'deviceauth';
  readonly hidden: Hidden;
  readonly clientName: string;
  /** The users who may sign in, in display order. */
  readonly users: readonly User[];
  /** The expected or typed user name. */
  readonly name: string | undefined;
  readonly error: SignInRefusal | undefined;
}

export function signInPage({ action, hidden, clientName, users, name = '', error }: SignInPage): string {
  return page(
    'Sign in',
    html`<p>to continue to <strong>${clientName}</strong></p>
${errorNote(error)}
${userButtons(action, hidden, users)}
<h2>With user name and password</h2>
<form method="post" action="${action}">
${hiddenFields(hidden)}<label for="username">User name</label>
<input id="username" name="username" value="${name}" required maxlength="1024" autocomplete="username" autocapitalize="none" spellcheck="false"${invalidAttributes(error?.kind === 'UserUnknown')}>
<label for="password">Password</label>
<input id="password" name="password" type="password" required maxlength="4096" autocomplete="current-password"${invalidAttributes(error?.kind === 'PasswordWrong')}>
<button class="main">Sign in</button>
</form>`,
  );
}

function userButtons(action: string, hidden: Hidden, users: readonly User[]): Html {
  if (users.length === 0) return html`<p>No user of the seed may sign in here.</p>`;
  return html`<form method="post" action="${action}" aria-label="Pick a user">
${hiddenFields(hidden)}${users.map((user) => html`<button class="user" name="sign_in" value="${user.alias}">${userLabel(user)}</button>\n`)}</form>`;
}
