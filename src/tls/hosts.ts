// The hosts of a certificate: normalises host names and addresses, so that they can be compared.
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';

/** Every certificate includes these. */
export const loopbackHosts: readonly string[] = ['localhost', '127.0.0.1', '::1'];

const label = '(?!-)[a-z0-9_-]{1,63}(?<!-)';
const hostName = new RegExp(`^(?:${label}\\.)*(?!\\d+$)${label}$`);

/** Returns the normalised host, an IPv6 address without brackets; undefined if the text is neither a host name nor an address. */
export function hostOf(text: string): string | undefined {
  const bare = /^\[(.*)\]$/.exec(text)?.[1] ?? text;
  if (isIP(bare) === 4) return text === bare ? bare : undefined;
  // An address with a zone is specific to one machine and not possible in a certificate.
  if (isIP(bare) === 6) return bare.includes('%') ? undefined : new URL(`http://[${bare}]`).hostname.slice(1, -1);
  if (/[^\p{L}\p{N}\p{M}._-]/u.test(text)) return undefined;
  const name = domainToASCII(text);
  // domainToASCII parses shorthand such as 1.2 as an address (1.0.0.2); it is rejected.
  return isIP(name) === 0 && name.length <= 253 && hostName.test(name) ? name : undefined;
}

/** The host in the spelling of URLs. */
export const urlHost = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host);
