// The user's own certificate and key: what is served, and the one line that says why something cannot be.
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { issueCertificate } from '../../src/tls/authority.ts';
import { openOwnCertificate } from '../../src/tls/own-certificate.ts';
import { useFolders } from '../support/folder.ts';

const newFolder = useFolders();
const own = await issueCertificate(['my-pc.local'], Date.now());
const { privateKey: foreignKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = createPrivateKey(own.key);
const pkcs8 = { format: 'pem', type: 'pkcs8' } as const;
const encrypted = { cipher: 'aes-256-cbc', passphrase: 'secret' } as const;

function written(files: { readonly cert?: string | Buffer; readonly key?: string | Buffer }) {
  const folder = newFolder();
  const paths = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  for (const name of ['cert', 'key'] as const) {
    const content = files[name];
    if (content !== undefined) writeFileSync(paths[name], content);
  }
  return paths;
}

describe("the user's own certificate", () => {
  it.each([
    ['PKCS#8', own.key],
    ['SEC1', key.export({ format: 'pem', type: 'sec1' })],
  ])('is served as it is, with a key in %s, and no authority is named', async (_what, text) => {
    const chain = `${own.certificate}\n${own.authority}\n`;
    const served = await openOwnCertificate(written({ cert: chain, key: text }));
    expect(served).toMatchObject({ cert: chain, key: text, caFile: undefined });
    expect(await served.renewed()).toBeUndefined();
  });

  it('may be in one file with its key', async () => {
    const { cert } = written({ cert: `${own.key}\n${own.certificate}` });
    expect((await openOwnCertificate({ cert, key: cert })).cert).toContain('BEGIN CERTIFICATE');
  });

  it.each<[string, Parameters<typeof written>[0], string]>([
    ['a certificate that is missing', { key: own.key }, 'cert.pem: cannot be read: there is no such file'],
    ['a key that is missing', { cert: own.certificate }, 'key.pem: cannot be read: there is no such file'],
    ['a certificate that is none', { cert: 'hello', key: own.key }, 'cert.pem: expected a certificate in PEM format, and found none'],
    [
      'a damaged certificate',
      { cert: own.certificate.replace(/\nM/, '\nX'), key: own.key },
      'cert.pem: expected a certificate in PEM format, and found none',
    ],
    [
      'a key in place of the certificate',
      { cert: own.key, key: own.key },
      'cert.pem: expected a certificate in PEM format, and found none',
    ],
    [
      'a certificate in place of the key',
      { cert: own.certificate, key: own.certificate },
      'key.pem: expected a private key in PEM format, and found none',
    ],
    [
      'a public key',
      { cert: own.certificate, key: publicKey.export({ format: 'pem', type: 'spki' }) },
      'key.pem: expected a private key in PEM format, and found none',
    ],
    [
      'a key in DER',
      { cert: own.certificate, key: key.export({ format: 'der', type: 'pkcs8' }) },
      'key.pem: expected a private key in PEM format, and found none',
    ],
    [
      'the key of another',
      { cert: own.certificate, key: foreignKey.export(pkcs8) },
      'key.pem: this key does not belong to the certificate in ',
    ],
    ['an encrypted key', { cert: own.certificate, key: key.export({ ...pkcs8, ...encrypted }) }, 'key.pem: the key is encrypted; '],
    [
      'an encrypted key of the old kind',
      { cert: own.certificate, key: key.export({ format: 'pem', type: 'sec1', ...encrypted }) },
      'key.pem: the key is encrypted; ',
    ],
  ])('is refused in one line for %s', async (_what, files, line) => {
    const error = await openOwnCertificate(written(files)).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ name: 'CertificateError', message: expect.stringContaining(line) });
    expect(error).toMatchObject({ message: expect.not.stringContaining('\n') });
  });

  it('is refused with every file that cannot be read, in the order of certificate and key', async () => {
    const { cert, key: keyFile } = written({});
    const missing = 'cannot be read: there is no such file';
    const errors = await Promise.all(Array.from({ length: 20 }, () => openOwnCertificate({ cert, key: keyFile }).catch(String)));
    expect([...new Set(errors)]).toEqual([`CertificateError: ${cert}: ${missing}; ${keyFile}: ${missing}`]);
  });

  it('is refused in one line when a folder is named', async () => {
    const paths = written({ key: own.key });
    mkdirSync(paths.cert);
    await expect(openOwnCertificate(paths)).rejects.toMatchObject({ message: expect.stringContaining('cannot be read: it is a folder') });
  });
});
