// Reads a seed file (YAML or JSON), validates it by openapi/seed.schema.json, and reports all problems with their lines.
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { readRegularFile } from '../../files/regular-file.ts';
import { isNestedTooDeeply, nestedTooDeeply, nestingProblem } from '../../values/nesting.ts';
import type { Seed, SeedClient } from './seed-content.ts';
import { contentProblems, pathText, type SeedProblem, schemaProblems } from './seed-problems.ts';

export type { ClientIdsByRole, Seed, SeedClient, SeedUser } from './seed-content.ts';

/** The seed is not usable; the message is one line with the file and all problems. */
export class SeedError extends Error {
  override readonly name = 'SeedError';
  /** `seed my.yaml`, or the whole message if there is no list of problems. */
  readonly what: string;
  /** Each with its line and path, if known. */
  readonly problems: readonly string[];

  constructor(what: string, problems: readonly string[] = []) {
    super(problems.length === 0 ? what : `${what}: ${problems.join('; ')}`);
    this.what = what;
    this.problems = problems;
  }
}

const schemaUrl = new URL('../../../openapi/seed.schema.json', import.meta.url);

/** Used if no seed is given. */
export const defaultSeedFile = fileURLToPath(new URL('../../../fixtures/seeds/default.yaml', import.meta.url));

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'access is denied',
};

/** @throws SeedError */
export async function loadSeed(file: string): Promise<Seed> {
  const text = await readText(file).catch((error: Error) => {
    throw new SeedError(`seed ${file}: cannot be read: ${error.message}`);
  });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const failure = (problems: readonly SeedProblem[]): SeedError => errorOf(file, problems, (path) => lineOf(document, path, lines));
  const value = parsedValue(document, file, lines);
  if (isNestedTooDeeply(value)) throw new SeedError(`seed ${file}`, [nestedTooDeeply]);
  // The shipped seed is validated in the tests, not at every start, because validation takes longer than reading it.
  if (file === defaultSeedFile) return (await withCertificates(value as Seed, file)).seed;
  const { seed, problems } = await checkSeed(value ?? {});
  if (!seed) throw failure(problems);
  const complete = await withCertificates(seed, file);
  const all = [...problems, ...complete.problems, ...contentProblems(complete.seed)];
  if (all.length > 0) throw failure(all);
  return complete.seed;
}

/** @throws SeedError */
export async function validateSeed(value: unknown, file: string): Promise<Seed> {
  const { seed, problems } = await checkSeed(value);
  const all = seed ? contentProblems(seed) : problems;
  if (!seed || all.length > 0) throw errorOf(file, all, () => undefined);
  return seed;
}

function errorOf(file: string, problems: readonly SeedProblem[], lineAt: (path: SeedProblem['path']) => number | undefined): SeedError {
  const texts = problems.map(({ path, text }) => {
    const line = lineAt(path);
    return `${line === undefined ? '' : `line ${line}: `}${pathText(path)} ${text}`;
  });
  return new SeedError(`seed ${file}`, texts);
}

/** @throws SeedError if the text is neither YAML nor JSON */
function parsedValue(document: Document.Parsed, file: string, lines: LineCounter): unknown {
  const problems = document.errors.map(({ code, message, pos }) => {
    const { line, col } = lines.linePos(pos[0]);
    return `line ${line}, column ${col}: ${code === 'MULTIPLE_DOCS' ? 'there is more than one document' : (nestingProblem(message) ?? message)}`;
  });
  if (problems.length > 0) throw new SeedError(`seed ${file}`, problems);
  try {
    return document.toJS();
  } catch (error) {
    throw new SeedError(`seed ${file}`, [yamlProblem(error)]);
  }
}

/** Nested aliases could exhaust memory; the parser limits their number. */
function yamlProblem(error: unknown): string {
  if (!(error instanceof Error)) return 'cannot be read as YAML';
  const { message } = error;
  return /alias count/.test(message)
    ? 'its aliases stand for too many values; write them out'
    : (nestingProblem(message) ?? (message.split('\n')[0] ?? '').replace(/:$/, ''));
}

/** The line of the member, or else of its nearest existing parent. */
function lineOf(document: Document.Parsed, path: SeedProblem['path'], lines: LineCounter): number | undefined {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const offset = offsetOf(document, path.slice(0, depth));
    if (offset !== undefined) return lines.linePos(offset).line;
  }
  return undefined;
}

/** For a member of a map, the offset of its name. */
function offsetOf(document: Document.Parsed, path: SeedProblem['path']): number | undefined {
  const parent: unknown = path.length === 0 ? undefined : document.getIn(path.slice(0, -1), true);
  const name = path.at(-1);
  const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(name)) : undefined;
  const node: unknown = pair ? pair.key : document.getIn(path, true);
  return isNode(node) ? node.range?.[0] : undefined;
}

/** Reads the certificate files named in the seed, relative to the seed file. */
async function withCertificates(seed: Seed, file: string): Promise<{ readonly seed: Seed; readonly problems: readonly SeedProblem[] }> {
  const problems: SeedProblem[] = [];
  const read = async (given: { readonly file?: string; readonly pem?: string }, path: SeedProblem['path']) => {
    if (given.file === undefined) return given;
    const certificate = resolve(dirname(file), given.file);
    const pem = await readText(certificate).catch((error: Error) => {
      problems.push({ path: [...path, 'file'], text: `names ${certificate}, which cannot be read: ${error.message}` });
    });
    return { file: certificate, ...(pem === undefined ? {} : { pem }) };
  };
  // Sequential, so that problems are always reported in the same order.
  const clients: SeedClient[] = [];
  for (const [index, client] of (seed.clients ?? []).entries()) {
    if (!client.certificates) {
      clients.push(client);
      continue;
    }
    const certificates: Awaited<ReturnType<typeof read>>[] = [];
    for (const [at, one] of client.certificates.entries()) certificates.push(await read(one, ['clients', index, 'certificates', at]));
    clients.push({ ...client, certificates });
  }
  return { seed: seed.clients ? { ...seed, clients } : seed, problems };
}

/** @throws Error with a readable reason */
async function readText(path: string): Promise<string> {
  const read = await readRegularFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new Error(reasons[error.code ?? ''] ?? error.code ?? error.message);
  });
  return read.toString('utf8');
}

async function checkSeed(value: unknown): Promise<{ readonly seed?: Seed; readonly problems: readonly SeedProblem[] }> {
  // The schema is checked against its meta-schema in the tests, not at every start, because that takes longer than its compilation.
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true, meta: false, validateSchema: false });
  const validate = ajv.compile<Seed>(JSON.parse(await readFile(schemaUrl, 'utf8')));
  return validate(value) ? { seed: value, problems: [] } : { problems: schemaProblems(validate.errors ?? []) };
}
