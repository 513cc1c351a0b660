// Bodies of responses are read up to a limit, by every client.
import { describe, expect, it } from 'vitest';
import { BodyTooLargeError, readText } from '../../src/client/body.ts';
import { createClient } from '../../src/client/client.ts';
import { createIdentityClient } from '../../src/client/identity-client.ts';

const mebibyte = new Uint8Array(1_048_576).fill(0x20);

/** A body that never ends, and how much of it was read. */
function endless() {
  const seen = { mebibytes: 0, isCancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      seen.mebibytes += 1;
      controller.enqueue(mebibyte);
    },
    cancel() {
      seen.isCancelled = true;
    },
  });
  return { seen, response: new Response(body, { headers: { 'content-type': 'application/json' } }) };
}

describe('a body', () => {
  it.each([
    ['', ''],
    ['{"a":1}', '{"a":1}'],
    ['zażółć 😀', 'zażółć 😀'],
  ])('of %j is read as text', async (sent, text) => {
    expect(await readText(new Response(sent))).toBe(text);
  });

  it('is read to its last byte when it is as large as the limit, and refused when it is larger', async () => {
    expect(await readText(new Response('12345'), 5)).toBe('12345');
    await expect(readText(new Response('123456'), 5)).rejects.toThrow(BodyTooLargeError);
  });

  it('keeps a character that arrives in two pieces', async () => {
    const bytes = new TextEncoder().encode('😀');
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes.slice(0, 2));
        controller.enqueue(bytes.slice(2));
        controller.close();
      },
    });
    expect(await readText(new Response(body))).toBe('😀');
  });
});

describe('a body without end', () => {
  it('ends a call of the client with an error that names the service and the limit', async () => {
    const { seen, response } = endless();
    const client = createClient({ url: 'http://service.example', fetch: async () => response });
    await expect(client.listSubscriptions()).rejects.toThrow(
      'http://service.example: the response is larger than 67108864 bytes, the maximum that is read.',
    );
    expect(seen.mebibytes).toBeLessThan(70);
    expect(seen.isCancelled).toBe(true);
  });

  it('ends a call of the identity client, which reads less', async () => {
    const { seen, response } = endless();
    const client = createIdentityClient({ authority: 'https://login.example/t', clientId: 'c', fetch: async () => response });
    await expect(client.metadata()).rejects.toThrow('https://login.example: the response is larger than 1048576 bytes');
    expect(seen.mebibytes).toBeLessThan(5);
  });
});
