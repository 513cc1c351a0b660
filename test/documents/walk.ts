// Walks the documents in openapi/ as they are written, references not followed: every statement with its place and its examples.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export type Tree = { readonly [key: string]: unknown };
export const documentNames = ['notifications.yaml', 'control.yaml', 'identity.yaml', 'activity.yaml', 'devices.asyncapi.yaml'] as const;
export type DocumentName = (typeof documentNames)[number];

export function readDocument(name: DocumentName): Tree {
  return tree(parse(readFileSync(new URL(`../../openapi/${name}`, import.meta.url), 'utf8')));
}

export const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
/** The value as a mapping; what is none has no members. */
export const tree = (value: unknown): Tree => (isTree(value) ? value : {});
/** The value as a list; what is none has no items. */
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const isReference = (node: Tree) => typeof node['$ref'] === 'string';
/** A schema that no value satisfies: nothing to give an example of. */
export const isNever = (schema: Tree) => isTree(schema['not']) && Object.keys(schema['not']).length === 0;

export type StatementKind =
  | 'operation'
  | 'parameter'
  | 'body'
  | 'response'
  | 'header'
  | 'schema'
  | 'channel'
  | 'message'
  | 'limit'
  | 'lifetime'
  | 'requests'
  | 'close code';

/** Something a document states: it needs a source, and a schema, parameter, header or message also an example. */
export interface Statement {
  readonly kind: StatementKind;
  /** JSON pointer in its document. */
  readonly at: string;
  readonly node: Tree;
  /** Its own examples and what the examples of an enclosing schema or message hold at its place. */
  readonly examples: readonly unknown[];
}

const step = (at: string, key: string | number) => `${at}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Examples of a parameter, header or media type, in either spelling of OpenAPI. */
export function examplesOf(node: Tree): readonly unknown[] {
  if ('example' in node) return [node['example']];
  return Object.values(tree(node['examples'])).map((each) => tree(each)['value']);
}

function* schemas(node: Tree, at: string, inherited: readonly unknown[] = []): Generator<Statement> {
  if (isReference(node)) return;
  const examples = [...inherited, ...list(node['examples'])];
  yield { kind: 'schema', at, node, examples };
  for (const [name, property] of Object.entries(tree(node['properties']))) {
    const reached = examples.filter((each) => isTree(each) && name in each).map((each) => tree(each)[name]);
    yield* schemas(tree(property), step(step(at, 'properties'), name), reached);
  }
  if (isTree(node['items'])) yield* schemas(node['items'], step(at, 'items'), examples.flatMap(list));
  if (isTree(node['additionalProperties'])) yield* schemas(node['additionalProperties'], step(at, 'additionalProperties'));
}

function* named(kind: StatementKind, container: unknown, at: string): Generator<Statement> {
  const entries = Array.isArray(container) ? container.entries() : Object.entries(tree(container));
  for (const [key, value] of entries) {
    const node = tree(value);
    if (isReference(node)) continue;
    yield { kind, at: step(at, key), node, examples: examplesOf(node) };
    if (kind === 'response') yield* named('header', node['headers'], step(step(at, key), 'headers'));
  }
}

function* operation(node: Tree, at: string): Generator<Statement> {
  yield { kind: 'operation', at, node, examples: [] };
  yield* named('parameter', node['parameters'], step(at, 'parameters'));
  const body = node['requestBody'];
  if (isTree(body) && !isReference(body)) yield { kind: 'body', at: step(at, 'requestBody'), node: body, examples: [] };
  yield* named('response', node['responses'], step(at, 'responses'));
}

function* openApi(document: Tree): Generator<Statement> {
  for (const [path, value] of Object.entries(tree(document['paths']))) {
    const at = step('/paths', path);
    const item = tree(value);
    yield* named('parameter', item['parameters'], step(at, 'parameters'));
    for (const method of methods) if (isTree(item[method])) yield* operation(item[method], step(at, method));
  }
  const components = tree(document['components']);
  yield* named('parameter', components['parameters'], '/components/parameters');
  yield* named('body', components['requestBodies'], '/components/requestBodies');
  yield* named('response', components['responses'], '/components/responses');
  yield* named('header', components['headers'], '/components/headers');
  for (const [name, schema] of Object.entries(tree(components['schemas']))) yield* schemas(tree(schema), step('/components/schemas', name));
  yield* named('response', document['x-unmatched'], '/x-unmatched');
  yield* named('lifetime', document['x-lifetimes'], '/x-lifetimes');
  if ('x-requests' in document) yield { kind: 'requests', at: '/x-requests', node: tree(document['x-requests']), examples: [] };
}

/** Examples that the messages give for a payload schema: those of AsyncAPI stand at the message, not at the schema. */
function payloadExamples(document: Tree, pointer: string): readonly unknown[] {
  const messages = Object.values(tree(tree(document['components'])['messages'])).map(tree);
  const carriers = messages.filter((message) => tree(message['payload'])['$ref'] === `#${pointer}`);
  return carriers.flatMap(messageExamples);
}

/** The payloads of a message's examples. */
export const messageExamples = (message: Tree): readonly unknown[] => list(message['examples']).map((each) => tree(each)['payload']);

/** What a handshake carries: each is a schema itself. */
function* bound(kind: StatementKind, container: unknown, at: string): Generator<Statement> {
  for (const [key, schema] of Object.entries(tree(tree(container)['properties']))) {
    yield { kind, at: step(at, key), node: tree(schema), examples: list(tree(schema)['examples']) };
  }
}

function* asyncApi(document: Tree): Generator<Statement> {
  yield* named('channel', document['channels'], '/channels');
  yield* named('operation', document['operations'], '/operations');
  for (const [name, value] of Object.entries(tree(document['channels']))) {
    const binding = tree(tree(tree(value)['bindings'])['ws']);
    const at = step(step('/channels', name), 'bindings/ws').replaceAll('~1', '/');
    yield* bound('parameter', binding['query'], `${at}/query/properties`);
    yield* bound('header', binding['headers'], `${at}/headers/properties`);
  }
  const components = tree(document['components']);
  for (const [name, message] of Object.entries(tree(components['messages']))) {
    yield { kind: 'message', at: step('/components/messages', name), node: tree(message), examples: messageExamples(tree(message)) };
  }
  for (const [name, schema] of Object.entries(tree(components['schemas']))) {
    const at = step('/components/schemas', name);
    yield* schemas(tree(schema), at, payloadExamples(document, at));
  }
  yield* named('limit', document['x-limits'], '/x-limits');
  yield* named('close code', document['x-close-codes'], '/x-close-codes');
}

/** Every statement of a document, in its order. */
export function statements(document: Tree): readonly Statement[] {
  return [...('asyncapi' in document ? asyncApi(document) : openApi(document))];
}
