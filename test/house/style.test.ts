// Holds the sources to the house's style where no tool does: first lines, sizes, a pure core, documented packages.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { functionsOf } from './functions.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const filesBelow = (folder: string, endings: readonly string[]) =>
  readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' })
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .map((path) => `${folder}/${path}`);

const sources = filesBelow('src', ['.ts']).filter((path) => !path.endsWith('.gen.ts'));
const tests = filesBelow('test', ['.ts']);
const core = sources.filter((path) => /^src\/(domain|service)\//.test(path));
const matching = (paths: readonly string[], pattern: RegExp) => paths.filter((path) => pattern.test(read(path)));

describe('the sources', () => {
  it('are seen by these tests', () => {
    expect(core.length).toBeGreaterThan(10);
    expect(tests.length).toBeGreaterThan(3);
  });

  it('say in their first line what they are responsible for', () => {
    const first = (path: string) =>
      read(path)
        .replace(/^#!.*\n/, '')
        .split('\n', 1)[0] ?? '';
    expect([...sources, ...tests].filter((path) => !/^\/\/ [A-Z`].{10,}[.]$/.test(first(path)))).toEqual([]);
  });

  it('stay small enough to be read at once', () => {
    expect(sources.filter((path) => read(path).split('\n').length > 220)).toEqual([]);
  });

  it('have functions of at most 60 lines, each without the lines of the functions inside it', () => {
    const functions = sources.flatMap((path) => functionsOf(path, read(path)));
    expect(functions.length).toBeGreaterThan(1000);
    expect(functions.filter(({ ownLines }) => ownLines > 60).map(({ name, ownLines }) => `${name}: ${ownLines} lines`)).toEqual([]);
  });

  it('let the process end before a timer only where no one waits for it', () => {
    const allowed = ['src/client/node/node-web-socket.ts', 'src/runtime/timer.ts'];
    expect(matching(sources, /\.unref\(|\bref: false\b/).sort()).toEqual(allowed);
  });

  it('have names that say something', () => {
    expect(sources.filter((path) => /(^|[/-])(utils?|helpers?|common|manager|misc)([/.-]|$)/.test(path))).toEqual([]);
  });
});

describe('the core', () => {
  it('takes time and chance from outside', () => {
    expect(
      matching(core, /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.|\bcrypto\.|\bset(Timeout|Interval|Immediate)\(/),
    ).toEqual([]);
  });

  it('touches no process, console or network', () => {
    expect(matching(core, /\bprocess\.|\bconsole\.|\bfetch\(|\bBuffer\.|\bglobalThis\b/)).toEqual([]);
  });
});

describe('the scenarios of the contract suite', () => {
  const scenarios = ['src/contract/scenarios', 'src/contract/kit'].flatMap((folder) => filesBelow(folder, ['.ts']));

  it('are seen by these tests', () => expect(scenarios.length).toBeGreaterThan(40));

  it.each([
    ['end early, which would be a pass', /\breturn;/],
    ['go on without what they need, where a call fails', /\.catch\(\(\) => undefined\)/],
    ['go on without what they need, where a list has no such item', /(\]\??\.\w+|\]|\.at\(-?\d+\)\?\.\w+) \?\? ''|\[(\w+, )*\w+ = ''/],
  ])('never %s', (_what, pattern) => expect(matching(scenarios, pattern)).toEqual([]));
});

describe('docs/decisions/0001-dependencies.md', () => {
  it('says of each package why it is there, and of no other', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json'));
    const rows = [...read('docs/decisions/0001-dependencies.md').matchAll(/^\| ([a-z@][^ |]*) \| [^|]/gm)].map(([, name]) => name);
    const expected = [...Object.keys(dependencies), ...Object.keys(devDependencies)];
    expect(rows.filter((name) => name !== 'package').sort()).toEqual(expected.sort());
  });
});

describe('README.md', () => {
  it('stays within a hundred and fifty lines', () => {
    expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
  });
});

describe('ARCHITECTURE.md', () => {
  it('stays within two hundred lines', () => {
    expect(read('ARCHITECTURE.md').trimEnd().split('\n').length).toBeLessThanOrEqual(200);
  });
});
