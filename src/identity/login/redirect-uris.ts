// Which redirect URIs are a client's own (F34): exactly as registered, but that a native app's loopback URI has any port.
import type { Client } from '../registry/registrations.ts';

export type RedirectKind = keyof Client['redirectUris'];

const kinds: readonly RedirectKind[] = ['spa', 'web', 'publicClient'];
/** What would run in the browser instead of going somewhere; no registration makes it good. */
const runs = /^(javascript|data|vbscript|blob|file):/i;
const loopback = /^(http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]))(?::\d{1,5})?(\/.*)?$/;

/** The kind of app that it is registered for; undefined when it is none of the client's. */
export function redirectKindOf({ redirectUris }: Client, uri: string): RedirectKind | undefined {
  if (runs.test(uri) || uri.includes('#') || !URL.canParse(uri)) return undefined;
  const exact = kinds.find((kind) => redirectUris[kind].includes(uri));
  if (exact) return exact;
  const requested = withoutPort(uri);
  return requested !== undefined && redirectUris.publicClient.some((known) => withoutPort(known) === requested)
    ? 'publicClient'
    : undefined;
}

/** Text is compared, not what a URL parser makes of it: `http://localhost:1@elsewhere/` and `/a/../b` are nobody's. */
function withoutPort(uri: string): string | undefined {
  const [, host, path = '/'] = loopback.exec(uri) ?? [];
  return host === undefined ? undefined : `${host}${path}`;
}
