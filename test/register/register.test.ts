// Every number of docs/facts.md is in the register, and every registered number has its tests.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mutants, register, root, testFiles } from './register.ts';

const facts = readFileSync(join(root, 'docs/facts.md'), 'utf8');
const documented = new Set([...facts.matchAll(/^\|\s*([FDR]\d+)\s*\|/gm)].map(([, number]) => number ?? ''));
const files = testFiles();

describe('the register of numbers', () => {
  it('holds every number of the facts, and no other', () => {
    expect(documented.size).toBeGreaterThan(40);
    expect(register.map(({ number }) => number).sort()).toEqual([...documented].sort());
  });

  it.each(register)('has a test for $number: $says', ({ number }) => {
    expect([...files].some(([, numbers]) => numbers.has(number))).toBe(true);
  });

  it.each(mutants)('has a mutation for $number that applies', ({ file, find, replace }) => {
    const text = readFileSync(join(root, file), 'utf8');
    expect(text.split(find).length - 1, `${file}: ${find}`).toBe(1);
    expect(replace).not.toBe(find);
  });
});
