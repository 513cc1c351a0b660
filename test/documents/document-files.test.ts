// Which files a user's own document may refer to: those in its folder, wherever links and spellings lead, and nothing of the network.
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSpec } from '../../src/documents/spec.ts';
import { useFolders } from '../support/folder.ts';
import { alteredCopy, writeDocument } from '../support/http-spec.ts';

const newFolder = useFolders();
const document = (more: string) => `openapi: 3.1.0
info: { title: a, version: '1' }
paths:
  /hello:
    get:
      operationId: hello
      responses: { '204': { description: x } }
${more}`;

describe("what a user's own document refers to", () => {
  const referring = (to: string) => document(`components:\n  schemas:\n    Other: { $ref: '${to}' }\n`);
  /** A folder with a document, a file in it and one beside it. */
  function folders(to: string) {
    const base = newFolder();
    const folder = join(base, 'with a space');
    mkdirSync(join(folder, 'parts'), { recursive: true });
    for (const name of ['outside.yaml', 'with a space/parts/inside.yaml', 'with a space-not/other.yaml']) {
      mkdirSync(dirname(join(base, name)), { recursive: true });
      writeFileSync(join(base, name), 'type: string\n');
    }
    symlinkSync(join(base, 'outside.yaml'), join(folder, 'link.yaml'));
    symlinkSync(base, join(folder, 'way-out'));
    symlinkSync(join(folder, 'parts/inside.yaml'), join(folder, 'within.yaml'));
    writeFileSync(join(folder, 'own.yaml'), referring(to.replace('BASE', base)));
    return join(folder, 'own.yaml');
  }

  it.each(['./parts/inside.yaml', 'parts/../parts/inside.yaml', 'within.yaml', 'file://BASE/with%20a%20space/parts/inside.yaml'])(
    'is read in its folder: %s',
    async (to) => {
      await expect(loadSpec({ files: [folders(to)] })).resolves.toBeDefined();
    },
  );

  it.each([
    ['a folder above', '../outside.yaml'],
    ['an absolute path', 'BASE/outside.yaml'],
    ['a file URL', 'file://BASE/outside.yaml'],
    ['a folder whose name begins alike', '../with a space-not/other.yaml'],
    ['an encoded path', '%2e%2e/outside.yaml'],
    ['a symbolic link', 'link.yaml'],
    ['a folder that is a symbolic link', 'way-out/outside.yaml'],
    ['what the system keeps', '/etc/hostname'],
  ])('is not read outside of it, by %s', async (_what, to) => {
    const file = folders(to);
    await expect(loadSpec({ files: [file] })).rejects.toMatchObject({
      name: 'DocumentError',
      message: expect.stringMatching(
        /^.*own\.yaml: refers to .* outside the folder of the document; \$ref reads only files in that folder/,
      ),
    });
  });

  it('is read where the document itself is named by a symbolic link', async () => {
    const file = folders('./parts/inside.yaml');
    const link = join(dirname(file), 'linked.yaml');
    symlinkSync(writeDocument(referring('./parts/inside.yaml')), link);
    await expect(loadSpec({ files: [link] })).resolves.toBeDefined();
  });

  it('is not read over http', async () => {
    let requests = 0;
    const server = createServer((_req, res) => {
      requests += 1;
      res.end('type: string');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const file = folders(`http://127.0.0.1:${port}/schema.yaml`);
    await expect(loadSpec({ files: [file] })).rejects.toThrow(
      /own\.yaml: refers to http:\/\/.*is not read: \$ref reads only files in the folder/,
    );
    expect(requests).toBe(0);
    server.close();
    await once(server, 'close');
  });

  it('is ./notifications.yaml beside it, also in a folder whose name has a space', async () => {
    const folder = join(newFolder(), 'with a space');
    mkdirSync(folder);
    for (const name of ['notifications.yaml', 'control.yaml'] as const) copyFileSync(alteredCopy(name), join(folder, name));
    const own = readFileSync(join(folder, 'notifications.yaml'), 'utf8');
    writeFileSync(join(folder, 'notifications.yaml'), own.replace('enum: [', "enum: ['only-beside', "));
    const { operations } = await loadSpec({ files: [join(folder, 'control.yaml')] });
    const parameters = operations.flatMap(({ surface, parameters: all }) => (surface === 'control' ? all : []));
    expect(JSON.stringify(parameters)).toContain('only-beside');
  });
});
