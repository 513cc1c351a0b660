// Makes an authority for one test run and a certificate for localhost that it vouches for.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { BasicConstraintsExtension, SubjectAlternativeNameExtension, type X509Certificate, X509CertificateGenerator } from '@peculiar/x509';

export interface PemPair {
  readonly key: string;
  readonly cert: string;
}

export interface Throwaway extends PemPair {
  /** PEM of the authority. */
  readonly ca: string;
}

const signing = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 };
const within = { notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date(Date.now() + 86_400_000) };

async function keyPem(key: webcrypto.CryptoKey): Promise<string> {
  const text = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${text.replace(/.{64}/g, '$&\n').trimEnd()}\n-----END PRIVATE KEY-----\n`;
}

const pem = (certificate: X509Certificate): string => `${certificate.toString('pem')}\n`;

export async function throwawayCertificate(): Promise<Throwaway> {
  const make = () => webcrypto.subtle.generateKey(signing, true, ['sign', 'verify']);
  const [authority, server] = await Promise.all([make(), make()]);
  const issuer = await X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=throwaway authority',
    keys: authority,
    signingAlgorithm: signing,
    extensions: [new BasicConstraintsExtension(true, 0, true)],
    ...within,
  });
  const certificate = await X509CertificateGenerator.create({
    serialNumber: '02',
    subject: 'CN=localhost',
    issuer: issuer.subject,
    publicKey: server.publicKey,
    signingKey: authority.privateKey,
    signingAlgorithm: signing,
    extensions: [
      new SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
      ]),
    ],
    ...within,
  });
  return { ca: pem(issuer), cert: pem(certificate), key: await keyPem(server.privateKey) };
}
