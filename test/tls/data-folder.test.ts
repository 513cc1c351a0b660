// Where certificates are kept, and what other commands find there.
import { mkdirSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataFolderOf, knownAuthority } from '../../src/tls/data-folder.ts';
import { useFolders } from '../support/folder.ts';

const newFolder = useFolders();

describe('the data folder', () => {
  it("is the user's for unsid, without suffix, when nothing else is said", () => {
    const folder = dataFolderOf(undefined, { UNSID_DATA_DIR: '' });
    expect(folder).toMatch(/[/\\]unsid([/\\]Data)?$/);
    expect(isAbsolute(folder)).toBe(true);
  });

  it('is the one of UNSID_DATA_DIR, or the one that is given before it, always absolute', () => {
    expect(dataFolderOf(undefined, { UNSID_DATA_DIR: '/some/where' })).toBe('/some/where');
    expect(dataFolderOf('/given', { UNSID_DATA_DIR: '/some/where' })).toBe('/given');
    expect(dataFolderOf(undefined, { UNSID_DATA_DIR: 'here' })).toBe(join(process.cwd(), 'here'));
  });
});

describe('the known authority', () => {
  it('is reported once its file is there', () => {
    const folder = newFolder();
    const env = { UNSID_DATA_DIR: folder };
    expect(knownAuthority(env)).toBeUndefined();
    mkdirSync(join(folder, 'https'));
    writeFileSync(join(folder, 'https/ca.pem'), '');
    expect(knownAuthority(env)).toBe(join(folder, 'https/ca.pem'));
  });
});
