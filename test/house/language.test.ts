// Keeps a private vocabulary out of names, comments, messages, the API's documents and the docs: the words of private-words.yaml, each of which has a standard term.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface PrivateWord {
  readonly pattern: string;
  readonly use: string;
  /** Sentences that need the word in its plain English meaning, as they stand in the source. */
  readonly except?: readonly string[];
  /** Tests may use it as a name in their data. */
  readonly isTestData?: boolean;
}

const root = new URL('../../', import.meta.url);
const words = parse(readFileSync(new URL('./private-words.yaml', import.meta.url), 'utf8')) as readonly PrivateWord[];
const filesIn = (folder: string, ending: RegExp) =>
  readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' })
    .filter((path) => ending.test(path) && !path.endsWith('.gen.ts'))
    .map((path) => `${folder}/${path}`);
const sources = filesIn('src', /\.ts$/);
const searched = [
  ...sources,
  ...filesIn('openapi', /\.(yaml|json)$/),
  ...filesIn('docs', /\.md$/),
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'],
];
const tests = filesIn('test', /\.ts$/).filter((path) => path !== 'test/house/language.test.ts');

/** A camelCase name as its words. */
const spelledOut = (line: string): string => line.replace(/([a-z0-9])([A-Z])/g, '$1 $2');

function occurrences({ pattern, use, except = [], isTestData = false }: PrivateWord): readonly string[] {
  const word = new RegExp(`\\b(?:${pattern})\\b`, 'i');
  return [...searched, ...(isTestData ? [] : tests)].flatMap((path) => {
    const lines = readFileSync(new URL(path, root), 'utf8').split('\n');
    return lines.flatMap((line, index) => {
      const rest = except.reduce((text, sentence) => text.replace(sentence, ''), line);
      return word.test(spelledOut(rest)) ? [`${path}:${index + 1}: use ${use}: ${line.trim()}`] : [];
    });
  });
}

describe('the sources', () => {
  it('are seen by this test', () => expect(sources.length).toBeGreaterThan(300));

  it.each(words)('do not use the private word /$pattern/', (word) => {
    expect(occurrences(word)).toEqual([]);
  });

  it('are searched for words inside names', () => {
    expect(spelledOut('const toldFrom = mostBytes;')).toBe('const told From = most Bytes;');
  });
});
