// The certificate of the local authority: kept, taken again, replaced when it must be, and whole when several write at once.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { issueCertificate } from '../../src/tls/authority.ts';
import { type LocalCertificateOptions, openLocalCertificate } from '../../src/tls/local-certificate.ts';
import { textOf } from '../../src/tls/stored-certificate.ts';
import { useFolders } from '../support/folder.ts';

const newFolder = useFolders();
const start = Date.parse('2026-11-25T08:00:00Z');
const dayMs = 86_400_000;

function open(dataFolder: string, more: Partial<LocalCertificateOptions> = {}) {
  return openLocalCertificate({ dataFolder, hosts: [], now: () => start, ...more });
}

const serverFile = (folder: string) => join(folder, 'https/server.pem');
const authorityFile = (folder: string) => join(folder, 'https/ca.pem');
const modeOf = (path: string) => statSync(path).mode & 0o777;
const namesOf = ({ cert }: { cert: string }) => new X509Certificate(cert).subjectAltName;

/** What is on the disk belongs together, and is what clients are asked to trust. */
function expectWhole(folder: string): void {
  const text = readFileSync(serverFile(folder), 'utf8');
  const [, own = '', authority = ''] = text.split(/(?<=-----END [A-Z ]+-----\n)/);
  expect(new X509Certificate(own).checkPrivateKey(createPrivateKey(text))).toBe(true);
  expect(new X509Certificate(own).verify(new X509Certificate(authority).publicKey)).toBe(true);
  expect(readFileSync(authorityFile(folder), 'utf8')).toBe(authority);
  expect(readdirSync(join(folder, 'https')).sort()).toEqual(['ca.pem', 'server.pem']);
}

describe('the local certificate', () => {
  it('is kept where only its user can read, with the authority for clients beside it', async () => {
    const folder = join(newFolder(), 'unsid');
    const { caFile, cert } = await open(folder, { hosts: ['my-pc.local', '10.0.0.7'] });
    expect(caFile).toBe(authorityFile(folder));
    expect(namesOf({ cert })).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:my-pc.local, IP Address:10.0.0.7');
    expect([folder, join(folder, 'https'), serverFile(folder), authorityFile(folder)].map(modeOf)).toEqual([0o700, 0o700, 0o600, 0o644]);
    expectWhole(folder);
  });

  it("[D21] leaves no key of its authority in any file, and the server's in one", async () => {
    const folder = newFolder();
    await open(folder);
    const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
      .map((path) => readFileSync(path, 'utf8'));
    const keys = texts.flatMap((text) => text.match(/-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]+-----END [A-Z ]*PRIVATE KEY-----/g) ?? []);
    expect(keys).toHaveLength(1);
    const authority = new X509Certificate(readFileSync(authorityFile(folder)));
    expect(authority.checkPrivateKey(createPrivateKey(keys[0] ?? ''))).toBe(false);
  });

  it('is taken again while it is valid for thirty days, without loading what makes one', async () => {
    const folder = newFolder();
    const first = await open(folder);
    const issue = () => Promise.reject(new Error('not needed'));
    const lastMoment = first.validTo - 30 * dayMs;
    const again = await open(folder, { issue, now: () => lastMoment });
    expect([first.isNew, again.isNew]).toEqual([true, false]);
    expect(again.cert).toBe(first.cert);
    expect((await open(folder, { now: () => lastMoment + 1 })).cert).not.toBe(first.cert);
    expectWhole(folder);
  });

  it('is taken again for some of its hosts, and made anew for others with those of before', async () => {
    const folder = newFolder();
    const first = await open(folder, { hosts: ['a.example', 'b.example'] });
    expect((await open(folder, { hosts: ['b.example'] })).cert).toBe(first.cert);
    const more = await open(folder, { hosts: ['c.example'] });
    for (const name of ['a.example', 'b.example', 'c.example']) expect(namesOf(more)).toContain(`DNS:${name}`);
    expect((await open(folder, { hosts: ['a.example'] })).cert).toBe(more.cert);
    expectWhole(folder);
  });

  it('is made anew when the clock was set back before its beginning', async () => {
    const folder = newFolder();
    const first = await open(folder);
    expect((await open(folder, { now: () => start - dayMs })).cert).not.toBe(first.cert);
  });

  const other = issueCertificate(['localhost', '127.0.0.1', '::1'], start);
  it.each<[string, (folder: string) => Promise<void> | void]>([
    ['is missing', (folder) => rmSync(serverFile(folder))],
    ['is empty', (folder) => writeFileSync(serverFile(folder), '')],
    ['holds something else', (folder) => writeFileSync(serverFile(folder), 'hello')],
    ['was cut off', (folder) => writeFileSync(serverFile(folder), readFileSync(serverFile(folder), 'utf8').slice(0, -200))],
    ['has a broken key', (folder) => writeFileSync(serverFile(folder), readFileSync(serverFile(folder), 'utf8').replace(/\nM/, '\nX'))],
    [
      'has a key that does not fit',
      async (folder) => {
        const [, certificate = '', authority = ''] = readFileSync(serverFile(folder), 'utf8').split(/(?<=-----END [A-Z ]+-----\n)/);
        writeFileSync(serverFile(folder), textOf({ key: (await other).key, certificate, authority }));
      },
    ],
    [
      'has an authority that did not sign it',
      async (folder) => {
        const [key = '', certificate = ''] = readFileSync(serverFile(folder), 'utf8').split(/(?<=-----END [A-Z ]+-----\n)/);
        writeFileSync(serverFile(folder), textOf({ key, certificate, authority: (await other).authority }));
      },
    ],
  ])('is made anew when its file %s', async (_what, damage) => {
    const folder = newFolder();
    const first = await open(folder);
    await damage(folder);
    const second = await open(folder);
    expect(second.cert).not.toBe(first.cert);
    expectWhole(folder);
    expect(modeOf(serverFile(folder))).toBe(0o600);
  });

  it.each([
    ['missing', (file: string) => rmSync(file)],
    ['damaged', (file: string) => writeFileSync(file, 'hello')],
  ])('stays, and the file for clients is written again, when only that is %s', async (_what, damage) => {
    const folder = newFolder();
    const first = await open(folder);
    damage(authorityFile(folder));
    expect((await open(folder)).cert).toBe(first.cert);
    expectWhole(folder);
  });

  it('closes files and folder again that others could read', async () => {
    const folder = newFolder();
    const first = await open(folder);
    chmodSync(serverFile(folder), 0o644);
    expect((await open(folder)).cert).toBe(first.cert);
    expect(modeOf(serverFile(folder))).toBe(0o600);
  });

  it('leaves the mode of what a symbolic link in its folder points at', async () => {
    const [folder, elsewhere] = [newFolder(), newFolder()];
    const target = join(elsewhere, 'shared.txt');
    writeFileSync(target, 'hello', { mode: 0o644 });
    mkdirSync(join(folder, 'https'));
    symlinkSync(target, serverFile(folder));
    await open(folder);
    expect([modeOf(target), readFileSync(target, 'utf8')]).toEqual([0o644, 'hello']);
    expectWhole(folder);
  });

  it('leaves the mode of a folder that its own folder is a symbolic link to', async () => {
    const [folder, elsewhere] = [newFolder(), newFolder()];
    chmodSync(elsewhere, 0o755);
    symlinkSync(elsewhere, join(folder, 'https'));
    await open(folder);
    expect(modeOf(elsewhere)).toBe(0o755);
    expectWhole(folder);
  });
});

describe('several starts at once', () => {
  it('serve one and the same certificate, whose key fits', async () => {
    const folder = newFolder();
    const all = await Promise.all(Array.from({ length: 12 }, () => open(folder)));
    expect(new Set(all.map(({ cert }) => cert)).size).toBe(1);
    expect(all.filter(({ isNew }) => isNew)).toHaveLength(1);
    expectWhole(folder);
  });

  it('for different hosts end with one certificate for all of them', async () => {
    const folder = newFolder();
    const names = ['a.example', 'b.example', 'c.example'];
    await Promise.all(names.map((name) => open(folder, { hosts: [name] })));
    const last = await open(folder, { hosts: names });
    expect(last.isNew).toBe(false);
    expectWhole(folder);
  });

  it('are not held up by one that was killed', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'https'));
    const lock = join(folder, 'https/issuing.lock');
    writeFileSync(lock, '');
    utimesSync(lock, 0, 0);
    await open(folder);
    expectWhole(folder);
  });
});

describe('while it is served', () => {
  it('is renewed when less than thirty days are left, and the new one again', async () => {
    const folder = newFolder();
    let now = start;
    const first = await open(folder, { now: () => now });
    expect(await first.renewed()).toBeUndefined();
    now = first.validTo - 30 * dayMs + 1;
    const second = await first.renewed();
    expect(second?.cert).not.toBe(first.cert);
    expect(await second?.renewed()).toBeUndefined();
    now += 368 * dayMs;
    expect((await second?.renewed())?.cert).toBeDefined();
    expectWhole(folder);
  });

  it('gives way to the one that another emulator has made for more hosts', async () => {
    const folder = newFolder();
    const first = await open(folder, { hosts: ['a.example'] });
    const second = await open(folder, { hosts: ['b.example'] });
    expect((await first.renewed())?.cert).toBe(second.cert);
  });

  it('is not written again when somebody has removed it', async () => {
    const folder = newFolder();
    const first = await open(folder);
    rmSync(join(folder, 'https'), { recursive: true });
    expect(await first.renewed()).toBeUndefined();
    expect(existsSync(join(folder, 'https'))).toBe(false);
  });
});

/** As a user whom modes hold back; root is not. */
async function asNobody(paths: readonly string[], run: () => Promise<void>): Promise<void> {
  const nobody = 65_534;
  const isRoot = process.geteuid?.() === 0;
  for (const path of isRoot ? paths : []) chownSync(path, nobody, nobody);
  if (isRoot) process.seteuid?.(nobody);
  try {
    await run();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

describe('a folder where nothing can be kept is one clear line', () => {
  const reject = (folder: string) =>
    expect(open(folder)).rejects.toMatchObject({
      name: 'CertificateError',
      message: expect.stringMatching(
        /^\/[^\n]*https: the certificate cannot be stored there: [a-z ]+; set UNSID_DATA_DIR to another folder$/,
      ),
    });

  it('when it is a file', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    await reject(file);
  });

  it('when another folder is in the way of its file', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'https/server.pem/in-the-way'), { recursive: true });
    await reject(folder);
  });

  it('when it can only be read; a good certificate in it is served all the same', async () => {
    const [good, empty] = [newFolder(), newFolder()];
    const first = await open(good);
    const https = join(empty, 'https');
    mkdirSync(https);
    await asNobody([good, empty, join(good, 'https'), serverFile(good), authorityFile(good), https], async () => {
      for (const path of [https, empty, join(good, 'https'), good]) chmodSync(path, 0o500);
      await reject(empty);
      expect((await open(good)).cert).toBe(first.cert);
      // So that they can be removed.
      for (const path of [https, empty, join(good, 'https'), good]) chmodSync(path, 0o700);
    });
  });
});
