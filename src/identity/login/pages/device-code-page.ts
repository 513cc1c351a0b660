// The page for entering the user code (F37).
import type { SignInRefusal } from '../../errors.ts';
import { errorNote, invalidAttributes } from './error-note.ts';
import { html } from './html.ts';
import { page } from './layout.ts';

export interface DeviceCodePage {
  readonly userCode: string | undefined;
  readonly error: SignInRefusal | undefined;
}

export function deviceCodePage({ userCode = '', error }: DeviceCodePage): string {
  return page(
    'Sign in on a device',
    html`<p>Enter the code that your app or device shows.</p>
${errorNote(error)}
<form method="post" action="deviceauth">
<label for="user-code">Code</label>
<input class="code" id="user-code" name="user_code" value="${userCode}" required maxlength="64" autofocus autocomplete="off" autocapitalize="characters" spellcheck="false"${invalidAttributes(error !== undefined)}>
<button class="main">Next</button>
</form>`,
  );
}
