// Reads a seed file (YAML or JSON) and judges it by openapi/seed.schema.json; whatever is wrong is one clear line.
import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

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
    // Its first line ends in a colon: what follows is an excerpt, which takes more lines.
    throw new SeedError(`seed ${file}: ${error instanceof Error ? error.message.split(/:?\n/)[0] : 'is neither YAML nor JSON'}`);
  }
  return judgeSeed(value ?? {}, file);
}

/** @throws SeedError */
export async function judgeSeed(value: unknown, file: string): Promise<Seed> {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  const validate = ajv.compile<Seed>(JSON.parse(await readFile(schemaUrl, 'utf8')));
  if (validate(value)) return value;
  const [fault] = validate.errors ?? [];
  const extra = typeof fault?.params['additionalProperty'] === 'string' ? `: ${fault.params['additionalProperty']}` : '';
  throw new SeedError(`seed ${file}: ${fault?.instancePath || '/'} ${fault?.message ?? 'is not valid'}${extra}`);
}
