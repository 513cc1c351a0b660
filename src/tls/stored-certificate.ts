// A certificate with its key and authority as one text, and the check that it can still be served.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { hostOf } from './hosts.ts';

/** Three PEM texts: the server's private key (PKCS#8), its certificate, and that of the authority. */
export interface Issued {
  readonly key: string;
  readonly certificate: string;
  readonly authority: string;
}

export interface StoredCertificate extends Issued {
  readonly hosts: readonly string[];
  readonly validFrom: number;
  readonly validTo: number;
}

/** A certificate is replaced when its remaining validity is shorter. */
const reserveMs = 30 * 86_400_000;

/** One text for all three, so that they are replaced together and a key is never combined with another certificate. */
export const textOf = ({ key, certificate, authority }: Issued): string =>
  [key, certificate, authority].map((each) => `${each.trim()}\n`).join('');

/** Returns undefined if a part is damaged, missing or does not belong to the others. */
export function readStored(text: string): StoredCertificate | undefined {
  const [key, certificate, authority, ...more] = text.match(/-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----/g) ?? [];
  if (key === undefined || certificate === undefined || authority === undefined || more.length > 0) return undefined;
  try {
    const [own, issuer] = [new X509Certificate(certificate), new X509Certificate(authority)];
    const fits = own.checkPrivateKey(createPrivateKey(key)) && own.checkIssued(issuer) && own.verify(issuer.publicKey) && issuer.ca;
    if (!fits) return undefined;
    const validFrom = Date.parse(own.validFrom);
    const validTo = Math.min(Date.parse(own.validTo), Date.parse(issuer.validTo));
    return { key, certificate, authority, hosts: hostsOf(own), validFrom, validTo };
  } catch {
    return undefined;
  }
}

function hostsOf({ subjectAltName = '' }: X509Certificate): readonly string[] {
  return subjectAltName.split(', ').flatMap((name) => hostOf(name.replace(/^(DNS|IP Address):/, '')) ?? []);
}

export function isUsable({ hosts, validFrom, validTo }: StoredCertificate, requiredHosts: readonly string[], now: number): boolean {
  return validFrom <= now && isLasting({ validTo }, now) && requiredHosts.every((host) => hosts.includes(host));
}

/** True if it need not be replaced yet. */
export const isLasting = ({ validTo }: { readonly validTo: number }, now: number): boolean => validTo - now >= reserveMs;
