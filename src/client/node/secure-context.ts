// Passes a trust to Node's TLS; a separate file, because the package's public types must not depend on Node's types.
import type { SecureContext } from 'node:tls';
import type { Trust } from './trust.ts';

/** TLS options for a connection to this URL; without a URL the trust applies. */
export function secureFor(trust: Trust | undefined, url?: string): { readonly secureContext?: SecureContext } {
  return trust && (url === undefined || trust.isFor(url)) ? { secureContext: trust.context as SecureContext } : {};
}
