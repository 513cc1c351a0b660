// Answers against the documents: nothing that they forbid is sent, and a user's own document drives the server without a code change.
import request from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { loadSpec } from '../../src/documents/spec.ts';
import type { ErrorKind } from '../../src/domain/errors.ts';
import { Refusal } from '../../src/domain/errors.ts';
import { authorise } from '../../src/domain/security.ts';
import { createHttpApp } from '../../src/http/app.ts';
import { graphErrors, refusalResult } from '../../src/http/errors.ts';
import type { HandlerResult } from '../../src/http/handler.ts';
import { createdBody, type HttpApp, type HttpAppOptions, shippedSpec, startHttpApp } from '../support/http-app.ts';
import { alteredCopy, writeDocument } from '../support/http-spec.ts';

const path = '/beta/me/notifications';
const good = { targetHostName: 'contoso.example', payload: { rawContent: 'Hello' } };
const location = 'http://a/beta/me/activities/3407d93c-77f7-4bc0-8fbf-46221a7bed72';

let app: HttpApp | undefined;
afterEach(async () => {
  await app?.stop();
  app = undefined;
});

async function start(options: HttpAppOptions = {}) {
  app = await startHttpApp(options);
  return { app, agent: request(app.url) };
}
const post = (agent: ReturnType<typeof request>) =>
  agent.post(path).set('Authorization', 'Bearer dev.app.server').set('X-UNS-ID', 'u').send(good);

const unlawful: readonly (readonly [title: string, reply: HandlerResult, keyword: string, where: string])[] = [
  ['a status that is not declared', { status: 202, body: {} }, 'responses', '202'],
  ['a header that is missing', { status: 201, body: createdBody }, 'required', 'Location'],
  ['a header that does not fit', { status: 201, headers: { Location: 'http://a/b' }, body: createdBody }, 'pattern', 'Location'],
  ['no body', { status: 201, headers: { Location: location } }, 'content', 'body'],
  [
    '[F10] rawContent echoed',
    { status: 201, headers: { Location: location }, body: { ...createdBody, payload: { rawContent: 'x' } } },
    'not',
    '/payload/rawContent',
  ],
  ['[F3] a member missing', { status: 201, headers: { Location: location }, json: '{}' }, 'required', '/@odata.context'],
];

/** In no form that a document asks for, but with all that any client can read. */
function expectPlain(answer: request.Response, message: string): void {
  expect(answer.status).toBe(500);
  expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'access-control-allow-origin': '*' });
  const { error } = answer.body;
  expect(error).toMatchObject({ code: 'InternalServerError', message, innerError: { 'request-id': answer.headers['request-id'] } });
  expect(error.innerError.date).toBeDefined();
}

describe('with response validation', () => {
  it.each(unlawful)('%s is answered 500, with keyword and place', async (_, reply, keyword, where) => {
    const { app, agent } = await start({ handlers: { postNotification: async () => reply } });
    const answer = await post(agent);
    expect(answer.status).toBe(500);
    expect(answer.body.error.code).toBe('InternalServerError');
    expect(answer.body.error.message).toContain(`${keyword} at ${where}`);
    expect(app.violations).toHaveLength(1);
    expect(app.violations[0]?.where).toBe(`postNotification ${reply.status}`);
    expect(app.errors).toHaveLength(1);
  });

  it('a body where none is declared is answered 500', async () => {
    const { agent } = await start({ handlers: { resetEmulator: async () => ({ status: 204, body: {} }) } });
    expect((await agent.post('/_emulator/v1/reset')).status).toBe(500);
  });

  it('the answer is plain JSON when even the 500 would break the document, and the log says why', async () => {
    const spec = await loadSpec({
      files: [alteredCopy('notifications.yaml', ['code: { const: InternalServerError }', 'code: { const: Gone }'])],
    });
    const { app, agent } = await start({ spec, handlers: { postNotification: async () => ({ status: 202 }) } });
    const answer = await post(agent);
    expectPlain(answer, 'The response 202 of postNotification would violate the document: responses at 202 (this status is not declared)');
    expect(app.violations.map(({ where }) => where)).toEqual(['postNotification 202', 'postNotification 500']);
    expect(app.errors).toEqual([
      'The response 202 of postNotification violates the document: responses at 202 (this status is not declared)',
      expect.stringMatching(/^The response 500 of postNotification violates the document: const at \/error\/code/),
      'The error 500 of postNotification is sent as plain JSON: the document allows neither the response 202 nor a 500 instead',
    ]);
  });

  it('an error is answered as it is, in plain JSON, where its operation declares neither that status nor 500', async () => {
    const { app, agent } = await start({ spec: await loadSpec({ files: [writeDocument(own(`{ '204': { description: x } }`))] }) });
    const answer = await agent.get('/own/1234');
    expect([answer.status, answer.headers['content-type']]).toEqual([400, 'application/json']);
    expect(answer.body.error).toMatchObject({ code: 'BadRequest', details: [{ code: 'maxLength', target: 'id' }] });
    expect(app.violations.map(({ where }) => where)).toEqual(['getOwn 400', 'getOwn 500']);
    expect(app.errors.at(-1)).toBe(
      'The error 400 of getOwn is sent as plain JSON: the document allows neither the response 400 nor a 500 instead',
    );
    expect((await agent.get('/own/1')).status).toBe(204);
  });

  it('a failure is answered in plain JSON where its operation declares no error', async () => {
    const files = [writeDocument(own(`{ '204': { description: x } }`).replace('getOwn', 'deleteSubscription'))];
    const handlers = { deleteSubscription: async () => Promise.reject(new Error('secret')) };
    const { agent } = await start({ spec: await loadSpec({ files }), handlers });
    const answer = await agent.get('/own/1');
    expect([answer.status, answer.body.error.code, answer.text]).toEqual([
      500,
      'InternalServerError',
      expect.not.stringContaining('secret'),
    ]);
  });
});

describe('without response validation', () => {
  it('answers are sent as they are', async () => {
    const { app, agent } = await start({
      validateResponses: false,
      handlers: { postNotification: async () => ({ status: 201, json: '{"a":1}' }) },
    });
    const answer = await post(agent);
    expect(answer.status).toBe(201);
    expect(answer.text).toBe('{"a":1}');
    expect(app.violations).toEqual([]);
  });
});

describe('the app', () => {
  it('is not made when an operation of the shipped documents has no handler, which is named', () => {
    const deps = { spec: shippedSpec, handlers: {} } as unknown as Parameters<typeof createHttpApp>[0];
    expect(() => createHttpApp(deps)).toThrow('postNotification');
  });
});

const own = (responses: string) => `
openapi: 3.1.0
info: { title: own, version: '1' }
paths:
  /own/{id}:
    get:
      operationId: getOwn
      parameters: [{ name: id, in: path, required: true, schema: { type: string, maxLength: 3 } }]
      responses: ${responses}
`;

describe("a user's own document", () => {
  const withOwn = async (responses: string) =>
    start({ spec: await loadSpec({ files: [writeDocument(own(responses))] }), validateResponses: false });

  it('has an operation that is unknown answered from its example', async () => {
    const { agent } = await withOwn(
      `{ '200': { description: x, headers: { X-Own: { schema: { type: string }, example: yes-it-is } }, content: { application/json: { example: { a: 1 } } } } }`,
    );
    const answer = await agent.get('/own/1');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ a: 1 });
    expect(answer.headers['x-own']).toBe('yes-it-is');
  });

  it('has one without an example answered 501 with the reason', async () => {
    const { agent } = await withOwn(`{ '200': { description: x, content: { application/json: { schema: { type: object } } } } }`);
    const answer = await agent.get('/own/1');
    expect(answer.status).toBe(501);
    expect(answer.body.error).toMatchObject({ code: 'NotImplemented', message: expect.stringContaining('getOwn') });
  });

  it('has its parameters judged, and the shipped answers where it has none of its own', async () => {
    const { agent } = await withOwn(`{ '204': { description: x } }`);
    expect((await agent.get('/own/1')).status).toBe(204);
    const answer = await agent.get('/own/1234');
    expect(answer.status).toBe(400);
    expect(answer.body.error.details).toEqual([{ code: 'maxLength', target: 'id', message: 'must have at most 3 characters' }]);
    expect((await agent.get(path)).headers['x-ms-ags-diagnostic']).toBeDefined();
  });

  const verdicts: readonly (readonly [title: string, change: readonly [string, string], status: number])[] = [
    ['another path', ['  /beta/me/notifications:', '  /beta/me/notes:'], 404],
    ['another method', ['    post:\n      operationId: postNotification', '    put:\n      operationId: postNotification'], 405],
    ['a required member more', ['required: [targetHostName, payload]', 'required: [targetHostName, payload, priority]'], 400],
    ['another media type', ['        content:\n          application/json:', '        content:\n          application/xml:'], 415],
    ['a smaller limit', ['x-max-bytes: 4194304', 'x-max-bytes: 10'], 413],
    ['user tokens only', ['        - appToken: []\n', ''], 403],
    ['a header refused', ['schema: { type: string, minLength: 1 }', 'schema: { type: string, minLength: 9 }'], 400],
  ];
  it.each(verdicts)('changes the verdict without a code change: %s', async (_, change, status) => {
    const { agent } = await start({ spec: await loadSpec({ files: [alteredCopy('notifications.yaml', change)] }) });
    expect((await post(agent)).status).toBe(status);
  });

  it('[F6] changes headers and media type of answers without a code change', async () => {
    const files = [alteredCopy('notifications.yaml', ["const: '4.0'", "const: '4.01'"], ['odata.metadata=minimal', 'odata.metadata=full'])];
    const { agent } = await start({ spec: await loadSpec({ files }) });
    const { headers } = await post(agent);
    expect(headers['odata-version']).toBe('4.01');
    expect(headers['content-type']).toContain('odata.metadata=full');
  });
});

describe('the table of errors', () => {
  const context = {
    requestId: '00000000-0000-4000-8000-000000000001',
    clientRequestId: '00000000-0000-4000-8000-000000000001',
    startedMs: 0,
    isSecure: false,
    origin: () => 'http://a',
  };
  const kinds = (Object.keys(graphErrors) as ErrorKind[]).filter((kind) => kind !== 'NotImplemented');

  it.each(kinds)('[F19] has %s in the words that the documents declare for its status', (kind) => {
    const reply = refusalResult(new Refusal(kind, 'It is so.', { allow: ['POST'] }), context, 0);
    const declared = shippedSpec.responseAnywhere(reply.status);
    expect(declared?.validateBody?.(reply.body, 0).violations).toEqual([]);
  });

  it('[F19] has every code that the documents declare, and no other', async () => {
    const { components } = (await import('yaml')).parse(
      (await import('node:fs')).readFileSync(new URL('../../openapi/notifications.yaml', import.meta.url), 'utf8'),
    );
    const rows: { code: string; innerCode?: string }[] = Object.values(graphErrors);
    expect(new Set(rows.map(({ code }) => code))).toEqual(new Set(components.schemas.ErrorCode.enum));
    expect(new Set(rows.flatMap(({ innerCode }) => innerCode ?? []))).toEqual(new Set(components.schemas.InnerErrorCode.enum));
  });

  it('over https asks no browser to remember', async () => {
    const { composeResponse: composeAnswer } = await import('../../src/http/response.ts');
    const { app } = await start();
    const deps = { spec: shippedSpec, clock: { now: () => 0 }, timer: { now: () => 0 }, version: '0' } as unknown as Parameters<
      typeof composeAnswer
    >[0];
    const { headers } = composeAnswer(deps, { request: { ...context, isSecure: true }, operation: undefined }, { status: 404, body: {} });
    expect(headers[headers.indexOf('Strict-Transport-Security') + 1]).toBe('max-age=0');
    expect(app.errors).toEqual([]);
  });
});

describe('authorise', () => {
  const server = { kind: 'app', clientId: 'server' } as const;
  const user = (...scopes: string[]) => ({ kind: 'user', userId: 'a', upn: 'a', clientId: undefined, scopes: new Set(scopes) }) as const;
  const app$ = { caller: 'app', scopes: [] } as const;
  const one = { caller: 'user', scopes: ['A'] } as const;
  const both = { caller: 'user', scopes: ['B', 'C'] } as const;
  it.each([
    ['anyone where nothing is asked for', server, [], undefined],
    ['[F17] an app-only token where one will do', server, [app$, one], undefined],
    ['no app-only token where a user is needed', server, [one, both], 'UserTokenRequired'],
    ['[F23] a user with the scope of one alternative', user('A'), [one, both], undefined],
    ['a user with all the scopes of another', user('B', 'C'), [one, both], undefined],
    ['[D4] no user with only some', user('B'), [one, both], 'MissingScope'],
    ['no user where only apps may', user('A'), [app$], 'MissingScope'],
  ] as const)('lets in %s', (_, caller, alternatives, kind) => {
    expect(authorise(caller, alternatives)?.kind).toBe(kind);
  });
});
