// Loads the documents: the shipped ones from openapi/, a user's own in place of those of its kind, references resolved.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { $RefParser, type ParserOptions } from '@apidevtools/json-schema-ref-parser';
import type { OpenAPI } from 'openapi-types';
import { checkAsyncApi } from './asyncapi-structure.ts';
import { DocumentError } from './document-error.ts';
import { resolveOptionsFor } from './document-files.ts';
import { expandedSize } from './expanded-size.ts';
import { isJsonObject, type JsonObject, jsonObjectOf, jsonObjectsIn } from './json.ts';

export type DocumentKind = 'notifications' | 'control' | 'identity' | 'devices';

export interface Document {
  readonly kind: DocumentKind;
  readonly file: string;
  /** It came with the package; shipped documents are linted in the checks and not validated again at every start. */
  readonly isShipped: boolean;
  /** Without references; what was referred to twice is one object. */
  readonly tree: JsonObject;
}

export interface Documents extends Readonly<Record<DocumentKind, Document>> {
  /** The shipped one, for what a user's own leaves open. */
  readonly shippedNotifications: Document;
}

const shippedFile = (name: string) => fileURLToPath(new URL(`../../openapi/${name}`, import.meta.url));
const shippedFiles = {
  notifications: 'notifications.yaml',
  control: 'control.yaml',
  identity: 'identity.yaml',
  devices: 'devices.asyncapi.yaml',
} as const;

/** @throws DocumentError */
export async function loadDocuments(files: readonly string[]): Promise<Documents> {
  const own = new Map<DocumentKind, string>();
  for (const file of files) {
    const kind = await kindOf(file);
    const other = own.get(kind);
    if (other !== undefined) throw new DocumentError(file, '', `${other} describes the same surface; give only one of them`);
    own.set(kind, file);
  }
  const load = async (kind: DocumentKind, common: JsonObject | undefined): Promise<Document> => {
    const file = own.get(kind);
    if (file === undefined)
      return { kind, file: shippedFiles[kind], isShipped: true, tree: await read(shippedFile(shippedFiles[kind]), common) };
    return { kind, file, isShipped: false, tree: await readOwn(file, kind, common) };
  };
  const notifications = await load('notifications', undefined);
  const shippedNotifications = notifications.isShipped ? notifications : await loadShippedNotifications();
  const common = withComponentsOf(notifications.tree, shippedNotifications.tree);
  return {
    notifications,
    shippedNotifications,
    control: await load('control', common),
    identity: await load('identity', common),
    devices: await load('devices', common),
  };
}

async function loadShippedNotifications(): Promise<Document> {
  const file = shippedFiles.notifications;
  return { kind: 'notifications', file, isShipped: true, tree: await read(shippedFile(file), undefined) };
}

/** What the other documents refer to: the user's components, and the shipped ones that it does not have. */
function withComponentsOf(tree: JsonObject, shipped: JsonObject): JsonObject {
  if (tree === shipped) return tree;
  const sections = { ...jsonObjectOf(tree['components']) };
  for (const [name, section] of jsonObjectsIn(shipped['components'])) sections[name] = { ...section, ...jsonObjectOf(sections[name]) };
  return { ...tree, components: sections };
}

/** Below a tenant, whatever the document calls that. */
const identityPath = /^\/\{[^/}]+\}\/(?:oauth2|v2\.0|discovery|\.well-known)\//;

async function kindOf(file: string): Promise<DocumentKind> {
  const tree: unknown = await asDocumentError(file, () => $RefParser.parse(resolve(file), optionsFor(resolve(file), undefined)));
  if (!isJsonObject(tree)) throw new DocumentError(file, '', 'is neither an OpenAPI nor an AsyncAPI document');
  if (tree['asyncapi'] !== undefined) return 'devices';
  if (tree['openapi'] === undefined)
    throw new DocumentError(file, '', "is neither an OpenAPI nor an AsyncAPI document: it has no 'openapi' and no 'asyncapi'");
  const paths = Object.keys(jsonObjectOf(tree['paths']));
  if (paths.length > 0 && paths.every((path) => path.startsWith('/_emulator/'))) return 'control';
  return paths.some((path) => identityPath.test(path)) ? 'identity' : 'notifications';
}

async function read(path: string, common: JsonObject | undefined): Promise<JsonObject> {
  return jsonObjectOf(await asDocumentError(path, () => $RefParser.dereference(path, optionsFor(path, common))));
}

/** Aliases and references multiply: a few lines can stand for more than any memory. The shipped notifications document has 35,000. */
const maxExpandedSize = 1_000_000;

async function readOwn(file: string, kind: DocumentKind, common: JsonObject | undefined): Promise<JsonObject> {
  const path = resolve(file);
  const tree = await asDocumentError(file, async () => {
    const read = jsonObjectOf(await $RefParser.dereference(path, optionsFor(path, common)));
    // Before anything walks through it that does not know which parts are shared.
    if (expandedSize(read) <= maxExpandedSize) return read;
    throw new Error(`is too large: with its aliases and references written out it would have more than ${maxExpandedSize} values`);
  });
  if (kind === 'devices') {
    checkAsyncApi(file, tree);
    return tree;
  }
  // Loaded only when needed: it takes longer than all the rest.
  const { default: SwaggerParser } = await import('@apidevtools/swagger-parser');
  // The edge where it is found out whether it is one.
  return jsonObjectOf(
    await asDocumentError(file, () => SwaggerParser.validate(tree as unknown as OpenAPI.Document, optionsFor(path, common))),
  );
}

/** `./notifications.yaml` means the notifications document in use, unless another file of that name lies beside the document. */
function optionsFor(path: string, common: JsonObject | undefined): ParserOptions {
  const activeNotifications = common && { path: shippedFile(shippedFiles.notifications), tree: common };
  return { dereference: { circular: false }, resolve: resolveOptionsFor(path, activeNotifications) };
}

/** What the parsers say, in words that need no knowledge of them. */
const parserMessages: readonly (readonly [RegExp, string])[] = [
  [/^Error opening file .*ENOENT.*$/, 'cannot be read: there is no such file'],
  [/^Error opening file .*EISDIR.*$/, 'cannot be read: it is a folder'],
  [/^Error opening file .*EACCES.*$/, 'cannot be read: access is denied'],
  [/^".*" is not a valid JSON Schema$/, 'is neither an OpenAPI nor an AsyncAPI document'],
  [/^.* is not a valid Openapi API definition$/, "is not a valid OpenAPI document: it has no 'paths'"],
  [/^Error parsing .*?: /, 'cannot be parsed: '],
  [/^Unable to resolve \$ref pointer "(.*)"$/, 'refers to $1, which is not read: $ref reads only files in the folder of the document'],
  [/^Circular \$ref pointer found at (\S+)$/, 'contains circular references, which are not supported: $1'],
];

/** Whatever goes wrong becomes one line. */
async function asDocumentError<T>(file: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const { message, location } = reasonOf(error);
    throw new DocumentError(file, location, message);
  }
}

function reasonOf(error: unknown): { message: string; location: string } {
  if (!(error instanceof Error)) return { message: String(error), location: '' };
  const location = 'path' in error && Array.isArray(error.path) ? `#/${error.path.join('/')}` : '';
  const lines = error.message.split('\n').filter((line) => line.trim() !== '');
  // Under its headline, the validator says where and what.
  const message = (lines[0] === 'Swagger schema validation failed.' ? lines[1]?.trim() : lines[0]) ?? '';
  const said = parserMessages.reduce((text, [pattern, reason]) => text.replace(pattern, reason), message);
  return { message: said, location: location === '#/' ? '' : location };
}
