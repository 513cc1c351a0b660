// The Graph surface's bodies: their size, compression, encoding and depth.
import { describe, expect, it } from 'vitest';
import { type NotificationBody, rawBody, serverToken, type TestEmulator, useEmulators } from '../support/emulator.ts';
import { type Call, errorOf } from '../support/http-call.ts';

const start = useEmulators();
const path = '/beta/me/notifications';

/** Publishes to adele, who has one device. */
async function startWithAdele(...parts: Parameters<typeof start>) {
  const emulator = await start(...parts);
  const adele = await emulator.subscribe('adele');
  const post = (more: object = {}, call: Partial<Call> = {}) =>
    emulator.send<NotificationBody>({ path, token: serverToken, unsid: adele.unsid, json: { ...rawBody, ...more }, ...call });
  return { emulator, adele, post };
}

describe('bodies', () => {
  const sized = (bytes: number) => {
    const frame = JSON.stringify({ ...rawBody, payload: { rawContent: '' } }).length;
    return JSON.stringify({ ...rawBody, payload: { rawContent: 'x'.repeat(bytes - frame) } });
  };
  const json = { 'Content-Type': 'application/json' };
  const postBytes = (emulator: TestEmulator, unsid: string, bytes: string | Buffer, headers = {}) =>
    emulator.send({ method: 'POST', path, token: serverToken, unsid, bytes, headers: { ...json, ...headers } });

  it('[D13] are read up to 4 MiB and refused a byte above', async () => {
    const { emulator, adele } = await startWithAdele();
    const limit = 4 * 1024 * 1024;
    expect((await postBytes(emulator, adele.unsid, sized(limit))).status).toBe(201);
    const tooLarge = await postBytes(emulator, adele.unsid, sized(limit + 1));
    expect([tooLarge.status, errorOf(tooLarge).code]).toEqual([413, 'RequestEntityTooLarge']);
    const chunked = await postBytes(emulator, adele.unsid, sized(limit + 1), { 'Transfer-Encoding': 'chunked' });
    expect(chunked.status).toBe(413);
  });

  it('[D13][F18] are judged by their size after decompression', async () => {
    const { gzipSync, deflateSync } = await import('node:zlib');
    const { emulator, adele } = await startWithAdele();
    const exploding = sized(40 * 1024 * 1024);
    expect((await postBytes(emulator, adele.unsid, gzipSync(exploding), { 'Content-Encoding': 'gzip' })).status).toBe(413);
    expect((await postBytes(emulator, adele.unsid, deflateSync(exploding), { 'Content-Encoding': 'deflate' })).status).toBe(413);
    const cut = gzipSync(sized(1000)).subarray(0, 40);
    const corrupt = await postBytes(emulator, adele.unsid, cut, { 'Content-Encoding': 'gzip' });
    expect([corrupt.status, errorOf(corrupt).innerError.code]).toEqual([400, 'CorruptEncoding']);
  });

  it('[F18] that are not UTF-8 are 400', async () => {
    const { emulator, adele } = await startWithAdele();
    const broken = Buffer.from(JSON.stringify(rawBody).replace('Hello', 'H\u00ffllo'), 'latin1');
    const answer = await postBytes(emulator, adele.unsid, broken);
    expect([answer.status, errorOf(answer).innerError.code]).toEqual([400, 'InvalidJson']);
  });

  it('[F18][D6] nested 10,000 deep are judged like any other', async () => {
    const { emulator, adele } = await startWithAdele();
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    expect((await postBytes(emulator, adele.unsid, deep)).status).toBe(400);
    expect((await postBytes(emulator, adele.unsid, JSON.stringify(rawBody).replace('{', `{"extra":${deep},`))).status).toBe(201);
    expect((await postBytes(emulator, adele.unsid, JSON.stringify(rawBody).replace('"Hello"', deep))).status).toBe(400);
    const deepObject = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    expect((await postBytes(emulator, adele.unsid, deepObject)).status).toBe(400);
  });

  it('[F18] may come to an unknown UNSID, whose bytes name nothing', async () => {
    const { emulator } = await startWithAdele();
    for (const unsid of ['\u00e4\u00f6', "' OR 1=1", '__proto__', 'x'.repeat(4000)]) {
      expect((await emulator.send({ path, token: serverToken, unsid, json: rawBody })).status).toBe(403);
    }
  });
});
