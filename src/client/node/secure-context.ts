// What Node's TLS is given of a trust; apart from it, because the package's types are used where there are none of Node.
import type { SecureContext } from 'node:tls';
import type { Trust } from './trust.ts';

/** Options of a TLS connection to this URL; without one: to one that the trust is for. */
export function secureFor(trust: Trust | undefined, url?: string): { readonly secureContext?: SecureContext } {
  return trust && (url === undefined || trust.isFor(url)) ? { secureContext: trust.context as SecureContext } : {};
}
