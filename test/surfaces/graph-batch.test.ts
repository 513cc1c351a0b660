// JSON batching: each request of a batch is served as if it had come alone.
import { describe, expect, it } from 'vitest';
import { describeTable } from '../support/cases.ts';
import { application, type NotificationBody, rawBody, serverToken, tokenOf, useEmulators } from '../support/emulator.ts';
import { type Answer, errorOf, type GraphError, targetsOf } from '../support/http-call.ts';

const start = useEmulators();

describeTable('postBatch', useEmulators('file'));

interface BatchBody {
  readonly responses: readonly {
    readonly id: string;
    readonly status: number;
    readonly headers: Record<string, string>;
    readonly body: NotificationBody & { error?: GraphError };
  }[];
}

const post = (id: string, more: object = {}) => ({ id, method: 'POST', url: '/me/notifications', body: rawBody, ...more });

async function startWithAdele(...parts: Parameters<typeof start>) {
  const emulator = await start(...parts);
  const adele = await emulator.subscribe('adele');
  const batch = (requests: readonly object[], call: object = { token: serverToken, unsid: adele.unsid }) =>
    emulator.send<BatchBody>({ path: '/beta/$batch', json: { requests }, ...call });
  return { emulator, adele, batch };
}

const statuses = ({ body }: Answer<BatchBody>) => body.responses.map(({ id, status }) => [id, status]);

describe('a batch', () => {
  it('[F54] answers each request by its id, with status, headers and body', async () => {
    const { emulator, adele, batch } = await startWithAdele();
    const answer = await batch([post('one'), post('two', { url: 'me/notifications' }), { id: 'three', method: 'get', url: '/me' }]);
    expect(answer.status).toBe(200);
    expect(statuses(answer)).toEqual([
      ['one', 201],
      ['two', 201],
      ['three', 404],
    ]);
    const [one, two, three] = answer.body.responses;
    expect(one?.headers['Location']).toBe(`${emulator.url}/beta/me/activities/${one?.body.id}`);
    expect(one?.headers['OData-Version']).toBe('4.0');
    expect(one?.headers['request-id']).not.toBe(two?.headers['request-id']);
    expect(three?.body.error?.innerError.code).toBe('UnknownRoute');
    expect((await emulator.list(adele)).value.map(({ id }) => id)).toEqual([one?.body.id, two?.body.id]);
  });

  it('[F54] serves requests after those that they depend on; one whose dependency has failed is 424', async () => {
    const { emulator, adele, batch } = await startWithAdele();
    const answer = await batch([
      post('late', { dependsOn: ['early'] }),
      post('early'),
      post('bad', { body: {} }),
      post('after-bad', { dependsOn: ['early', 'bad'] }),
      post('after-that', { dependsOn: ['after-bad'] }),
    ]);
    expect(statuses(answer)).toEqual([
      ['late', 201],
      ['early', 201],
      ['bad', 400],
      ['after-bad', 424],
      ['after-that', 424],
    ]);
    expect(answer.body.responses[3]?.body.error).toMatchObject({ code: 'FailedDependency' });
    const [late, early] = answer.body.responses;
    expect((await emulator.list(adele)).value.map(({ id }) => id)).toEqual([early?.body.id, late?.body.id]);
  });

  it('[F54] that is not valid is 400, and nothing of it is served', async () => {
    const { emulator, adele, batch } = await startWithAdele();
    const invalid: readonly (readonly [readonly object[], string])[] = [
      [[], '/requests'],
      [Array.from({ length: 21 }, (_, index) => post(String(index))), '/requests'],
      [[post('1'), post('1')], '/requests/1/id'],
      [[post('first'), post('FIRST')], '/requests/1/id'],
      [[post('1', { dependsOn: ['2'] })], '/requests/0/dependsOn/0'],
      [[post('1', { dependsOn: ['2'] }), post('2', { dependsOn: ['1'] })], '/requests/0/dependsOn'],
      [[post('1', { url: 'https://graph.microsoft.com/beta/me/notifications' })], '/requests/0/url'],
      [[post('1', { method: 'TRACE' })], '/requests/0/method'],
      [[{ id: '1', method: 'POST' }], '/requests/0/url'],
    ];
    for (const [requests, target] of invalid) {
      const answer = await batch(requests);
      expect([answer.status, errorOf(answer).innerError.code, targetsOf(answer)]).toEqual([400, 'InvalidBody', [target]]);
    }
    expect((await batch(Array.from({ length: 20 }, (_, index) => post(String(index))))).status).toBe(200);
    expect((await emulator.list(adele)).value).toHaveLength(20);
  });

  it('[F54] compares ids without case, and answers each as it was sent', async () => {
    const { batch } = await startWithAdele();
    const answer = await batch([post('First', { body: {} }), post('second', { dependsOn: ['fIRST'] })]);
    expect(statuses(answer)).toEqual([
      ['First', 400],
      ['second', 424],
    ]);
  });

  it('[F54] with very many unknown dependencies names a hundred of them', async () => {
    const { batch } = await startWithAdele();
    const answer = await batch([post('1', { dependsOn: Array.from({ length: 100_000 }, () => '2') })]);
    expect(answer.status).toBe(400);
    expect(targetsOf(answer)).toHaveLength(100);
  });

  it('[D34] takes a body as deeply nested as that of a request alone', async () => {
    const { emulator, adele } = await startWithAdele();
    const depth = 100_000;
    const body = `{"targetHostName":"${application}","payload":{"rawContent":"Hello"},"more":[{"at":${'['.repeat(depth)}${']'.repeat(depth)}},1,"\\""]}`;
    const send = (path: string, text: string) =>
      emulator.send<BatchBody>({
        method: 'POST',
        path,
        token: serverToken,
        unsid: adele.unsid,
        headers: { 'Content-Type': 'application/json' },
        bytes: Buffer.from(text),
      });
    expect((await send('/beta/me/notifications', body)).status).toBe(201);
    const requests = `[{"id":"deep","method":"POST","url":"/me/notifications","body":${body}},{"id":"none","method":"GET","url":"/me"}]`;
    expect(statuses(await send('/beta/$batch', `{"requests":${requests}}`))).toEqual([
      ['deep', 201],
      ['none', 404],
    ]);
  });

  it('[F54][D31] says what a url has to be', async () => {
    const { batch } = await startWithAdele();
    const whole = await batch([post('1', { url: 'https://graph.microsoft.com/beta/me/notifications' })]);
    expect(errorOf(whole).message).toMatch(/^\/requests\/0\/url: must match .+: relative to the version of the API/);
  });

  it('[D34] lends its token and headers to requests that have none of their own', async () => {
    const { emulator, adele, batch } = await startWithAdele();
    const bert = await emulator.subscribe('bert');
    const answer = await batch([
      post('lent'),
      post('own unsid', { headers: { 'x-uns-id': bert.unsid } }),
      post('own token', { headers: { Authorization: `Bearer ${tokenOf('bert')}` } }),
      post('own type', { headers: { 'Content-Type': 'text/plain' } }),
      post('bad token', { headers: { authorization: 'Bearer garbage' } }),
    ]);
    expect(statuses(answer).map(([, status]) => status)).toEqual([201, 201, 403, 415, 401]);
    expect((await emulator.list(adele)).value).toHaveLength(1);
    expect((await emulator.list(bert)).value).toHaveLength(1);
    const without = await batch([post('1'), post('2', { headers: { Authorization: `Bearer ${tokenOf('adele')}` } })], {});
    expect(statuses(without)).toEqual([
      ['1', 401],
      ['2', 201],
    ]);
  });

  it('[D34] is compressed by itself, and is not part of a batch', async () => {
    const { gzipSync } = await import('node:zlib');
    const { emulator, adele, batch } = await startWithAdele();
    const zipped = await emulator.send<BatchBody>({
      method: 'POST',
      path: '/beta/$batch',
      token: serverToken,
      unsid: adele.unsid,
      headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
      bytes: gzipSync(JSON.stringify({ requests: [post('1')] })),
    });
    expect(statuses(zipped)).toEqual([['1', 201]]);
    const nested = await batch([{ id: '1', method: 'POST', url: '/$batch', body: { requests: [post('1')] } }]);
    expect(statuses(nested)).toEqual([['1', 400]]);
  });

  it('[D34] counts each of its requests, and nothing for itself', async () => {
    const { batch } = await startWithAdele({ seed: { throttling: { callsPerMinute: 2 } } });
    const answer = await batch([post('1'), post('2'), post('3')]);
    expect(statuses(answer).map(([, status]) => status)).toEqual([201, 201, 429]);
    expect(Number(answer.body.responses[2]?.headers['Retry-After'])).toBeGreaterThan(0);
  });
});
