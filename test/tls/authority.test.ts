// What the local authority can vouch for, proved by a real TLS client, and what is written into its certificates.
import 'reflect-metadata';
import { webcrypto, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { AsnConvert } from '@peculiar/asn1-schema';
import { NameConstraints } from '@peculiar/asn1-x509';
import { BasicConstraintsExtension, ExtendedKeyUsageExtension, KeyUsageFlags, KeyUsagesExtension } from '@peculiar/x509';
import { describe, expect, it } from 'vitest';
import { certify, createAuthority, issueCertificate } from '../../src/tls/authority.ts';
import type { Issued } from '../../src/tls/stored-certificate.ts';

const hosts = ['localhost', '127.0.0.1', '::1', 'my-pc.local', '10.0.0.7'];
const dayMs = 86_400_000;

/** How a client that trusts the authority and asks for this host takes a server with this certificate: `trusted`, or why not. */
async function judged({ key, certificate, authority }: Issued, host: string): Promise<string> {
  const server = createServer({ key, cert: certificate }).listen(0, '127.0.0.1');
  server.on('tlsClientError', () => undefined);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  // Node's own check of the name would come first where the certificate does not have it; the chain is what is judged here.
  const socket = connect({ port, host: '127.0.0.1', ca: authority, checkServerIdentity: (_, own) => nameFault(own.raw, host) });
  const verdict = await once(socket, 'secureConnect').then(
    () => 'trusted',
    (error: Error) => error.message,
  );
  socket.destroy();
  server.close();
  await once(server, 'close');
  return verdict;
}

function nameFault(raw: Buffer, host: string): Error | undefined {
  const own = new X509Certificate(raw);
  return own.checkHost(host) === undefined && own.checkIP(host) === undefined ? new Error(`not for ${host}`) : undefined;
}

describe('the local authority', () => {
  it.each(hosts)('vouches for %s', async (host) => {
    expect(await judged(await issueCertificate(hosts, Date.now()), host)).toBe('trusted');
  });

  it.each([
    ['another name', 'login.example'],
    ['a name that ends like one of its', 'evil-my-pc.local'],
    ['a name above one of its', 'local'],
    ['another address', '10.0.0.8'],
    ['another IPv6 address', '2001:db8::1'],
  ])('cannot vouch for %s, even with its key', async (_what, host) => {
    const authority = await createAuthority(hosts, Date.now());
    expect(await judged(await certify(authority, [host]), host)).toContain('permitted subtree violation');
    expect(await judged(await certify(authority, ['localhost', host]), 'localhost')).toContain('permitted subtree violation');
  });

  it('is for servers, signs certificates only, none of another authority, and its constraints are critical', async () => {
    const { certificate } = await createAuthority(['localhost', '127.0.0.1', '::1'], Date.now());
    expect(certificate.getExtension(BasicConstraintsExtension)).toMatchObject({ ca: true, pathLength: 0, critical: true });
    expect(certificate.getExtension(KeyUsagesExtension)).toMatchObject({ usages: KeyUsageFlags.keyCertSign, critical: true });
    expect(certificate.getExtension(ExtendedKeyUsageExtension)?.usages).toEqual(['1.3.6.1.5.5.7.3.1']);
    const constraints = certificate.extensions.find(({ type }) => type === '2.5.29.30');
    expect(constraints?.critical).toBe(true);
    const { permittedSubtrees } = AsnConvert.parse(constraints?.value ?? new ArrayBuffer(0), NameConstraints);
    expect(permittedSubtrees?.map(({ base }) => base.dNSName ?? base.iPAddress)).toEqual(['localhost', '127.0.0.1/32', '::1/128']);
  });

  it('has a name and a number of its own each time', async () => {
    const [one, two] = [await createAuthority(hosts, Date.now()), await createAuthority(hosts, Date.now())];
    expect(one.certificate.subject).not.toBe(two.certificate.subject);
    expect(one.certificate.serialNumber).not.toBe(two.certificate.serialNumber);
  });

  it('[D21] has a key that cannot be read out', async () => {
    const { keys } = await createAuthority(hosts, Date.now());
    await expect(webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).rejects.toThrow(/extractable/);
  });
});

describe('its certificate', () => {
  it('is P-256 with a PKCS#8 key, for servers, lives 397 days, and began an hour ago', async () => {
    const now = Date.parse('2026-11-25T08:00:00Z');
    const { key, certificate, authority } = await issueCertificate(hosts, now);
    expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    for (const pem of [certificate, authority]) {
      const { publicKey, validFrom, validTo } = new X509Certificate(pem);
      expect(publicKey.asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' });
      expect(Date.parse(validFrom)).toBe(now - 3_600_000);
      expect(Date.parse(validTo) - Date.parse(validFrom)).toBe(397 * dayMs);
    }
    const { ca, keyUsage } = new X509Certificate(certificate);
    expect([ca, keyUsage]).toEqual([false, ['1.3.6.1.5.5.7.3.1']]);
  });
});
