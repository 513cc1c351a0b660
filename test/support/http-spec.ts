// Copies of the shipped documents with changes, in a folder that is removed afterwards.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export type ShippedName = 'notifications.yaml' | 'control.yaml' | 'devices.asyncapi.yaml';

const folder = mkdtempSync(join(tmpdir(), 'unsid-documents-'));
let count = 0;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file with this text; its path. */
export function writeDocument(text: string, name = 'document.yaml'): string {
  count += 1;
  const path = join(folder, `${count}-${name}`);
  writeFileSync(path, text);
  return path;
}

/** A copy of a shipped document in which each piece of text is replaced by another. */
export function alteredCopy(name: ShippedName, ...changes: readonly (readonly [from: string, to: string])[]): string {
  let text = readFileSync(new URL(`../../openapi/${name}`, import.meta.url), 'utf8');
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`${name} has no '${from}'`);
    text = text.replace(from, () => to);
  }
  return writeDocument(text, name);
}
