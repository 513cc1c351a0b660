// The documents drive the emulator: whatever is altered in a copy, the emulator started with it judges otherwise, without a code change.
import { execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { documentNames } from '../documents/walk.ts';
import { annotationsAltered, createCopies, drivenLocations, probes, verdictsOf, walkDocument } from './drive/drive.ts';
import { set } from './drive/edits.ts';
import { reasonsOfTheDead, wronglyDead } from './drive/known-dead.ts';
import { driveAll, table, unseen } from './drive/report.ts';
import { isFull } from './extent.ts';

/** Fewer places than these, and the walk has lost its way. */
const floors = {
  'notifications.yaml': 1_000,
  'control.yaml': 100,
  'identity.yaml': 1_000,
  'activity.yaml': 100,
  'devices.asyncapi.yaml': 150,
};
const command = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

describe('the documents drive the emulator', () => {
  const copies = createCopies();
  afterAll(copies.remove);

  it.each(documentNames)('every keyword of %s is altered, or known to say something to readers only', (document) => {
    const { forgotten, locations } = walkDocument(document);
    expect(forgotten).toEqual([]);
    expect(locations.filter(({ alterations }) => alterations.length === 0)).toEqual([]);
    expect(locations.length).toBeGreaterThan(floors[document]);
  });

  it('asks each probe by a name of its own', () => {
    const names = probes.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('judges alike with the shipped documents, with copies of them, and in whatever order it is asked', async () => {
    const shipped = await verdictsOf([]);
    const unaltered = documentNames.map((document) => copies.write(document, []));
    const backwards = [...probes.filter(({ isLast }) => !isLast).reverse(), ...probes.filter(({ isLast }) => isLast)];
    const copied = await verdictsOf(unaltered, backwards);
    for (const { name } of probes) expect(copied.get(name), name).toEqual(shipped.get(name));
  });

  it('judges alike with copies in which all that is for readers is altered', async () => {
    const shipped = await verdictsOf([]);
    const altered = await verdictsOf(documentNames.map((document) => copies.write(document, [annotationsAltered(document)])));
    for (const { name } of probes) expect(altered.get(name), name).toEqual(shipped.get(name));
  });

  it('judges otherwise wherever anything else is altered', { timeout: (isFull ? 120 : 20) * 60_000 }, async () => {
    const outcomes = await driveAll();
    console.log(`${table(outcomes)}\n${reasonsOfTheDead}`);
    expect(unseen(outcomes)).toEqual([]);
    expect(wronglyDead(outcomes)).toEqual([]);
    for (const document of documentNames) {
      const places = new Set(outcomes.filter((one) => one.document === document).map(({ place }) => place));
      expect(places.size, document).toBe(drivenLocations().filter((one) => one.document === document).length);
    }
  });

  it('takes a copy from the command line', async () => {
    const copy = copies.write('notifications.yaml', [
      set(['components', 'schemas', 'VisualContent', 'properties', 'title', 'maxLength'], 3),
    ]);
    const started = spawn(process.execPath, ['--import', 'tsx', command, 'start', '--port', '0', '--spec', copy], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const url = await firstUrl(started.stdout);
      const post = (title: string) => {
        const body = JSON.stringify({ targetHostName: 'contoso.example', payload: { visualContent: { title } } });
        return fetch(`${url}/beta/me/notifications`, {
          method: 'POST',
          headers: { Authorization: 'Bearer dev.user.adele', 'Content-Type': 'application/json' },
          body,
        });
      };
      expect((await post('Hi')).status).toBe(201);
      const refused = await post('Build finished');
      expect(refused.status).toBe(400);
      expect(await refused.json()).toMatchObject({ error: { details: [{ code: 'maxLength', target: '/payload/visualContent/title' }] } });
    } finally {
      started.kill('SIGTERM');
    }
  });

  it('refuses on the command line, with one line that names file and place, what it cannot be driven by', async () => {
    const copy = copies.write('devices.asyncapi.yaml', [set(['x-limits', 'stallSeconds', 'value'], 'ten')]);
    const [code, stderr] = await new Promise<readonly [unknown, string]>((resolve) => {
      execFile(process.execPath, ['--import', 'tsx', command, 'start', '--port', '0', '--spec', copy], (error, _stdout, text) =>
        resolve([error?.code, text]),
      );
    });
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining('#/x-limits/stallSeconds/value')]);
  });
});

async function firstUrl(output: AsyncIterable<unknown>): Promise<string> {
  let text = '';
  for await (const chunk of output) {
    text += String(chunk);
    const url = /https?:\/\/[^\s]+/.exec(text)?.[0];
    if (url) return url;
  }
  throw new Error(`the emulator printed no URL: ${text}`);
}
