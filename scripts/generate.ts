// Generates the wire types and close codes in src/documents/*.gen.ts from the documents in openapi/; with --check it only reports stale ones.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { OpenAPIV3_1 } from 'openapi-types';
import openapiTS, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';

type Tree = Record<string, unknown>;

const root = new URL('../', import.meta.url);
const read = (path: string): Tree => parse(readFileSync(new URL(path, root), 'utf8')) as Tree;
const notifications = 'openapi/notifications.yaml';
const activity = 'openapi/activity.yaml';
const devices = 'openapi/devices.asyncapi.yaml';

/** Removes `anyOf` whose branches only require members: they do not affect types, and the generator would turn them into `unknown`. */
function typeable(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(typeable);
  if (typeof node !== 'object' || node === null) return node;
  const constrainsType = (branch: unknown) => Object.keys(branch as Tree).some((key) => key !== 'required');
  const entries = Object.entries(node).filter(([key, value]) => key !== 'anyOf' || (value as unknown[]).some(constrainsType));
  return Object.fromEntries(entries.map(([key, value]) => [key, typeable(value)]));
}

/** The schemas of the AsyncAPI document as an OpenAPI document, so that one generator serves both. */
function devicesAsOpenApi(): OpenAPIV3_1.Document {
  const text = readFileSync(new URL(devices, root), 'utf8').replaceAll(/\.\/(?:notifications|activity)\.yaml#/g, '#');
  const schemasOf = (tree: Tree) => ((tree['components'] as Tree)['schemas'] ?? {}) as Tree;
  const { Activity } = schemasOf(read(activity));
  const schemas = { ...schemasOf(read(notifications)), Activity, ...schemasOf(parse(text) as Tree) };
  return {
    openapi: '3.1.0',
    info: { title: 'devices', version: '1' },
    paths: {},
    components: { schemas: schemas as Record<string, OpenAPIV3_1.SchemaObject> },
  };
}

async function typesOf(source: URL | Tree | OpenAPIV3_1.Document): Promise<string> {
  const ast = await openapiTS(source instanceof URL ? source : JSON.stringify(typeable(source)), {
    alphabetize: false,
    defaultNonNullable: false,
  });
  return astToString(ast);
}

/** Code and reasons of every documented close, by name, for modules that know only the wire. */
function closeCodes(): string {
  const entries = Object.entries(read(devices)['x-close-codes'] as Record<string, Tree>).map(([name, { code, reasons = {} }]) => {
    return [name, { code, reasons }] as const;
  });
  return `export const closeCodes = ${JSON.stringify(Object.fromEntries(entries), null, 2)} as const;\n`;
}

const sources: Record<string, { from: string; generate: () => Promise<string> | string }> = {
  'src/documents/notifications.gen.ts': { from: notifications, generate: () => typesOf(read(notifications)) },
  'src/documents/identity.gen.ts': { from: 'openapi/identity.yaml', generate: () => typesOf(new URL('openapi/identity.yaml', root)) },
  'src/documents/activity.gen.ts': { from: activity, generate: () => typesOf(read(activity)) },
  'src/documents/control.gen.ts': { from: 'openapi/control.yaml', generate: () => typesOf(new URL('openapi/control.yaml', root)) },
  'src/documents/devices.gen.ts': { from: devices, generate: () => typesOf(devicesAsOpenApi()) },
  'src/documents/close-codes.gen.ts': { from: devices, generate: closeCodes },
};

const check = process.argv.includes('--check');
for (const [target, { from, generate }] of Object.entries(sources)) {
  const text = `// Generated from ${from} by \`npm run generate\`; not to be edited.\n${await generate()}`;
  const path = new URL(target, root);
  const stale = !existsSync(path) || readFileSync(path, 'utf8') !== text;
  if (!stale) continue;
  if (check) {
    console.error(`${target} is stale: run \`npm run generate\` and commit the result.`);
    process.exitCode = 1;
  } else {
    writeFileSync(path, text);
    console.log(`wrote ${target}`);
  }
}
