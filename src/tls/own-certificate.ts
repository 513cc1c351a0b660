// The user's own certificate and key: reads and validates them before the server starts.
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { readRegularFile } from '../files/regular-file.ts';
import { CertificateError, reasonOf } from './certificate-error.ts';
import type { ServedCertificate } from './served-certificate.ts';

export interface OwnCertificateFiles {
  /** PEM: the certificate, followed by its intermediate certificates. */
  readonly cert: string;
  /** PEM: the private key, not encrypted. */
  readonly key: string;
}

/** @throws CertificateError with one line that names the file, or all unreadable files */
export async function openOwnCertificate(files: OwnCertificateFiles): Promise<ServedCertificate> {
  const { cert, key } = await readBoth(files);
  const certificate = certificateIn(cert, files.cert);
  if (!certificate.checkPrivateKey(keyIn(key, files.key))) {
    throw new CertificateError(`${files.key}: this key does not belong to the certificate in ${files.cert}`);
  }
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    throw new CertificateError(`${files.cert}: cannot be served: ${reasonOf(error)}`);
  }
  return { key, cert, caFile: undefined, isNew: false, validTo: Date.parse(certificate.validTo), renewed: async () => undefined };
}

/** Reports all unreadable files in their order, whichever fails first. */
async function readBoth(files: OwnCertificateFiles): Promise<{ readonly cert: string; readonly key: string }> {
  const names = [...new Set([files.cert, files.key])];
  const read = await Promise.allSettled(names.map((name) => readRegularFile(name)));
  const unreadable = read.flatMap((result, at) =>
    result.status === 'rejected' ? [`${names[at]}: cannot be read: ${reasonOf(result.reason)}`] : [],
  );
  if (unreadable.length > 0) throw new CertificateError(unreadable.join('; '));
  const [cert = '', key = cert] = read.map((result) => (result.status === 'fulfilled' ? result.value.toString('utf8') : ''));
  return { cert, key };
}

function certificateIn(text: string, file: string): X509Certificate {
  try {
    // Node accepts DER here, but cannot serve it.
    if (/-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----/.test(text)) return new X509Certificate(text);
  } catch {}
  throw new CertificateError(`${file}: expected a certificate in PEM format, and found none`);
}

function keyIn(text: string, file: string): KeyObject {
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: *4, *ENCRYPTED/m.test(text)) {
    throw new CertificateError(`${file}: the key is encrypted; write it without a passphrase: openssl pkey -in ${file} -out plain.pem`);
  }
  try {
    return createPrivateKey(text);
  } catch {
    throw new CertificateError(`${file}: expected a private key in PEM format, and found none`);
  }
}
