// Hidden fields of a form: the state that a sign-in carries from page to page.
import { type Html, html } from './html.ts';

export type Hidden = readonly (readonly [name: string, value: string])[];

export function hiddenFields(hidden: Hidden): readonly Html[] {
  return hidden.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">\n`);
}
