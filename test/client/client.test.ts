// The HTTP client: what it sends for each operation, and that it hands back whatever comes.
import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/client/client.ts';
import { ConnectionError } from '../../src/client/connection-error.ts';
import { serviceErrorOf } from '../../src/client/graph-error.ts';
import { retryAfterSeconds } from '../../src/client/throttling.ts';

interface Sent {
  readonly line: string;
  readonly headers: Headers;
  readonly body: unknown;
}

function recordingFetch(answer: () => Response): { readonly sent: Sent[]; readonly fetch: typeof fetch } {
  const sent: Sent[] = [];
  return {
    sent,
    fetch: async (input, init) => {
      const body = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
      sent.push({ line: `${init?.method} ${String(input)}`, headers: new Headers(init?.headers), body });
      return answer();
    },
  };
}

const json = (status: number, body: unknown) => () =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
const url = 'https://notify.example/some/prefix/';
const base = 'https://notify.example/some/prefix';

describe('the client', () => {
  it('[F1] posts a notification with UNSID, bearer token and JSON, below a path prefix', async () => {
    const { sent, fetch } = recordingFetch(json(201, { id: '1' }));
    const notification = { targetHostName: 'contoso.example', payload: { rawContent: 'x' } };
    const answer = await createClient({ url, token: 'secret', fetch }).postNotification(notification, { unsid: 'U1' });
    expect(sent[0]?.line).toBe(`POST ${base}/beta/me/notifications`);
    expect(Object.fromEntries(sent[0]?.headers ?? [])).toMatchObject({
      authorization: 'Bearer secret',
      'x-uns-id': 'U1',
      'content-type': 'application/json',
    });
    expect(sent[0]?.body).toEqual(notification);
    expect(answer).toMatchObject({ status: 201, body: { id: '1' }, headers: { 'content-type': 'application/json' } });
  });

  it('[F26] has a method for every operation of the client surface', async () => {
    const { sent, fetch } = recordingFetch(json(200, {}));
    const client = createClient({ url, fetch });
    await client.createSubscription({ application: 'a', deviceId: 'd', platform: 'iOS' });
    await client.listSubscriptions();
    await client.getSubscription('a/b');
    await client.deleteSubscription('U1');
    await client.listNotifications('U1', { since: 'c1', status: 'Any', $top: 5 });
    await client.getNotification('U1', 'n1');
    await client.updateNotification({ unsid: 'U1', id: 'n1' }, { readState: 'Read' });
    await client.deleteNotification('U1', 'n1');
    expect(sent.map(({ line }) => line.replace(base, ''))).toEqual([
      'POST /client/v1/subscriptions',
      'GET /client/v1/subscriptions',
      'GET /client/v1/subscriptions/a%2Fb',
      'DELETE /client/v1/subscriptions/U1',
      'GET /client/v1/notifications?since=c1&status=Any&%24top=5',
      'GET /client/v1/notifications/n1',
      'PATCH /client/v1/notifications/n1',
      'DELETE /client/v1/notifications/n1',
    ]);
    expect(sent.slice(4).every(({ headers }) => headers.get('x-uns-id') === 'U1')).toBe(true);
  });

  it('asks for a fresh token for each call when it is given a way to get one', async () => {
    const { sent, fetch } = recordingFetch(json(200, { value: [] }));
    const tokens = ['t1', 't2'];
    const client = createClient({ url, fetch, token: async () => tokens.shift() ?? '' });
    await client.listSubscriptions();
    await client.listSubscriptions();
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer t1', 'Bearer t2']);
  });

  it.each([400, 401, 403, 404, 409, 410, 429, 500, 503])('hands back an answer of %i instead of throwing', async (status) => {
    const { fetch } = recordingFetch(json(status, { error: { code: 'C', message: 'm' } }));
    const answer = await createClient({ url, fetch }).listSubscriptions();
    expect(answer).toMatchObject({ status, body: { error: { code: 'C' } } });
  });

  it('hands back a body that is no JSON as text, and no body as undefined', async () => {
    const page = recordingFetch(() => new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } }));
    expect(await createClient({ url, fetch: page.fetch }).listSubscriptions()).toMatchObject({ status: 502, body: '<h1>Bad gateway</h1>' });
    const broken = recordingFetch(() => new Response('{', { status: 200, headers: { 'content-type': 'application/json' } }));
    expect(await createClient({ url, fetch: broken.fetch }).listSubscriptions()).toMatchObject({ body: '{' });
    const empty = recordingFetch(() => new Response(null, { status: 204 }));
    expect(await createClient({ url, fetch: empty.fetch }).deleteSubscription('U1')).toMatchObject({ status: 204, body: undefined });
  });

  it('throws one clear line without the token when the line fails', async () => {
    const failing: typeof fetch = async () => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) });
    };
    const failure = await createClient({ url, token: 'secret', fetch: failing })
      .listSubscriptions()
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConnectionError);
    expect(String(failure)).toBe(`ConnectionError: No connection to ${base}: connection refused.`);
  });

  it.each(['bad secret\nx', 'bad secret €'])(
    'says that a token cannot be sent without showing it, and sends nothing: %j',
    async (token) => {
      const { sent, fetch } = recordingFetch(json(200, {}));
      const failure = await createClient({ url, token, fetch })
        .listSubscriptions()
        .catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(TypeError);
      expect(String(failure)).toMatch(/^TypeError: The token cannot be sent: /);
      expect(`${failure} ${(failure as Error).cause}`).not.toContain('secret');
      expect(sent).toEqual([]);
    },
  );

  it('names the UNSID or the header that cannot be sent', async () => {
    const client = createClient({ url, fetch: recordingFetch(json(200, {})).fetch });
    await expect(client.getNotification('U\n1', 'n')).rejects.toThrow('The UNSID cannot be sent');
    await expect(client.listSubscriptions({ headers: { 'x-more': '€' } })).rejects.toThrow('The header "x-more" cannot be sent');
  });

  it('lets a caller give a call up, and then throws their reason', async () => {
    const abort = new AbortController();
    const silent: typeof fetch = (_input, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)));
    const answer = createClient({ url, fetch: silent })
      .listSubscriptions({ signal: abort.signal })
      .catch((error: unknown) => error);
    await Promise.resolve();
    abort.abort('enough');
    expect(await answer).toBe('enough');
  });

  it('refuses what is no http URL', () => {
    expect(() => createClient({ url: 'ftp://x' })).toThrow('ftp://x is not an http or https URL.');
    expect(() => createClient({ url: 'nothing' })).toThrow(TypeError);
  });
});

describe('errors in answers', () => {
  it('[F19] are read with reason and details, and without trust', () => {
    const error = {
      code: 'BadRequest',
      message: 'm',
      innerError: { code: 'InvalidBody' },
      details: [{ code: 'x', target: '/a', message: 'is wrong' }],
    };
    expect(serviceErrorOf({ status: 400, body: { error } })).toEqual({
      status: 400,
      code: 'BadRequest',
      message: 'm',
      reason: 'InvalidBody',
      details: [{ target: '/a', message: 'is wrong' }],
    });
    expect(serviceErrorOf({ status: 502, body: '<html>' })).toMatchObject({ code: 'HTTP 502', details: [] });
    expect(serviceErrorOf({ status: 201, body: {} })).toBeUndefined();
  });

  it('[D8] say how long to wait, in seconds or as a date', () => {
    expect(retryAfterSeconds('3', 0)).toBe(3);
    expect(retryAfterSeconds('Thu, 01 Jan 1970 00:00:10 GMT', 4000)).toBe(6);
    expect(retryAfterSeconds('soon', 0)).toBeUndefined();
    expect(retryAfterSeconds(undefined, 0)).toBeUndefined();
  });
});
