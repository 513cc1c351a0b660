// Posts a code or an error to the client: automatically with scripts, or else by a button (F38).
import { type Hidden, hiddenFields } from './hidden-fields.ts';
import { Html, html } from './html.ts';
import { page } from './layout.ts';

/** The only script of all pages; its hash is in the document's Content-Security-Policy. */
export const formPostScript = 'document.forms[0].submit()';

export function formPostPage(action: string, fields: Hidden): string {
  return page(
    'Back to the app',
    html`<p>You are on the way back to the app.</p>
<form method="post" action="${action}">
${hiddenFields(fields)}<button class="main">Continue</button>
</form>
<script>${new Html(formPostScript)}</script>`,
  );
}
