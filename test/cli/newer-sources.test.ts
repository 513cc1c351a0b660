// The built command in a clone whose sources have changed since: it runs the sources; an installed package and a fresh build run as they are.
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { useFolders } from '../support/folder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const newFolder = useFolders();

/** A program that says only where it is from. */
const programs = (from: string) => ({
  'program.ts': `export const runProgram = async (args: readonly string[]) => { console.log('${from}', ...args); return 3; };`,
  'terminal/terminal.ts': 'export const processTerminal = () => undefined;',
});

/** Compiled as the build does it. */
const compiled = (text: string) =>
  ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.ES2022, target: ts.ScriptTarget.ES2023, rewriteRelativeImportExtensions: true },
  }).outputText;

/** A clone that was built at second 1000; `changes` gives the seconds at which paths changed later. */
function createClone(changes: Readonly<Record<string, number>> = {}): string {
  const clone = newFolder();
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(clone, path)), { recursive: true });
    writeFileSync(join(clone, path), text);
  };
  write('package.json', '{ "type": "module" }');
  for (const name of ['main.ts', 'newer-sources.ts']) {
    const text = readFileSync(join(root, 'src/cli', name), 'utf8');
    write(`dist/cli/${name.replace('.ts', '.js')}`, compiled(text));
    write(`src/cli/${name}`, text);
  }
  for (const [name, text] of Object.entries(programs('built'))) write(`dist/cli/${name.replace('.ts', '.js')}`, compiled(text));
  for (const [name, text] of Object.entries(programs('source'))) write(`src/cli/${name}`, text);
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  for (const path of [
    'src/cli/main.ts',
    'src/cli/newer-sources.ts',
    'src/cli/program.ts',
    'src/cli/terminal/terminal.ts',
    'src/cli/terminal',
    'src/cli',
    'src',
  ])
    utimesSync(join(clone, path), 900, changes[path] ?? 900);
  utimesSync(join(clone, 'dist/cli/main.js'), 1000, 1000);
  return clone;
}

async function run(clone: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const failed = (error: { code: number; stdout: string; stderr: string }) => error;
  const { code, stdout, stderr } = await promisify(execFile)(process.execPath, [join(clone, 'dist/cli/main.js'), 'here']).then(
    ({ stdout: out, stderr: err }) => ({ code: 0, stdout: out, stderr: err }),
    failed,
  );
  return { code, stdout, stderr };
}

describe('the built command', () => {
  it('runs as it is when nothing has changed since it was built', async () => {
    expect(await run(createClone())).toEqual({ code: 3, stdout: 'built here\n', stderr: '' });
  });

  it.each([
    ['a source has changed', { 'src/cli/program.ts': 1001 }],
    ['a source was taken away', { 'src/cli': 1001 }],
  ])('runs the sources, with the same arguments and exit code, when %s', async (_what, changes) => {
    expect(await run(createClone(changes))).toEqual({ code: 3, stdout: 'source here\n', stderr: '' });
  });

  it('says what to run where the sources cannot be run', async () => {
    const clone = createClone({ 'src/cli/program.ts': 1001 });
    rmSync(join(clone, 'node_modules'));
    expect(await run(clone)).toEqual({
      code: 3,
      stdout: 'built here\n',
      stderr: 'unsid: src/ has changed since dist/ was built, and this is the old build; rebuild it with: npm run build\n',
    });
  });

  it('looks at no sources where it is installed as a package', async () => {
    const clone = createClone();
    rmSync(join(clone, 'src'), { recursive: true });
    expect(await run(clone)).toEqual({ code: 3, stdout: 'built here\n', stderr: '' });
  });

  it('is not taken for built when it is the source itself', async () => {
    const clone = createClone({ 'src/cli/program.ts': 1001 });
    copyFileSync(join(root, 'package.json'), join(clone, 'package.json'));
    const tsx = ['--import', 'tsx', join(clone, 'src/cli/main.ts'), 'here'];
    const ended = await promisify(execFile)(process.execPath, tsx, { cwd: clone }).catch((error: { stdout: string }) => error);
    expect(ended.stdout).toBe('source here\n');
  });
});
