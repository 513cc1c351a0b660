// Formats a request as a curl command to paste into a shell; the token is a placeholder.
import type { SentRequest } from '../../checks/exchange.ts';

/** Maximum number of characters of a body; the JSON report has all of it. */
const maxBodyCharacters = 2000;

export function curlOf({ method, url, headers, body }: SentRequest): string {
  const parts = ['curl', '-i', ...(method === 'GET' ? [] : ['-X', method]), quoted(url)];
  for (const [name, value] of Object.entries(headers)) parts.push('-H', quoted(`${name}: ${value}`));
  if (body?.startsWith('base64:')) parts.push('--data-binary', `@<(printf %s ${cut(body.slice(7))} | base64 -d)`);
  else if (body !== undefined) parts.push('--data-binary', quoted(cut(body)));
  return parts.join(' ');
}

function cut(text: string): string {
  return text.length > maxBodyCharacters ? `${text.slice(0, maxBodyCharacters)}…(${text.length} characters)` : text;
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
