// The tools that others read the AsyncAPI document with find what is wrong with a copy, and never pass what they did not see.
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readFolder, readWithParser, readWithSpectral } from '../../scripts/asyncapi-tools.ts';
import { useFolders } from '../support/folder.ts';
import { tree } from './walk.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const newFolder = useFolders();

/** A copy of the shipped documents: in the AsyncAPI one the first of these texts is replaced. */
function copyWith(from: string, to: string): string {
  const folder = newFolder();
  cpSync(join(root, 'openapi'), folder, { recursive: true });
  const file = join(folder, 'devices.asyncapi.yaml');
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no '${from}'`);
  const altered = text.replace(from, () => to);
  writeFileSync(file, altered);
  return file;
}

const faults: readonly (readonly [title: string, from: string, to: string, parser: RegExp, spectral: RegExp])[] = [
  ['a discriminator of OpenAPI', '/ActiveNotification', '/ClientNotification', /discriminator/, /discriminator/],
  ['a member that AsyncAPI does not have', 'defaultContentType:', 'contentType:', /contentType/, /contentType/],
  ['an unknown version, of which they see nothing', 'asyncapi: 3.0.0', 'asyncapi: 9.0.0', /saw no message/, /knew no rule/],
];

describe('@asyncapi/parser and spectral', () => {
  it.each(faults)('find %s', async (_, from, to, parser, spectral) => {
    const file = copyWith(from, to);
    expect((await readWithParser(file)).problems.join()).toMatch(parser);
    expect((await readWithSpectral(file)).problems.join()).toMatch(spectral);
  });

  it('fail when there is no AsyncAPI document', async () => {
    const folder = newFolder();
    expect((await readFolder(folder)).flatMap(({ problems }) => problems)).toEqual([`${folder} has no AsyncAPI document`]);
  });
});

describe('redocly', () => {
  it('lints every API document that is shipped', () => {
    const read = (path: string) => tree(parse(readFileSync(join(root, path), 'utf8')));
    const paths = readdirSync(join(root, 'openapi')).map((each) => `openapi/${each}`);
    const shipped = paths.filter((path) => ['openapi', 'asyncapi'].some((key) => key in read(path)));
    const linted = Object.values(tree(read('redocly.yaml')['apis'])).map((api) => tree(api)['root']);
    expect(linted.sort()).toEqual(shipped.sort());
  });
});
