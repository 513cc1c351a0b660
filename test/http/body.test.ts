// Request bodies: media types, encodings, sizes, bad input; whatever is sent, the answer is Graph's error body.
import { once } from 'node:events';
import { connect } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import request from 'supertest';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { exchangeRaw, type HttpApp, startHttpApp } from '../support/http-app.ts';
import { settle } from '../support/time.ts';

const path = '/beta/me/notifications';
const maxBytes = 4_194_304;
const json = 'application/json';
const good = JSON.stringify({ targetHostName: 'contoso.example', payload: { rawContent: 'Hello' } });
const ofSize = (bytes: number) => `{"targetHostName":"a","payload":{"rawContent":"${'x'.repeat(bytes - 51)}"}}`.padEnd(bytes);

let app: HttpApp;
beforeAll(async () => {
  app = await startHttpApp();
});
afterAll(() => app.stop());
afterEach(() => {
  expect(app.violations).toEqual([]);
  expect(app.errors).toEqual([]);
});

interface Sent {
  readonly type?: string | undefined;
  readonly encoding?: string;
}

/** Sends exactly these bytes. */
async function post(body: string | Buffer, { type = json, encoding }: Sent = {}) {
  const bytes = Buffer.from(body);
  const headers = [
    `POST ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Connection: close',
    'Authorization: Bearer dev.app.server',
    'X-UNS-ID: unsid-1',
    ...(type === '' ? [] : [`Content-Type: ${type}`]),
    ...(encoding === undefined ? [] : [`Content-Encoding: ${encoding}`]),
    `Content-Length: ${bytes.length}`,
  ];
  const answer = await exchangeRaw(app.port, `${headers.join('\r\n')}\r\n\r\n`, bytes);
  return { ...answer, error: answer.status === 201 ? undefined : JSON.parse(answer.body).error };
}

describe('a body', () => {
  it.each([json, 'Application/JSON', `${json}; charset=utf-8`, `${json};charset="UTF-8"`, `${json};odata.metadata=minimal`])(
    'is read as %s',
    async (type) => {
      expect((await post(good, { type })).status).toBe(201);
    },
  );

  it.each([
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    `${json}; charset=utf-16`,
    `${json}; charset=iso-8859-1`,
    'multipart/form-data; boundary=x',
    ';',
  ])('[F18] is 415 ContentType as "%s"', async (type) => {
    const { status, error } = await post(good, { type });
    expect(status).toBe(415);
    expect(error).toMatchObject({ code: 'UnsupportedMediaType', innerError: { code: 'ContentType' } });
  });

  it.each([
    ['identity', Buffer.from(good)],
    ['gzip', gzipSync(good)],
    ['GZIP', gzipSync(good)],
    ['deflate', deflateSync(good)],
    ['deflate', deflateRawSync(good)],
  ] as const)('[F18] is read with Content-Encoding %s', async (encoding, bytes) => {
    expect((await post(bytes, { encoding })).status).toBe(201);
  });

  it.each([
    ['br', brotliCompressSync(good)],
    ['gzip, deflate', deflateSync(gzipSync(good))],
    ['gzip, gzip', gzipSync(gzipSync(good))],
    ['x-gzip', gzipSync(good)],
    ['compress', Buffer.from(good)],
    ['', Buffer.from(good)],
  ] as const)('[F18] is 415 ContentEncoding with "%s"', async (encoding, bytes) => {
    const { status, error } = await post(bytes, { encoding });
    expect(status).toBe(415);
    expect(error).toMatchObject({
      code: 'UnsupportedMediaType',
      innerError: { code: 'ContentEncoding' },
      details: [{ target: 'Content-Encoding' }],
    });
  });

  it.each([
    ['gzip', Buffer.from(good)],
    ['gzip', gzipSync(good).subarray(0, 40)],
    ['gzip', Buffer.alloc(0)],
    ['deflate', deflateSync(good).subarray(0, 20)],
    ['deflate', Buffer.from(good)],
  ] as const)('[F18] is 400 CorruptEncoding when it is no whole %s', async (encoding, bytes) => {
    const { status, error } = await post(bytes, { encoding });
    expect(status).toBe(400);
    expect(error).toMatchObject({ code: 'BadRequest', innerError: { code: 'CorruptEncoding' } });
  });

  it('[D13] may have 4 MiB, plain or decompressed', async () => {
    const text = ofSize(maxBytes);
    expect((await post(text)).status).toBe(201);
    expect((await post(gzipSync(text), { encoding: 'gzip' })).status).toBe(201);
  });

  it('[D13] is 413 with one byte more, plain or decompressed', async () => {
    const text = ofSize(maxBytes + 1);
    for (const answer of [
      await post(text),
      await post(gzipSync(text), { encoding: 'gzip' }),
      await post(deflateRawSync(text), { encoding: 'deflate' }),
    ]) {
      expect(answer.status).toBe(413);
      expect(answer.error.code).toBe('RequestEntityTooLarge');
    }
  });

  it('[D13] is 413 when its size is not announced and it never ends within the limit', async () => {
    const head = `POST ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer dev.app.server\r\nX-UNS-ID: u\r\nContent-Type: ${json}\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
    const answer = await exchangeRaw(app.port, head, chunk, chunk, chunk, chunk, chunk, '0\r\n\r\n');
    expect(answer.status).toBe(413);
  });

  it('[D13] is 413 when it explodes, without being held', async () => {
    const bomb = gzipSync(Buffer.alloc(512 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(maxBytes);
    const before = process.memoryUsage().rss;
    expect((await post(bomb, { encoding: 'gzip' })).status).toBe(413);
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 * 1024);
  });

  it('costs nothing when its sender goes away', async () => {
    const socket = connect(app.port, '127.0.0.1');
    const received = once(app.server, 'request');
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer dev.app.server\r\nX-UNS-ID: u\r\nContent-Type: ${json}\r\nContent-Length: 100\r\n\r\n{`,
    );
    const [req] = await received;
    socket.destroy();
    await new Promise((resolve) => req.once('close', resolve));
    await settle();
    expect(app.errors).toEqual([]);
  });
});

const bad: readonly (readonly [title: string, body: string | Buffer, inner: string, details?: readonly object[]])[] = [
  ['nothing', '', 'InvalidJson'],
  ['white space', '  ', 'InvalidJson'],
  ['half an object', '{"targetHostName":', 'InvalidJson'],
  ['a comment', '{} // no', 'InvalidJson'],
  ['NaN', '{"displayTimeToLive":NaN}', 'InvalidJson'],
  ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 'InvalidJson'],
  ['UTF-16', Buffer.from(good, 'utf16le'), 'InvalidJson'],
  ['10,000 open brackets', '['.repeat(10_000), 'InvalidJson'],
  ['an array', '[]', 'BodyIsArray'],
  ['an array of requests', `[${good}]`, 'BodyIsArray'],
  ['10,000 nested arrays', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'BodyIsArray'],
  ['a string', '"x"', 'InvalidBody', [{ code: 'type', target: '', message: 'must be an object' }]],
  ['null', 'null', 'InvalidBody'],
  ['a number', '5', 'InvalidBody'],
  [
    'an empty object',
    '{}',
    'InvalidBody',
    [
      { code: 'required', target: '/targetHostName', message: 'is required' },
      { code: 'required', target: '/payload', message: 'is required' },
    ],
  ],
  ['a __proto__ in place of the members', `{"__proto__":${good}}`, 'InvalidBody'],
  ['a payload with a __proto__', '{"targetHostName":"a","payload":{"__proto__":{"rawContent":"x"}}}', 'InvalidBody'],
  [
    'a million wrong items',
    `{"targetHostName":"a","payload":{"rawContent":"x"},"targetPolicy":{"platformTypes":[${'1,'.repeat(1_000_000)}1]}}`,
    'InvalidBody',
    [{ code: 'type', target: '/targetPolicy/platformTypes/0', message: 'must be a string' }],
  ],
  ['a leap second', '{"targetHostName":"a","payload":{"rawContent":"x"},"expirationDateTime":"2019-08-23T23:59:60Z"}', 'InvalidBody'],
];

describe('bad input', () => {
  const rows = bad.map(([title, body, inner, details]) => ({ title, body, inner, details }));
  it.each(rows)('[D7] [F18] [F19] $title is reported as what it is', async ({ body, inner, details }) => {
    const { status, error } = await post(body);
    expect(status).toBe(400);
    expect(error.code).toBe('BadRequest');
    expect(error.innerError.code).toBe(inner);
    if (details) expect(error.details).toEqual(details);
  });

  it('10,000 levels in a member that is unknown are let be', async () => {
    const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    expect((await post(`{"targetHostName":"a","payload":{"rawContent":"x"},"extra":${deep}}`)).status).toBe(201);
  });

  it('[D6] members that are unknown are ignored, __proto__ too', async () => {
    app.calls.length = 0;
    expect((await post(`{"__proto__":{"polluted":true},"constructor":1,"extra":[1],${good.slice(1)}`)).status).toBe(201);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('a byte order mark is let be', async () => {
    expect((await post(`\u{feff}${good}`)).status).toBe(201);
  });

  it('[F14] [F7] a body comes to the handler in the spelling of the document', async () => {
    app.calls.length = 0;
    const sent = {
      targetHostName: 'a',
      payload: { rawContent: 'x' },
      targetPolicy: { platformTypes: ['windows', 'IOS'] },
      displayTimeToLive: '60',
    };
    expect((await post(JSON.stringify(sent))).status).toBe(201);
    expect(app.calls[0]?.call.body).toMatchObject({ targetPolicy: { platformTypes: ['Windows', 'iOS'] }, displayTimeToLive: 60 });
  });

  it('a body without content type and length is 415 and not a hang', async () => {
    const answer = await request(app.url).post(path).set('Authorization', 'Bearer dev.app.server').set('X-UNS-ID', 'u');
    expect(answer.status).toBe(415);
  });
});
