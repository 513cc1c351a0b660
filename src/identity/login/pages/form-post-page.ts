// Posts a code or an error to the client: by itself where scripts run, by a button where they do not (F38).
import { type Hidden, hiddenFields } from './hidden-fields.ts';
import { Html, html } from './html.ts';
import { page } from './layout.ts';

/** The one script of all pages; its hash stands in the document's Content-Security-Policy. */
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
