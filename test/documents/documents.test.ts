// Holds the documents in openapi/ to their own standard: sources, examples, failures of every operation, error codes.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import {
  type DocumentName,
  documentNames,
  examplesOf,
  isNever,
  isReference,
  isTree,
  list,
  readDocument,
  type Statement,
  statements,
  type Tree,
  tree,
} from './walk.ts';

const documents = new Map(documentNames.map((name) => [name, readDocument(name)]));
const all = documentNames.map((name) => ({ name, document: tree(documents.get(name)) }));
const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const sourcesOf = (statement: Statement) => list(statement.node['x-source']);
const places = (found: readonly Statement[]) => found.map(({ kind, at }) => `${kind} ${at}`);
const ofKind = (name: DocumentName, ...kinds: readonly Statement['kind'][]) =>
  statements(tree(documents.get(name))).filter(({ kind }) => kinds.includes(kind));

/** Numbers that docs/facts.md explains: the first cell of the rows of its tables. */
const explained = [...read('docs/facts.md').matchAll(/^\| ([FDR]\d+|P) \|/gm)].map(([, number]) => number);

const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
addFormats.default(ajv);
for (const { name, document } of all) ajv.addSchema({ ...document, $id: `https://unsid.example/${name}` });

/** Every part of a document that names a source, wherever it stands. */
function* withSource(value: unknown, at = ''): Generator<{ at: string; node: Tree }> {
  if (Array.isArray(value)) for (const [index, each] of value.entries()) yield* withSource(each, `${at}/${index}`);
  if (!isTree(value)) return;
  if ('x-source' in value) yield { at, node: value };
  for (const [key, each] of Object.entries(value)) yield* withSource(each, `${at}/${key}`);
}

/** What is wrong with a value by the schema at a pointer of a document. */
function faults(name: DocumentName, pointer: string, value: unknown): readonly string[] {
  const uri = pointer.split('/').map(encodeURIComponent).join('/');
  const validate = ajv.getSchema(`https://unsid.example/${name}#${uri}`) ?? ajv.compile({ $ref: `https://unsid.example/${name}#${uri}` });
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${pointer}: ${JSON.stringify(value)} ${instancePath} ${message}`);
}

describe('the walk', () => {
  it('reaches nested schemas, and gives them what the examples around them hold', () => {
    const inner = { type: 'array', items: { type: 'string' } };
    const document = { components: { schemas: { Outer: { properties: { inner }, examples: [{ inner: ['a', 'b'] }] } } } };
    expect(statements(document).map(({ at, examples }) => [at, examples])).toEqual([
      ['/components/schemas/Outer', [{ inner: ['a', 'b'] }]],
      ['/components/schemas/Outer/properties/inner', [['a', 'b']]],
      ['/components/schemas/Outer/properties/inner/items', ['a', 'b']],
    ]);
  });
});

describe('docs/facts.md', () => {
  it('explains each number once and leaves no gap', () => {
    const numbersOf = (letter: string) => explained.filter((number) => number?.startsWith(letter));
    const expected = ['F', 'D', 'R'].flatMap((letter) => numbersOf(letter).map((_, index) => `${letter}${index + 1}`));
    expect(explained).toEqual([...expected, 'P']);
    expect(explained.length).toBeGreaterThanOrEqual(42 + 25 + 9 + 1);
  });
});

describe.each(all)('openapi/$name', ({ name, document }) => {
  const found = statements(document);

  it('is seen by these tests', () => {
    expect(found.length).toBeGreaterThan(15);
    expect(ofKind(name, 'operation').length).toBeGreaterThan(1);
    expect(ofKind(name, 'schema').length).toBeGreaterThan(5);
  });

  it('states nothing that these tests do not see', () => {
    const nodes = new Set(found.map(({ node }) => node));
    const unseen = [...withSource(document)].filter(({ at, node }) => !nodes.has(node) && !at.includes('/dependentSchemas/'));
    expect(unseen.map(({ at }) => at)).toEqual([]);
  });

  it('says of every statement where it comes from', () => {
    expect(places(found.filter((statement) => sourcesOf(statement).length === 0))).toEqual([]);
  });

  it('names only numbers that docs/facts.md explains', () => {
    const unknown = found.flatMap((statement) => sourcesOf(statement).filter((number) => !explained.includes(String(number))));
    expect(unknown).toEqual([]);
  });

  it('has an example of every schema, parameter, header and message', () => {
    const kinds: readonly Statement['kind'][] = ['schema', 'parameter', 'header', 'message'];
    const possible = found.filter(({ kind, node }) => kinds.includes(kind) && !isNever(node) && !isNever(tree(node['schema'])));
    expect(places(possible.filter(({ examples }) => examples.length === 0))).toEqual([]);
  });

  it('has only schema examples that its schemas accept', () => {
    const schemas = found.filter(({ kind }) => kind === 'schema');
    expect(schemas.flatMap(({ at, examples }) => examples.flatMap((value) => faults(name, at, value)))).toEqual([]);
  });

  it('has only parameter and header examples that their schemas accept', () => {
    const carriers = found.filter(({ kind }) => kind === 'parameter' || kind === 'header');
    const schemaAt = ({ at, node }: Statement) => ('schema' in node ? `${at}/schema` : at);
    expect(carriers.flatMap((one) => one.examples.flatMap((value) => faults(name, schemaAt(one), value)))).toEqual([]);
  });
});

describe.each(['notifications.yaml', 'control.yaml', 'identity.yaml', 'activity.yaml'] as const)('the operations of openapi/%s', (name) => {
  const operations = ofKind(name, 'operation');

  it('all document 405, 500 and 503', () => {
    const lacking = operations.filter(({ node }) => ['405', '500', '503'].some((status) => !(status in tree(node['responses']))));
    expect(places(lacking)).toEqual([]);
  });

  it('all have an id of their own', () => {
    const ids = operations.map(({ node }) => node['operationId']);
    expect(ids.every((id) => typeof id === 'string')).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('give examples of bodies, and of answers that have one, which the schemas accept', () => {
    const holders = ofKind(name, 'body', 'response').flatMap(({ at, node }) =>
      Object.entries(tree(node['content'])).map(([type, media]) => ({
        at: `${at}/content/${type.replaceAll('/', '~1')}`,
        media: tree(media),
      })),
    );
    const without = holders.filter(({ media }) => examplesOf(media).length === 0 && !isReference(tree(media['schema'])));
    expect(without.map(({ at }) => at)).toEqual([]);
    expect(holders.flatMap(({ at, media }) => examplesOf(media).flatMap((value) => faults(name, `${at}/schema`, value)))).toEqual([]);
  });
});

describe('openapi/activity.yaml', () => {
  it('says of every statement how it is known', () => {
    const found = statements(tree(documents.get('activity.yaml')));
    expect(found.length).toBeGreaterThan(50);
    const marks = ['seen', 'sample', 'recorded', 'inferred'];
    expect(places(found.filter(({ node }) => !marks.includes(String(node['x-mark']))))).toEqual([]);
  });
});

describe('the error codes of openapi/notifications.yaml', () => {
  const document = tree(documents.get('notifications.yaml'));
  const components = tree(document['components']);
  const enumOf = (schema: string) => list(tree(tree(components['schemas'])[schema])['enum']);

  /** What the error responses say about `error`, beyond the shape they share. */
  const errors = [...Object.values(tree(components['responses'])), ...Object.values(tree(document['x-unmatched']))].flatMap((response) => {
    const media = tree(tree(tree(response)['content'])['application/json']);
    return list(tree(media['schema'])['allOf']).map((part) => tree(tree(tree(tree(part)['properties'])['error'])['properties']));
  });
  const used = (property: (error: ReturnType<typeof tree>) => readonly unknown[]) => [...new Set(errors.flatMap(property))].sort();

  it('[F19] are those that some response carries', () => {
    const codes = used((error) => [tree(error['code'])['const']].filter((code) => code !== undefined));
    // NotImplemented answers operations that only a user's own document has; no shipped operation carries it.
    expect([...enumOf('ErrorCode')].sort()).toEqual([...codes, 'NotImplemented'].sort());
  });

  it('have the reasons that some response carries', () => {
    const reasons = used((error) => list(tree(tree(tree(error['innerError'])['properties'])['code'])['enum']));
    expect([...enumOf('InnerErrorCode')].sort()).toEqual(reasons);
  });

  it('have a response for every error status that an operation documents', () => {
    const responses = tree(components['responses']);
    const referenced = ofKind('notifications.yaml', 'operation').flatMap(({ node }) => Object.values(tree(node['responses'])));
    const names = referenced.map((each) => String(tree(each)['$ref']).split('/').at(-1) ?? '');
    expect(names.filter((each) => !(each in responses))).toEqual([]);
  });
});

describe('openapi/devices.asyncapi.yaml', () => {
  it('has only message examples that the payload schemas accept', () => {
    const messages = ofKind('devices.asyncapi.yaml', 'message');
    expect(
      messages.flatMap(({ at, examples }) => examples.flatMap((value) => faults('devices.asyncapi.yaml', `${at}/payload`, value))),
    ).toEqual([]);
  });

  it('[R8] lists every close code once', () => {
    const codes = ofKind('devices.asyncapi.yaml', 'close code').map(({ node }) => node['code']);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes).toEqual(expect.arrayContaining([1001, 1003, 1008, 1009, 1013, 4401, 4409, 4410]));
  });

  it('[R8] has reasons of closes that differ, and fit into a close frame', () => {
    const reasons = ofKind('devices.asyncapi.yaml', 'close code').flatMap(({ node }) => Object.values(node['reasons'] ?? {}).map(String));
    expect(reasons).toContain('the emulator was reset');
    expect(new Set(reasons).size).toBe(reasons.length);
    expect(reasons.filter((reason) => Buffer.byteLength(reason) > 123)).toEqual([]);
  });
});
