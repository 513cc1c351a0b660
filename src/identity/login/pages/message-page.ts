// A page with a confirmation message.
import { html } from './html.ts';
import { page } from './layout.ts';

export interface MessagePage {
  readonly title: string;
  readonly text: string;
}

export function messagePage({ title, text }: MessagePage): string {
  return page(title, html`<p role="status">${text}</p>`);
}
