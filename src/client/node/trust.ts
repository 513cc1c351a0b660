// Trust in a certificate authority in addition to Node's own, which cannot be extended after its start.
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext, rootCertificates } from 'node:tls';

export interface Trust {
  /** A `SecureContext` of node:tls with Node's authorities and the additional one. Created once, because reading them takes milliseconds. */
  readonly context: object;
  /** True for the URLs to which the trust applies; for others Node's own trust is used. */
  isFor(url: string): boolean;
}

/** Includes the authorities of NODE_EXTRA_CA_CERTS, which Node does not expose. */
function extraAuthorities(): readonly string[] {
  const file = process.env['NODE_EXTRA_CA_CERTS'] ?? '';
  try {
    return file === '' ? [] : [readFileSync(file, 'utf8')];
  } catch {
    // Ignored, as Node itself only warns.
    return [];
  }
}

/**
 * @param ca PEM of the authorities
 * @throws TypeError when it is not a certificate in PEM, which Node itself would accept silently
 */
export function trustIn(ca: string, isFor: Trust['isFor'] = () => true): Trust {
  try {
    new X509Certificate(ca);
  } catch {
    throw new TypeError('Expected a certificate authority in PEM format.');
  }
  return { context: createSecureContext({ ca: [...rootCertificates, ...extraAuthorities(), ca] }), isFor };
}
