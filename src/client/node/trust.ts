// Trust in one authority more than Node's own, which cannot be told one after its start.
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext, rootCertificates } from 'node:tls';

export interface Trust {
  /** A `SecureContext` of node:tls with Node's authorities and one more. Made once: reading them all takes milliseconds. */
  readonly context: object;
  /** Which URLs it is for; all others are met as Node itself does. */
  isFor(url: string): boolean;
}

/** What NODE_EXTRA_CA_CERTS names counts beside what is given; Node tells nobody what it read there. */
function extraAuthorities(): readonly string[] {
  const file = process.env['NODE_EXTRA_CA_CERTS'] ?? '';
  try {
    return file === '' ? [] : [readFileSync(file, 'utf8')];
  } catch {
    // Node itself only warns.
    return [];
  }
}

/**
 * @param ca PEM of the authorities
 * @throws TypeError when it is no such thing, which Node itself would take in silence
 */
export function trustIn(ca: string, isFor: Trust['isFor'] = () => true): Trust {
  try {
    new X509Certificate(ca);
  } catch {
    throw new TypeError('An authority to trust must be a certificate in PEM.');
  }
  return { context: createSecureContext({ ca: [...rootCertificates, ...extraAuthorities(), ca] }), isFor };
}
