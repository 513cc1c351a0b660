// Finds where in the documents a schema is written, for whoever must be told.
import { basename } from 'node:path';
import type { Document } from './documents.ts';
import { jsonObjectOf } from './json.ts';

/** References are resolved to the very object they point at, so its place is that of its definition. The documents are walked at the first question. */
export function createSchemaLocations(documents: readonly Document[]): (schema: unknown) => string | undefined {
  let locations: Map<unknown, string> | undefined;
  return (schema) => {
    locations ??= locationsIn(documents);
    return locations.get(schema);
  };
}

function locationsIn(documents: readonly Document[]): Map<unknown, string> {
  const locations = new Map<unknown, string>();
  const visit = (node: unknown, location: string): void => {
    if (typeof node !== 'object' || node === null || locations.has(node)) return;
    locations.set(node, location);
    for (const [name, member] of Object.entries(node)) visit(member, `${location}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  };
  for (const { file, tree } of documents) {
    const start = `${basename(file)}#`;
    // Schemas are met first at their own place, and only then where others refer to them.
    for (const [name, schema] of Object.entries(jsonObjectOf(jsonObjectOf(tree['components'])['schemas']))) {
      locations.set(schema, `${start}/components/schemas/${name}`);
    }
    for (const [name, schema] of Object.entries(jsonObjectOf(jsonObjectOf(tree['components'])['schemas']))) {
      for (const [member, part] of Object.entries(jsonObjectOf(schema))) visit(part, `${start}/components/schemas/${name}/${member}`);
    }
    visit(tree['components'], `${start}/components`);
    visit(tree, start);
  }
  return locations;
}
