// The match of method and path, parameters, and the device socket of the AsyncAPI document.
import { describe, expect, it } from 'vitest';
import { createMatch } from '../../src/documents/match.ts';
import type { Operation } from '../../src/documents/operation.ts';
import { createParameter, validateParameters } from '../../src/documents/parameters.ts';
import { exactly } from '../../src/documents/request-rules.ts';
import { loadSpec } from '../../src/documents/spec.ts';

const spec = await loadSpec();
const operation = (method: string, path: string, trailingSlash = false): Operation => ({
  operationId: `${method} ${path}`,
  surface: 'notifications',
  method,
  path,
  tags: [],
  security: [],
  basic: 'ignored',
  parameters: [],
  readsClientRequestId: false,
  body: undefined,
  responses: new Map(),
  trailingSlash,
  keyInParentheses: false,
  rules: exactly,
  isShipped: true,
});

describe('match', () => {
  const match = createMatch([
    operation('GET', '/a/{x}'),
    operation('DELETE', '/a/{x}'),
    operation('GET', '/a/b'),
    operation('GET', '/{y}/b'),
    operation('POST', '/s', true),
    operation('GET', "/users('{id}')/n"),
    operation('GET', '/a/{x}/c d'),
  ]);
  const found = (method: string, path: string) => {
    const one = match(method, path);
    return one && ('operation' in one ? [one.operation.operationId, one.pathParameters] : one.allow);
  };

  it.each([
    ['GET', '/a/1', ['GET /a/{x}', { x: '1' }]],
    ['GET', '/a/b', ['GET /a/b', {}]],
    ['DELETE', '/a/b', ['GET']],
    ['PUT', '/a/1', ['GET', 'DELETE']],
    ['GET', '/z/b', ['GET /{y}/b', { y: 'z' }]],
    ['GET', '/%61/b', ['GET /a/b', {}]],
    ['GET', '/a/x%2Fy', ['GET /a/{x}', { x: 'x/y' }]],
    ['GET', '/a/1/c%20d', ['GET /a/{x}/c d', { x: '1' }]],
    ['GET', "/users('adele')/n", ["GET /users('{id}')/n", { id: 'adele' }]],
    ['POST', '/s', ['POST /s', {}]],
    ['POST', '/s/', ['POST /s', {}]],
    ['POST', '/s//', undefined],
    ['GET', '/a/1/', undefined],
    ['GET', '/a/', undefined],
    ['GET', '/a/%zz', undefined],
    ['GET', '/a/%ff', undefined],
    ['GET', '/A/b', ['GET /{y}/b', { y: 'A' }]],
    ['GET', '*', undefined],
    ['GET', '', undefined],
  ])('%s %s', (method, path, expected) => {
    expect(found(method, path)).toEqual(expected);
  });
});

describe('parameters', () => {
  const one = spec.match('GET', '/client/v1/notifications');
  const parameters = one && 'operation' in one ? one.operation.parameters : [];
  const validate = (given: Record<string, string | readonly string[]>) => validateParameters(parameters, ({ name }) => given[name], 0);

  it('are read by their type and have their defaults', () => {
    expect(validate({ 'X-UNS-ID': 'u', $top: '5' }).values).toEqual({
      path: {},
      header: { 'X-UNS-ID': 'u' },
      query: { $top: 5 },
      cookie: {},
    });
    expect(validate({ 'X-UNS-ID': 'u' }).values.query).toEqual({ $top: 100 });
  });

  it('[D3] report MissingUnsid for one that is absent or empty', () => {
    expect(validate({}).violations).toEqual([
      { kind: 'MissingUnsid', violation: { code: 'required', target: 'X-UNS-ID', message: 'is required' } },
    ]);
    expect(validate({ 'X-UNS-ID': '' }).violations[0]?.kind).toBe('MissingUnsid');
  });

  it.each([
    ...['x', '1e400', '-5', '5.5', '0', '1001', ' 5', 'NaN', 'Infinity'],
    ...['1e2', '5E0', '+5', '5.0', '5.', '.5', '-0', '0x10', '1_0', '5,0', '５', '5\n', '1'.repeat(20), '1'.repeat(400)],
  ])('are invalid with $top=%j', (text) => {
    expect(validate({ 'X-UNS-ID': 'u', $top: text }).violations).toMatchObject([
      { kind: 'InvalidParameter', violation: { target: '$top' } },
    ]);
  });
});

describe('a parameter that is', () => {
  const coerced = (type: string | readonly string[], text: string) => {
    const { coerce } = createParameter({
      ...{ file: 'own.yaml', location: 'p', name: 'p', in: 'query', isRequired: false, violation: undefined },
      schema: { type },
      validate: (value) => ({ value, violations: [] }),
    });
    return coerce(text);
  };
  const integers = ['5', '-5', '007', '0'];
  const otherNumbers = ['1e2', '5.0', '1.5', '-2E-1'];
  const neither = ['+5', '5.', '.5', '0x10', '', ' 5', 'Infinity', 'NaN'];

  it.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['an integer', ['integer'], integers, [...otherNumbers, ...neither]],
    ['an integer or null', ['integer', 'null'], integers, [...otherNumbers, ...neither]],
    ['a number', ['number'], [...integers, ...otherNumbers], neither],
    ['a string', ['string'], [], [...integers, ...otherNumbers, ...neither]],
  ])('%s is read from no other text', (_what, type, numbers, texts) => {
    for (const text of numbers) expect(coerced(type, text), text).toBe(Number(text));
    for (const text of texts) expect(coerced(type, text), text).toBe(text);
  });
});

describe('the socket', () => {
  const { socket } = spec;

  it('[R6] [R7] [R8] [D13] has limits and close codes from the document', () => {
    expect(socket).toMatchObject({ path: '/client/v1/socket', method: 'GET', subprotocol: 'notifications.v1.json' });
    expect(socket.limits).toEqual({
      maxMessageBytes: 65_536,
      maxEmbeddedBytes: 262_144,
      maxUnsentBytes: 1_048_576,
      stallSeconds: 10,
      heartbeatSeconds: 30,
      missedHeartbeats: 2,
      invalidMessagesInARow: 10,
    });
    expect(socket.closeCodes).toEqual({
      goingAway: 1001,
      binaryMessage: 1003,
      tooManyInvalid: 1008,
      messageTooBig: 1009,
      serverFault: 1011,
      tooSlow: 1013,
      tokenExpired: 4401,
      replaced: 4409,
      subscriptionGone: 4410,
    });
    expect(socket.security).toHaveLength(2);
  });

  it('[D14] validates the parameters of its query', () => {
    const validate = (given: Record<string, string>) => validateParameters(socket.query, ({ name }) => given[name], 0);
    expect(validate({ unsid: 'u', cursor: 'c' })).toMatchObject({ values: { query: { unsid: 'u', cursor: 'c' } }, violations: [] });
    expect(validate({}).violations.map(({ kind }) => kind)).toEqual(['MissingUnsid']);
    expect(validate({ unsid: 'u', access_token: '' }).violations.map(({ kind }) => kind)).toEqual(['InvalidParameter']);
  });

  it('[R2] takes an ack', () => {
    expect(socket.parseClientMessage('{"type":"ack","cursor":"c"}')).toEqual({ ok: true, message: { type: 'ack', cursor: 'c' } });
  });

  it.each([
    ['hello', '', 'InvalidJson'],
    ['', '', 'InvalidJson'],
    ['[]', '', 'type'],
    ['null', '', 'type'],
    ['{}', '/type', 'required'],
    ['{"type":"nack"}', '/type', 'enum'],
    ['{"type":["ack"],"cursor":"c"}', '/type', 'enum'],
    ['{"type":"toString"}', '/type', 'enum'],
    ['{"__proto__":{"type":"ack","cursor":"c"}}', '/type', 'required'],
    ['{"type":"ack"}', '/cursor', 'required'],
    ['{"type":"ack","cursor":5}', '/cursor', 'type'],
    ['{"type":"ack","cursor":""}', '/cursor', 'minLength'],
    ['['.repeat(10_000), '', 'InvalidJson'],
  ])('[R8] has %s as invalid', (text, target, code) => {
    expect(socket.parseClientMessage(text)).toMatchObject({ ok: false, violations: [{ target, code }] });
  });

  it('finds what the document forbids in a message of the server', () => {
    expect(socket.checkServerMessage({ type: 'signal', cursor: 'c' })).toEqual([]);
    expect(socket.checkServerMessage({ type: 'ack', cursor: 'c' })).toMatchObject([{ code: 'enum', target: '/type' }]);
    const notification = { type: 'notification', change: 'created', cursor: 'c', notification: { status: 'Deleted' } };
    expect(socket.checkServerMessage(notification).map(({ target }) => target)).toContain('/notification/lastModifiedDateTime');
    expect(socket.checkServerMessage(notification).map(({ target }) => target)).not.toContain('/notification/payload');
  });
});
