// Finds the location of a schema in the documents, for error reports.
import { basename } from 'node:path';
import { jsonObjectOf } from '../values/json.ts';
import type { Document } from './documents.ts';

/** A resolved reference is the same object as its definition, and so has the definition's location. The documents are walked on first use. */
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
    // Definitions are registered first, so that references to them do not get the location of a use.
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
