// Renders the hidden fields that carry the state of a sign-in from page to page.
import { type Html, html } from './html.ts';

export type Hidden = readonly (readonly [name: string, value: string])[];

export function hiddenFields(hidden: Hidden): readonly Html[] {
  return hidden.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">\n`);
}
