// A fetch based on supertest: an independent second HTTP client for the suite.
import { Agent } from 'node:http';
import supertest, { type Response as Answer } from 'supertest';
import { afterAll } from 'vitest';

/** Call it once at the head of a test file. */
export function useSupertest(): typeof fetch {
  const agent = new Agent({ keepAlive: true });
  afterAll(() => agent.destroy());
  return async (input, init = {}) => {
    init.signal?.throwIfAborted();
    const { origin, pathname, search } = new URL(String(input));
    const test = new supertest.Test(origin, init.method ?? 'GET', `${pathname}${search}`);
    const abort = () => test.abort();
    init.signal?.addEventListener('abort', abort, { once: true });
    test
      .agent(agent)
      .redirects(0)
      .buffer(true)
      .parse(wholeText)
      .ok(() => true);
    for (const [name, value] of new Headers(init.headers)) test.set(name, value);
    // Bytes are sent unchanged; supertest would serialize them as JSON.
    if (init.body instanceof Uint8Array) test.serialize((bytes) => bytes).send(Buffer.from(init.body));
    else if (typeof init.body === 'string') test.send(init.body);
    try {
      const { status, headers, body: text } = await test;
      const received = new Headers();
      for (const [name, value] of Object.entries(headers as Record<string, string | string[]>)) received.set(name, String(value));
      return new Response(status === 204 || status === 304 || text === '' ? null : (text as string), { status, headers: received });
    } finally {
      init.signal?.removeEventListener('abort', abort);
    }
  };
}

function wholeText(response: Answer, done: (error: Error | null, body: string) => void): void {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => done(null, Buffer.concat(chunks).toString('utf8')));
}
