// Loading documents: the shipped ones, a user's own in their place, and one clear line for each that cannot be used.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DocumentError } from '../../src/documents/document-error.ts';
import { loadSpec } from '../../src/documents/spec.ts';
import { aliasBomb } from '../support/alias-bomb.ts';
import { alteredCopy, type ShippedName, writeDocument } from '../support/http-spec.ts';

const spec = await loadSpec({ compileAll: true });

describe('the shipped documents', () => {
  it('compile, every schema of them', () => {
    expect(spec.documents.map(({ kind, isShipped }) => [kind, isShipped])).toEqual([
      ['notifications', true],
      ['control', true],
      ['identity', true],
      ['activity', true],
      ['devices', true],
    ]);
    expect(spec.operations.length).toBeGreaterThanOrEqual(27);
  });

  it('load quickly', async () => {
    const started = performance.now();
    await loadSpec();
    // Aim: 250 ms on two idle cores; the test leaves room for busy ones.
    expect(performance.now() - started).toBeLessThan(1500);
  });

  it('[F8] [D12] say how long notifications and subscriptions live', () => {
    expect(spec.lifetimes).toEqual({ notificationMs: 7 * 86_400_000, subscriptionMs: 30 * 86_400_000 });
  });

  it('[F17] [F23] [D26] [D27] say who may call, and what the token may be for', () => {
    const security = Object.fromEntries(spec.operations.map((operation) => [operation.operationId, operation.security]));
    expect(security['postNotification']).toEqual([
      { caller: 'app', scopes: [], resources: ['graph'] },
      { caller: 'user', scopes: ['Notifications.ReadWrite.CreatedByApp'], resources: ['graph'] },
      { caller: 'user', scopes: ['UserNotification.ReadWrite.CreatedByApp'], resources: ['graph'] },
    ]);
    expect(security['listSubscriptions']).toEqual([
      { caller: 'user', scopes: ['Notifications.ReadWrite.CreatedByApp'] },
      { caller: 'user', scopes: ['UserActivity.ReadWrite.CreatedByApp'] },
    ]);
    expect(security['getHealth']).toEqual([]);
  });
});

const minimal = (more = '') =>
  `openapi: 3.1.0\ninfo: { title: a, version: '1' }\npaths:\n  /hello:\n    get:\n      operationId: hello\n      responses: { '204': { description: x } }\n${more}`;

describe("a user's own document", () => {
  it('replaces the shipped one of its kind, in YAML or JSON', async () => {
    const json = writeDocument(
      JSON.stringify({
        openapi: '3.1.0',
        info: { title: 'a', version: '1' },
        paths: { '/_emulator/x': { get: { operationId: 'x', responses: { 204: { description: 'x' } } } } },
      }),
      'own.json',
    );
    const own = await loadSpec({ files: [writeDocument(minimal()), json] });
    expect(
      own.operations
        .filter(({ surface }) => surface !== 'identity' && surface !== 'activity')
        .map(({ operationId, isShipped }) => [operationId, isShipped]),
    ).toEqual([
      ['hello', false],
      ['x', false],
    ]);
    expect(own.documents.map(({ isShipped }) => isShipped)).toEqual([false, false, true, true, true]);
    expect(own.lifetimes).toEqual(spec.lifetimes);
    expect(own.unmatched.has('404')).toBe(true);
  });

  it('is what the other documents refer to', async () => {
    const own = await loadSpec({ files: [alteredCopy('notifications.yaml', ['required: [title]', 'required: [title, body]'])] });
    const toast = {
      type: 'toast',
      cursor: 'c',
      notificationId: '3407d93c-77f7-4bc0-8fbf-46221a7bed72',
      visualContent: { title: 'x' },
      reason: 'fallback',
    };
    expect(spec.socket.checkServerMessage(toast)).toEqual([]);
    expect(own.socket.checkServerMessage(toast)).toEqual([{ code: 'required', target: '/visualContent/body', message: 'is required' }]);
  });

  it('may refer to ./notifications.yaml where none lies beside it', async () => {
    const own = await loadSpec({
      files: [
        alteredCopy('control.yaml', ['maximum: 31536000', 'maximum: 5']),
        alteredCopy('devices.asyncapi.yaml', ['code: 4409', 'code: 4499']),
      ],
    });
    expect(own.socket.closeCodes.replaced).toBe(4499);
    expect(own.match('GET', '/_emulator/v1/health')).toMatchObject({ operation: { isShipped: false } });
  });

  it.each([
    ['a header in letters of another case', '            Sec-WebSocket-Protocol: {', '            sec-websocket-protocol: {'],
    ['the extension alone', '            Sec-WebSocket-Protocol: {', '            Sec-WebSocket-Extensions: {'],
  ])('states its subprotocol by %s', async (_, from, to) => {
    const own = await loadSpec({
      files: [
        alteredCopy(
          'devices.asyncapi.yaml',
          [from, to],
          ['required: [Sec-WebSocket-Protocol]', 'required: [sec-websocket-protocol]'],
          ...(to.includes('Extensions') ? [['    x-security:', '    x-subprotocol: notifications.v1.json\n    x-security:'] as const] : []),
        ),
      ],
    });
    expect(own.socket.subprotocol).toBe('notifications.v1.json');
  });

  it('[F31] is known for the identity document by its paths, whatever it calls a tenant', async () => {
    const path =
      '  /{authority}/oauth2/v2.0/token:\n    get:\n      operationId: hello\n      parameters: [{ name: authority, in: path, required: true, schema: { type: string } }]';
    const lifetimes = readFileSync(new URL('../../openapi/identity.yaml', import.meta.url), 'utf8').match(/x-lifetimes:\n(?: .*\n)+/)?.[0];
    const own = await loadSpec({
      files: [writeDocument(minimal(lifetimes).replace('  /hello:\n    get:\n      operationId: hello', path))],
    });
    expect(own.documents.filter(({ isShipped }) => !isShipped).map(({ kind }) => kind)).toEqual(['identity']);
  });

  it('changes lifetimes', async () => {
    const own = await loadSpec({
      files: [
        alteredCopy('notifications.yaml', ['x-default-ahead: P7D', 'x-default-ahead: PT1H'], ['x-lifetime: P30D', 'x-lifetime: P1D']),
      ],
    });
    expect(own.lifetimes).toEqual({ notificationMs: 3_600_000, subscriptionMs: 86_400_000 });
  });
});

const referenceBomb = `components:\n  schemas:\n${Array.from({ length: 30 }, (_, at) => {
  const next = `{ $ref: '#/components/schemas/S${at + 1}' }`;
  return `    S${at}: { allOf: [${next}, ${next}] }\n`;
}).join('')}    S30: { type: string }\n`;

const altered = (name: ShippedName, from: string, to: string) => () => alteredCopy(name, [from, to]);
const broken: readonly (readonly [title: string, file: () => string, says: RegExp])[] = [
  ['a file that is not there', () => join('/nowhere', 'x.yaml'), /x\.yaml: .*no such file/],
  ['bad YAML', () => writeDocument('a: [1\nb: 2'), /document\.yaml: /],
  ['bad JSON', () => writeDocument('{"a":', 'x.json'), /x\.json: /],
  ['an empty file', () => writeDocument(''), /is neither an OpenAPI nor an AsyncAPI document/],
  ['another kind of document', () => writeDocument('a: 1'), /is neither an OpenAPI nor an AsyncAPI document/],
  [
    'an OpenAPI document without paths',
    () => writeDocument('openapi: 3.1.0'),
    /^[^:]*document\.yaml: is not a valid OpenAPI document: [^/]+$/,
  ],
  ['an invalid OpenAPI document', () => writeDocument(minimal().replace("version: '1'", 'version: 1')), /document\.yaml: .*version/i],
  ['an unknown member in it', () => writeDocument(minimal('nonsense: 1\n')), /document\.yaml: #.*unevaluated/],
  ['another version of OpenAPI', () => writeDocument(minimal().replace('3.1.0', '4.0.0')), /Unsupported OpenAPI version: 4\.0\.0/],
  [
    'an operation without operationId',
    () => writeDocument(minimal().replace('      operationId: hello\n', '')),
    /GET \/hello: has no operationId/,
  ],
  [
    'an operationId that is taken',
    () => writeDocument(minimal().replace('hello\n      resp', 'getHealth\n      resp')),
    /the operationId getHealth is taken by /,
  ],
  ['a schema that does not compile', altered('notifications.yaml', 'enum: [None, High, Low]', 'enum: none'), /does not compile: .*enum/],
  ['a keyword that is unknown', altered('notifications.yaml', 'minLength: 1', 'minLenght: 1'), /does not compile: .*minLenght/],
  ['an unknown format', altered('notifications.yaml', 'format: date-time', 'format: date-tme'), /does not compile: .*date-tme/],
  [
    'a bad duration',
    altered('notifications.yaml', 'x-max-ahead: P30D', 'x-max-ahead: P1M'),
    /postNotification request body: .*x-max-ahead: 'P1M'/,
  ],
  [
    'a missing lifetime',
    altered('notifications.yaml', 'x-default-ahead: P7D', 'x-level: MUST'),
    /postNotification expirationDateTime: x-default-ahead is missing/,
  ],
  [
    'an unknown violation',
    altered('notifications.yaml', 'x-violation: MissingUnsid', 'x-violation: Nonsense'),
    /x-violation must be one of/,
  ],
  [
    'a reference into nothing',
    altered('notifications.yaml', "'#/components/schemas/Priority'", "'#/components/schemas/Nothing'"),
    /Nothing/,
  ],
  ['a missing limit', altered('devices.asyncapi.yaml', 'stallSeconds:', 'stalSeconds:'), /#\/x-limits\/stallSeconds\/value: is missing/],
  ['a missing close code', altered('devices.asyncapi.yaml', 'replaced:', 'replacd:'), /#\/x-close-codes\/replaced\/code: is missing/],
  ['a limit below 0', altered('devices.asyncapi.yaml', '{ value: 65536', '{ value: -1'), /#\/x-limits\/maxMessageBytes\/value: must be/],
  ['a limit of 0', altered('devices.asyncapi.yaml', '{ value: 30,', '{ value: 0,'), /#\/x-limits\/heartbeatSeconds\/value: must be/],
  [
    'a limit too large',
    altered('devices.asyncapi.yaml', '{ value: 65536', '{ value: 1e10'),
    /#\/x-limits\/maxMessageBytes\/value: must be/,
  ],
  ['a close code that may not be sent', altered('devices.asyncapi.yaml', 'code: 1003', 'code: 1005'), /binaryMessage\/code: must be/],
  ['a close code that is none', altered('devices.asyncapi.yaml', 'code: 4409', 'code: 99999'), /replaced\/code: must be/],
  [
    'a size that is none',
    altered('notifications.yaml', 'x-max-bytes: 4194304', 'x-max-bytes: big'),
    /postNotification .*x-max-bytes must be/,
  ],
  ['a negative size', altered('control.yaml', 'x-max-bytes: 65536', 'x-max-bytes: -1'), /advanceClock .*x-max-bytes must be/],
  [
    'no letter case',
    altered('activity.yaml', 'case: insensitive, nulls', 'case: lower, nulls'),
    /x-requests case: must be sensitive or insensitive/,
  ],
  [
    'no way to take nulls',
    altered('notifications.yaml', 'nulls: absent, x-source', 'nulls: none, x-source'),
    /x-requests nulls: must be values or absent/,
  ],
  ['another version of AsyncAPI', altered('devices.asyncapi.yaml', 'asyncapi: 3.0.0', 'asyncapi: 2.6.0'), /only AsyncAPI 3 is supported/],
  [
    'no subprotocol',
    altered('devices.asyncapi.yaml', 'Sec-WebSocket-Protocol: {', 'Sec-WebSocket-Extensions: {'),
    /bindings\/ws\/headers: must have a property Sec-WebSocket-Protocol/,
  ],
  [
    'a subprotocol without a constant',
    altered('devices.asyncapi.yaml', 'const: notifications.v1.json', 'minLength: 1'),
    /headers\/properties\/Sec-WebSocket-Protocol\/const: must be a string/,
  ],
  [
    'a subprotocol that need not be offered',
    altered('devices.asyncapi.yaml', 'required: [Sec-WebSocket-Protocol]', 'required: []'),
    /bindings\/ws\/headers\/required: must be Sec-WebSocket-Protocol alone/,
  ],
  [
    'a header that is required beside the subprotocol',
    altered('devices.asyncapi.yaml', 'required: [Sec-WebSocket-Protocol]', 'required: [Sec-WebSocket-Protocol, Origin]'),
    /bindings\/ws\/headers\/required: must be Sec-WebSocket-Protocol alone/,
  ],
  [
    'two subprotocols',
    altered('devices.asyncapi.yaml', '    x-security:', '    x-subprotocol: other.v1.json\n    x-security:'),
    /x-subprotocol: must be notifications\.v1\.json/,
  ],
  [
    'a message without a type',
    altered('devices.asyncapi.yaml', 'const: ack', 'minLength: 1'),
    /message ack: its payload has no type with a const/,
  ],
  ['an action that is none', altered('devices.asyncapi.yaml', 'action: receive', 'action: take'), /action: must be send or receive/],
  ['an alias bomb', () => writeDocument(minimal(aliasBomb('x-bomb'))), /is too large: .* more than 1000000 values/],
  ['a bomb of references', () => writeDocument(minimal(referenceBomb)), /is too large: .* more than 1000000 values/],
  ['an alias that contains itself', () => writeDocument(minimal('x-loop: &loop { loop: *loop }\n')), /circular/i],
];

describe('a document that cannot be used', () => {
  it.each(broken)('%s is reported in one line that names the file', async (_, file, says) => {
    const path = file();
    const error = await loadSpec({ files: [path] }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DocumentError);
    const { message } = error as DocumentError;
    expect(message).toMatch(says);
    expect(message).toContain(path);
    expect(message).not.toContain('\n');
  });

  it('two of one kind are refused', async () => {
    await expect(loadSpec({ files: [writeDocument(minimal()), writeDocument(minimal())] })).rejects.toThrow(/describes the same surface/);
  });
});
