// What a certificate can be for: host names and addresses in one spelling, so that they can be compared.
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';

/** Every certificate is for these. */
export const loopbackHosts: readonly string[] = ['localhost', '127.0.0.1', '::1'];

const label = '(?!-)[a-z0-9_-]{1,63}(?<!-)';
const hostName = new RegExp(`^(?:${label}\\.)*(?!\\d+$)${label}$`);

/** The host in its one spelling, an IPv6 address without brackets; undefined when it is neither a host name nor an address. */
export function hostOf(text: string): string | undefined {
  const bare = /^\[(.*)\]$/.exec(text)?.[1] ?? text;
  if (isIP(bare) === 4) return text === bare ? bare : undefined;
  // An address with a zone is for one machine only and fits into no certificate.
  if (isIP(bare) === 6) return bare.includes('%') ? undefined : new URL(`http://[${bare}]`).hostname.slice(1, -1);
  if (/[^\p{L}\p{N}\p{M}._-]/u.test(text)) return undefined;
  const name = domainToASCII(text);
  // What domainToASCII takes for an address (1.2 is 1.0.0.2) is none that people write.
  return isIP(name) === 0 && name.length <= 253 && hostName.test(name) ? name : undefined;
}

/** As it stands in a URL. */
export const urlHost = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host);
