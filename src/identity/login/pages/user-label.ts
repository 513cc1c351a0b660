// Renders a user: initials, display name, user principal name.
import type { User } from '../../registry/registrations.ts';
import { type Html, html } from './html.ts';

export function userLabel({ displayName, upn }: User): Html {
  return html`<span class="initials" aria-hidden="true">${initialsOf(displayName)}</span><span class="who"><strong>${displayName}</strong> <small>${upn}</small></span>`;
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const first = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return first
    .map((word = '') => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}
