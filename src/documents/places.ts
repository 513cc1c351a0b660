// Finds where in the documents a schema is written, for whoever must be told.
import { basename } from 'node:path';
import type { Document } from './documents.ts';
import { treeOf } from './tree.ts';

/** References are resolved to the very object they point at, so its place is that of its definition. The documents are walked at the first question. */
export function createPlaces(documents: readonly Document[]): (schema: unknown) => string | undefined {
  let places: Map<unknown, string> | undefined;
  return (schema) => {
    places ??= placesIn(documents);
    return places.get(schema);
  };
}

function placesIn(documents: readonly Document[]): Map<unknown, string> {
  const places = new Map<unknown, string>();
  const visit = (node: unknown, place: string): void => {
    if (typeof node !== 'object' || node === null || places.has(node)) return;
    places.set(node, place);
    for (const [name, member] of Object.entries(node)) visit(member, `${place}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  };
  for (const { file, tree } of documents) {
    const start = `${basename(file)}#`;
    // Schemas are met first at their own place, and only then where others refer to them.
    for (const [name, schema] of Object.entries(treeOf(treeOf(tree['components'])['schemas']))) {
      places.set(schema, `${start}/components/schemas/${name}`);
    }
    for (const [name, schema] of Object.entries(treeOf(treeOf(tree['components'])['schemas']))) {
      for (const [member, part] of Object.entries(treeOf(schema))) visit(part, `${start}/components/schemas/${name}/${member}`);
    }
    visit(tree['components'], `${start}/components`);
    visit(tree, start);
  }
  return places;
}
