// Copies of the shipped documents with changes, in folders that are removed afterwards.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export type ShippedName = 'notifications.yaml' | 'control.yaml' | 'identity.yaml' | 'activity.yaml' | 'devices.asyncapi.yaml';

/** A file with this text; its path. It is removed when the test has ended. */
export function writeDocument(text: string, name = 'document.yaml'): string {
  const folder = mkdtempSync(join(tmpdir(), 'unsid-document-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
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
