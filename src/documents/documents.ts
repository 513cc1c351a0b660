// Loads the documents and resolves their references: the shipped ones from openapi/, each replaced by the user's document of the same kind.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { $RefParser, type ParserOptions } from '@apidevtools/json-schema-ref-parser';
import type { OpenAPI } from 'openapi-types';
import { isJsonObject, type JsonObject, jsonObjectOf, jsonObjectsIn } from '../values/json.ts';
import { nestedTooDeeply } from '../values/nesting.ts';
import { checkAsyncApi } from './asyncapi-structure.ts';
import { DocumentError } from './document-error.ts';
import { type CommonDocument, resolveOptionsFor } from './document-files.ts';
import { expandedSize } from './expanded-size.ts';

export type DocumentKind = 'notifications' | 'control' | 'identity' | 'activity' | 'devices';

export interface Document {
  readonly kind: DocumentKind;
  readonly file: string;
  /** Part of the package. Shipped documents are linted in the build and not validated again at every start. */
  readonly isShipped: boolean;
  /** With references resolved: a target that is referenced twice is one shared object. */
  readonly tree: JsonObject;
}

export interface Documents extends Readonly<Record<DocumentKind, Document>> {
  /** The shipped document, for what the user's own document does not define. */
  readonly shippedNotifications: Document;
}

const shippedFile = (name: string) => fileURLToPath(new URL(`../../openapi/${name}`, import.meta.url));
const shippedFiles = {
  notifications: 'notifications.yaml',
  control: 'control.yaml',
  identity: 'identity.yaml',
  activity: 'activity.yaml',
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
  const load = async (kind: DocumentKind, common: readonly CommonDocument[]): Promise<Document> => {
    const file = own.get(kind);
    if (file === undefined) return loadShipped(kind, common);
    return { kind, file, isShipped: false, tree: await readOwn(file, kind, common) };
  };
  const notifications = await load('notifications', []);
  const shippedNotifications = notifications.isShipped ? notifications : await loadShipped('notifications', []);
  const common = [commonDocument('notifications', notifications, shippedNotifications)];
  const activity = await load('activity', common);
  const shippedActivity = activity.isShipped ? activity : await loadShipped('activity', common);
  return {
    notifications,
    shippedNotifications,
    control: await load('control', common),
    identity: await load('identity', common),
    activity,
    devices: await load('devices', [...common, commonDocument('activity', activity, shippedActivity)]),
  };
}

async function loadShipped(kind: DocumentKind, common: readonly CommonDocument[]): Promise<Document> {
  const file = shippedFiles[kind];
  return { kind, file, isShipped: true, tree: await read(shippedFile(file), common) };
}

function commonDocument(kind: DocumentKind, { tree }: Document, shipped: Document): CommonDocument {
  return { path: shippedFile(shippedFiles[kind]), tree: withComponentsOf(tree, shipped.tree) };
}

/** The components that other documents reference: the user's own, completed with the shipped ones. */
function withComponentsOf(tree: JsonObject, shipped: JsonObject): JsonObject {
  if (tree === shipped) return tree;
  const sections = { ...jsonObjectOf(tree['components']) };
  for (const [name, section] of jsonObjectsIn(shipped['components'])) sections[name] = { ...section, ...jsonObjectOf(sections[name]) };
  return { ...tree, components: sections };
}

const activityPath = /^\/v\d+\/feeds\/me\//i;
/** A path below a tenant parameter of any name. */
const identityPath = /^\/\{[^/}]+\}\/(?:oauth2|v2\.0|discovery|\.well-known)\//;

async function kindOf(file: string): Promise<DocumentKind> {
  const tree: unknown = await asDocumentError(file, () => $RefParser.parse(resolve(file), optionsFor(resolve(file), [])));
  if (!isJsonObject(tree)) throw new DocumentError(file, '', 'is neither an OpenAPI nor an AsyncAPI document');
  if (tree['asyncapi'] !== undefined) return 'devices';
  if (tree['openapi'] === undefined)
    throw new DocumentError(file, '', "is neither an OpenAPI nor an AsyncAPI document: it has no 'openapi' and no 'asyncapi'");
  const paths = Object.keys(jsonObjectOf(tree['paths']));
  if (paths.length > 0 && paths.every((path) => path.startsWith('/_emulator/'))) return 'control';
  if (paths.some((path) => activityPath.test(path))) return 'activity';
  return paths.some((path) => identityPath.test(path)) ? 'identity' : 'notifications';
}

async function read(path: string, common: readonly CommonDocument[]): Promise<JsonObject> {
  return jsonObjectOf(await asDocumentError(path, () => $RefParser.dereference(path, optionsFor(path, common))));
}

/** Aliases and references multiply, so that a few lines can expand beyond the available memory. The shipped notifications document has 35,000 values. */
const maxExpandedSize = 1_000_000;

async function readOwn(file: string, kind: DocumentKind, common: readonly CommonDocument[]): Promise<JsonObject> {
  const path = resolve(file);
  const tree = await asDocumentError(file, async () => {
    const read = jsonObjectOf(await $RefParser.dereference(path, optionsFor(path, common)));
    // Checked before any code walks the tree without regard to shared parts.
    if (expandedSize(read) <= maxExpandedSize) return read;
    throw new Error(`is too large: with its aliases and references written out it would have more than ${maxExpandedSize} values`);
  });
  if (kind === 'devices') {
    checkAsyncApi(file, tree);
    return tree;
  }
  // Imported only when needed, because loading it takes longer than everything else here.
  const { default: SwaggerParser } = await import('@apidevtools/swagger-parser');
  // The cast is at the edge that checks it.
  return jsonObjectOf(
    await asDocumentError(file, () => SwaggerParser.validate(tree as unknown as OpenAPI.Document, optionsFor(path, common))),
  );
}

/** `./notifications.yaml` resolves to the active notifications document, unless the document's folder has a file of that name. */
function optionsFor(path: string, common: readonly CommonDocument[]): ParserOptions {
  return { dereference: { circular: false }, resolve: resolveOptionsFor(path, common) };
}

/** Messages of the parsers, rewritten for readers who do not know the parsers. */
const parserMessages: readonly (readonly [RegExp, string])[] = [
  [/^Error opening file .*ENOENT.*$/, 'cannot be read: there is no such file'],
  [/^Error opening file .*EISDIR.*$/, 'cannot be read: it is a folder'],
  [/^Error opening file .*EACCES.*$/, 'cannot be read: access is denied'],
  [/^".*" is not a valid JSON Schema$/, 'is neither an OpenAPI nor an AsyncAPI document'],
  [/^.* is not a valid Openapi API definition$/, "is not a valid OpenAPI document: it has no 'paths'"],
  [/^Error opening file .*: (it is a pipe.*)$/, 'cannot be read: $1'],
  [/^Error parsing .*?: /, 'cannot be parsed: '],
  [/maximum call stack.*/i, nestedTooDeeply],
  [/^Unable to resolve \$ref pointer "(.*)"$/, 'refers to $1, which is not read: $ref reads only files in the folder of the document'],
  [/^Circular \$ref pointer found at (\S+)$/, 'contains circular references, which are not supported: $1'],
];

/** Turns every failure into a DocumentError with one line. */
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
  // The validator's first line is only a headline; the second one has location and reason.
  const message = (lines[0] === 'Swagger schema validation failed.' ? lines[1]?.trim() : lines[0]) ?? '';
  const text = parserMessages.reduce((current, [pattern, reason]) => current.replace(pattern, reason), message);
  return { message: text, location: location === '#/' ? '' : location };
}
