// Creates the assertion with which a client authenticates by certificate: PS256 with `x5t#S256` (F33).
import { constants, createHash, createPrivateKey, type KeyObject, randomUUID, sign, X509Certificate } from 'node:crypto';
import { CliError } from '../terminal/cli-error.ts';

const lifetimeSeconds = 600;
const certificateBlock = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/;
const privateKeyBlock = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[\s\S]*?-----END (?:[A-Z]+ )?PRIVATE KEY-----/;

interface Pair {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
}

function read<T>(pem: string | undefined, parse: (pem: string) => T): T | undefined {
  try {
    return pem === undefined ? undefined : parse(pem);
  } catch {
    // The error message may quote the key, so it is dropped.
    return undefined;
  }
}

/** @throws CliError that names the file and shows nothing of its content */
function pairIn(pem: string, file: string): Pair {
  const certificate = read(certificateBlock.exec(pem)?.[0], (text) => new X509Certificate(text));
  if (!certificate) throw new CliError(`${file}: expected a certificate in PEM format, and found none`);
  const keyText = privateKeyBlock.exec(pem)?.[0];
  if (keyText === undefined) throw new CliError(`${file}: expected a private key next to the certificate, and found none`);
  if (/ENCRYPTED/.test(keyText))
    throw new CliError(`${file}: its private key is encrypted; decrypt it first, for example with: openssl pkey -in ${file}`);
  const key = read(keyText, createPrivateKey);
  if (key?.asymmetricKeyType !== 'rsa') throw new CliError(`${file}: expected an RSA private key`);
  if (!certificate.checkPrivateKey(key)) throw new CliError(`${file}: the private key does not belong to the certificate`);
  return { certificate, key };
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export interface AssertionOptions {
  /** PEM with certificate and private key. */
  readonly pem: string;
  /** Name of the file in error messages. */
  readonly file: string;
  readonly clientId: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Returns a function that creates a new assertion for an audience at each call.
 * @throws CliError when the PEM cannot be used
 */
export function clientAssertion({ pem, file, clientId, now }: AssertionOptions): (audience: string) => string {
  const { certificate, key } = pairIn(pem, file);
  const header = part({ alg: 'PS256', typ: 'JWT', 'x5t#S256': createHash('sha256').update(certificate.raw).digest('base64url') });
  return (audience) => {
    const seconds = Math.floor(now() / 1000);
    const claims = {
      aud: audience,
      iss: clientId,
      sub: clientId,
      jti: randomUUID(),
      nbf: seconds,
      iat: seconds,
      exp: seconds + lifetimeSeconds,
    };
    const text = `${header}.${part(claims)}`;
    const how = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
    return `${text}.${sign('sha256', Buffer.from(text), how).toString('base64url')}`;
  };
}
