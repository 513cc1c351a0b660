// Creates a certificate authority that is constrained to given hosts, and its certificates. Slow to load: import it on demand.
import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import { AsnConvert } from '@peculiar/asn1-schema';
import { GeneralName, GeneralSubtree, GeneralSubtrees, id_ce_nameConstraints, NameConstraints } from '@peculiar/asn1-x509';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { Issued } from './stored-certificate.ts';

const hourMs = 3_600_000;
/** The maximum lifetime that browsers accept from public authorities, so every client accepts it. */
const lifetimeDays = 397;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** Can sign as long as the object exists; its key is not extractable and stored nowhere. */
export interface Authority {
  readonly certificate: X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
  readonly validity: { readonly notBefore: Date; readonly notAfter: Date };
}

/** Creates an authority for these hosts and their subdomains, and a certificate for them; the authority's key is discarded. */
export async function issueCertificate(hosts: readonly string[], now: number): Promise<Issued> {
  return certify(await createAuthority(hosts, now), hosts);
}

export async function createAuthority(hosts: readonly string[], now: number): Promise<Authority> {
  const keys = await webcrypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  // An hour in the past, for containers or virtual machines whose clock is slow.
  const notBefore = new Date(now - hourMs);
  const validity = { notBefore, notAfter: new Date(notBefore.getTime() + lifetimeDays * 24 * hourMs) };
  const serialNumber = randomSerial();
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      ...validity,
      serialNumber,
      // A unique name: clients that trust two authorities must not confuse them.
      name: `CN=unsid local authority ${serialNumber.slice(0, 8)}, O=unsid`,
      keys,
      signingAlgorithm,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        nameConstraints(hosts),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  return { certificate, keys, validity };
}

/** Issues a server certificate with its key. Whether the authority may issue it for these hosts is checked by clients. */
export async function certify({ certificate: authority, keys: signing, validity }: Authority, hosts: readonly string[]): Promise<Issued> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.create(
    {
      ...validity,
      serialNumber: randomSerial(),
      subject: 'CN=localhost, O=unsid',
      issuer: authority.subjectName,
      publicKey: keys.publicKey,
      signingKey: signing.privateKey,
      signingAlgorithm,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension(hosts.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }))),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
        await AuthorityKeyIdentifierExtension.create(signing.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  return { key: pem('PRIVATE KEY', pkcs8), certificate: certificate.toString('pem'), authority: authority.toString('pem') };
}

/** Critical: a client that does not support it must reject the authority. Names and addresses are both constrained, or the other kind would be unrestricted. */
function nameConstraints(hosts: readonly string[]): Extension {
  const bases = hosts.map((host) => {
    const version = isIP(host);
    return new GeneralName(version === 0 ? { dNSName: host } : { iPAddress: `${host}/${version === 4 ? 32 : 128}` });
  });
  const permittedSubtrees = new GeneralSubtrees(bases.map((base) => new GeneralSubtree({ base })));
  return new Extension(id_ce_nameConstraints, true, AsnConvert.serialize(new NameConstraints({ permittedSubtrees })));
}

/** 16 bytes, positive and without leading zeros. */
function randomSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f);
  return bytes.toString('hex');
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`].join('\n');
}
