// Reads a seed file (YAML or JSON) and judges it by openapi/seed.schema.json; whatever is wrong is one clear line.
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse, YAMLParseError } from 'yaml';
import type { PlatformType } from '../domain/model.ts';

export interface SeedUser {
  readonly alias: string;
  readonly userPrincipalName?: string;
  readonly displayName?: string;
  readonly tenant?: string;
  readonly id?: string;
  readonly password?: string;
}

export interface SeedClient {
  readonly clientId: string;
  readonly displayName?: string;
  readonly tenant?: string;
  readonly signInAudience?: 'AzureADMyOrg' | 'AzureADMultipleOrgs';
  readonly secrets?: readonly string[];
  /** `file` is read by `loadSeed`, seen from the seed file. */
  readonly certificates?: readonly { readonly file?: string; readonly pem?: string }[];
  readonly redirectUris?: { readonly web?: readonly string[]; readonly spa?: readonly string[]; readonly publicClient?: readonly string[] };
  readonly identifierUris?: readonly string[];
}

/** By platform (F30), and for the app server. */
export type ClientIdsByRole = Readonly<Partial<Record<PlatformType | 'server', readonly string[]>>>;

/** Who is known; described in openapi/seed.schema.json. */
export interface Seed {
  readonly tenants?: readonly { readonly domain: string; readonly id?: string; readonly displayName?: string }[];
  readonly users?: readonly SeedUser[];
  readonly applications?: readonly { readonly hostName: string; readonly clientIds: readonly string[] | ClientIdsByRole }[];
  readonly clients?: readonly SeedClient[];
  readonly consents?: readonly { readonly clientId: string; readonly user?: string; readonly scopes: readonly string[] }[];
  readonly blockList?: readonly string[];
  readonly throttling?: { readonly callsPerMinute?: number; readonly status?: 429 | 406; readonly tokenRequestsPerMinute?: number };
}

/** The seed file cannot be used; the message names the file and the place. */
export class SeedError extends Error {
  override readonly name = 'SeedError';
}

const schemaUrl = new URL('../../openapi/seed.schema.json', import.meta.url);

/** What is known when nothing else is said. */
export const defaultSeedFile = fileURLToPath(new URL('../../fixtures/seeds/default.yaml', import.meta.url));

/** @throws SeedError */
export async function loadSeed(file: string): Promise<Seed> {
  const text = await readText(file, `seed ${file}`);
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw new SeedError(`seed ${file}: ${unreadable(error)}`);
  }
  // The shipped one is judged in the tests, not at every start: that takes longer than all else of it.
  const seed = file === defaultSeedFile ? (value as Seed) : await judgeSeed(value ?? {}, file);
  if (!seed.clients) return seed;
  const clients: SeedClient[] = [];
  for (const client of seed.clients) clients.push(await withCertificates(client, file));
  return { ...seed, clients };
}

/** Files are read one after the other, so that of several that cannot be read it is always the first that is reported. */
async function withCertificates(client: SeedClient, file: string): Promise<SeedClient> {
  if (!client.certificates) return client;
  const read = async ({ file: path, pem }: { readonly file?: string; readonly pem?: string }) => {
    if (path === undefined) return { ...(pem === undefined ? {} : { pem }) };
    return { file: resolve(dirname(file), path), pem: await readText(resolve(dirname(file), path), `seed ${file}: certificate ${path}`) };
  };
  const certificates: Awaited<ReturnType<typeof read>>[] = [];
  for (const one of client.certificates) certificates.push(await read(one));
  return { ...client, certificates };
}

async function readText(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new SeedError(`${what}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`);
  }
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
  // A few lines of aliases of aliases would fill any memory; the parser counts before it follows them.
  if (error instanceof ReferenceError && /alias count/.test(error.message)) return 'its aliases stand for too many values; write them out';
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
