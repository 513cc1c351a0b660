// Matches redirect URIs (F34): exactly as registered, except that the loopback URI of a native app may have any port.
import type { Client } from '../registry/registrations.ts';

export type RedirectKind = keyof Client['redirectUris'];

const kinds: readonly RedirectKind[] = ['spa', 'web', 'publicClient'];
/** Schemes that run code in the browser; never accepted, even if registered. */
const unsafeSchemes = /^(javascript|data|vbscript|blob|file):/i;
const loopback = /^(http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]))(?::\d{1,5})?(\/.*)?$/;

/** The kind of app that the URI is registered for; undefined if it is not registered for the client. */
export function redirectKindOf({ redirectUris }: Client, uri: string): RedirectKind | undefined {
  if (unsafeSchemes.test(uri) || uri.includes('#') || !URL.canParse(uri)) return undefined;
  const exact = kinds.find((kind) => redirectUris[kind].includes(uri));
  if (exact) return exact;
  const requested = withoutPort(uri);
  return requested !== undefined && redirectUris.publicClient.some((known) => withoutPort(known) === requested)
    ? 'publicClient'
    : undefined;
}

/** Compares text and not parsed URLs, so that `http://localhost:1@elsewhere/` and `/a/../b` do not match. */
function withoutPort(uri: string): string | undefined {
  const [, host, path = '/'] = loopback.exec(uri) ?? [];
  return host === undefined ? undefined : `${host}${path}`;
}
