// Reads a seed file (YAML or JSON) and judges it by openapi/seed.schema.json; whatever is wrong is one clear line.
import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse, YAMLParseError } from 'yaml';

export interface Seed {
  readonly users?: readonly { readonly alias: string; readonly userPrincipalName?: string; readonly displayName?: string }[];
  readonly applications?: readonly { readonly hostName: string; readonly clientIds: readonly string[] }[];
  readonly clients?: readonly { readonly clientId: string; readonly displayName?: string }[];
  readonly blockList?: readonly string[];
  readonly throttling?: { readonly callsPerMinute: number; readonly status?: 429 | 406 };
}

/** The seed file cannot be used; the message names the file and the place. */
export class SeedError extends Error {
  override readonly name = 'SeedError';
}

const schemaUrl = new URL('../../openapi/seed.schema.json', import.meta.url);

/** @throws SeedError */
export async function loadSeed(file: string): Promise<Seed> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new SeedError(`seed ${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`);
  }
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw new SeedError(`seed ${file}: ${unreadable(error)}`);
  }
  return judgeSeed(value ?? {}, file);
}

/** @throws SeedError */
export async function judgeSeed(value: unknown, file: string): Promise<Seed> {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  const validate = ajv.compile<Seed>(JSON.parse(await readFile(schemaUrl, 'utf8')));
  if (validate(value)) {
    const twice = namedTwice(value);
    if (twice !== undefined) throw new SeedError(`seed ${file}: ${twice}`);
    return value;
  }
  const [fault] = validate.errors ?? [];
  const extra = typeof fault?.params['additionalProperty'] === 'string' ? `: ${fault.params['additionalProperty']}` : '';
  throw new SeedError(`seed ${file}: ${fault?.instancePath || '/'} ${fault?.message ?? 'is not valid'}${extra}`);
}

function unreadable(error: unknown): string {
  if (error instanceof YAMLParseError && error.code === 'MULTIPLE_DOCS') return 'holds more than one document';
  if (!(error instanceof Error)) return 'is neither YAML nor JSON';
  return (error.message.split('\n')[0] ?? '').replace(/:$/, '');
}

/** Aliases and host names are compared without case; of two entries with one name, one would be lost without a word. */
function namedTwice({ users = [], applications = [] }: Seed): string | undefined {
  const aliases = users.map(({ alias }) => alias);
  const hostNames = applications.map(({ hostName }) => hostName);
  return repeated(aliases, 'users', 'alias') ?? repeated(hostNames, 'applications', 'hostName');
}

function repeated(names: readonly string[], list: string, member: string): string | undefined {
  const seen = new Set<string>();
  const index = names.map((name) => name.toLowerCase()).findIndex((name) => seen.has(name) || !seen.add(name));
  return index < 0 ? undefined : `/${list}/${index}/${member} names ${names[index]} twice`;
}
