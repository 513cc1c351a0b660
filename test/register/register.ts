// Reads the register of numbers: what each says, and the small mutation of the emulator that its tests must notice.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export interface Mutation {
  /** Below the project's root. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
}

export interface Entry {
  readonly number: string;
  readonly says: string;
  readonly mutation: Mutation;
  readonly another?: Mutation;
}

export const root = fileURLToPath(new URL('../../', import.meta.url));

export const register: readonly Entry[] = parse(readFileSync(new URL('./numbers.yaml', import.meta.url), 'utf8')) as Entry[];

/** Test files, below the root, with the numbers in their titles. */
export function testFiles(): ReadonlyMap<string, ReadonlySet<string>> {
  const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && !file.startsWith('verify'))
    .map((file) => join('test', file));
  return new Map(files.map((file) => [file, numbersIn(readFileSync(join(root, file), 'utf8'))]));
}

function numbersIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/\[([FDR]\d+)\]/g)].map(([, number]) => number ?? ''));
}

export interface Mutant extends Mutation {
  readonly number: string;
  readonly says: string;
}

/** Each mutation with the number whose tests must notice it. */
export const mutants: readonly Mutant[] = register.flatMap(({ number, says, mutation, another }) =>
  [mutation, ...(another ? [another] : [])].map((one) => ({ number, says, ...one })),
);
