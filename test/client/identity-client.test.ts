// The client of the token endpoint: what it sends for each grant, what it makes of answers, and that it reveals no secret.
import { describe, expect, it } from 'vitest';
import { ConnectionError } from '../../src/client/connection-error.ts';
import { lifetimeSecondsOf } from '../../src/client/identity-answer.ts';
import { authorityOf, createIdentityClient, type IdentityClientOptions } from '../../src/client/identity-client.ts';
import type { DeviceCodeAnswer } from '../../src/client/identity-wire.ts';
import { createTestTimer, settle } from '../support/time.ts';

const authority = 'https://localhost:4281/contoso.example';
const base = `${authority}/oauth2/v2.0`;
const scope = 'https://graph.microsoft.com/.default';
const metadata = { token_endpoint: `${base}/token`, device_authorization_endpoint: `${base}/devicecode` };
const token = { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: 'a.b.c' };
const refusal = (error: string, code: number, description: string) => ({
  error,
  error_codes: [code],
  error_description: `AADSTS${code}: ${description}`,
});

interface Sent {
  readonly line: string;
  readonly form: Readonly<Record<string, string>>;
}
type Reply = readonly [status: number, body: unknown, headers?: Record<string, string>];

/** A platform that answers metadata, and in turn what the test says; the last one again and again. */
function platform(replies: readonly Reply[], { discovered = metadata }: { readonly discovered?: unknown } = {}) {
  const sent: Sent[] = [];
  const left = [...replies];
  const answer: typeof fetch = async (input, init) => {
    const isMetadata = String(input).endsWith('/.well-known/openid-configuration');
    sent.push({ line: `${init?.method} ${String(input)}`, form: Object.fromEntries(new URLSearchParams(String(init?.body ?? ''))) });
    const [status, body, headers = {}] = isMetadata
      ? ([200, discovered] as Reply)
      : ((left.length > 1 ? left.shift() : left[0]) ?? [500, '']);
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
  };
  const client = (options: Partial<IdentityClientOptions> = {}) =>
    createIdentityClient({ authority, clientId: 'c1', fetch: answer, ...options });
  return { sent, client };
}

describe('a token request', () => {
  it('[F31] finds the token endpoint by the metadata of its tenant, read once', async () => {
    const { sent, client } = platform([[200, token]]);
    const one = client();
    await one.clientCredentials({ scope });
    await one.clientCredentials({ scope });
    expect(sent.map(({ line }) => line)).toEqual([
      `GET ${authority}/v2.0/.well-known/openid-configuration`,
      `POST ${base}/token`,
      `POST ${base}/token`,
    ]);
    const { sent: sentV1, client: clientV1 } = platform([[200, { ...token, expires_in: '3599' }]]);
    const answer = await clientV1({ version: '1.0' }).clientCredentials({ resource: 'https://graph.microsoft.com' });
    expect(sentV1[0]?.line).toBe(`GET ${authority}/.well-known/openid-configuration`);
    expect(sentV1[1]?.form).toMatchObject({ resource: 'https://graph.microsoft.com' });
    expect(answer.outcome === 'granted' && lifetimeSecondsOf(answer.body)).toBe(3599);
  });

  it.each<[string, Partial<IdentityClientOptions>, (client: ReturnType<typeof createIdentityClient>) => Promise<unknown>, object]>([
    [
      '[F32] client credentials with a secret',
      { authentication: { secret: 's3cret' } },
      (client) => client.clientCredentials({ scope }),
      { grant_type: 'client_credentials', client_id: 'c1', client_secret: 's3cret', scope },
    ],
    [
      '[F33] client credentials with an assertion for the token endpoint',
      { authentication: { assertion: (audience) => `signed for ${audience}` } },
      (client) => client.clientCredentials({ scope }),
      {
        grant_type: 'client_credentials',
        client_id: 'c1',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: `signed for ${base}/token`,
        scope,
      },
    ],
    [
      '[F35] a password',
      {},
      (client) => client.password({ username: 'adele', password: 'p&w=1 ü' }, { scope }),
      { grant_type: 'password', client_id: 'c1', username: 'adele', password: 'p&w=1 ü', scope },
    ],
    [
      '[F35] a refresh token, by a confidential client too',
      { authentication: { secret: 's3cret' } },
      (client) => client.refresh('r1', { scope }),
      { grant_type: 'refresh_token', client_id: 'c1', refresh_token: 'r1', client_secret: 's3cret', scope },
    ],
  ])('sends %s', async (_grant, options, run, form) => {
    const { sent, client } = platform([[200, token]]);
    expect(await run(client(options))).toMatchObject({ outcome: 'granted', status: 200, body: token });
    expect(sent[1]?.form).toEqual(form);
  });

  it.each<[string, Reply, object]>([
    [
      "[F42] the platform's refusal",
      [401, { ...refusal('invalid_client', 7000215, 'Invalid client secret provided.\r\nTrace ID: 1'), suberror: 'x' }],
      {
        status: 401,
        error: 'invalid_client',
        description: 'AADSTS7000215: Invalid client secret provided. Trace ID: 1',
        codes: [7000215],
        suberror: 'x',
      },
    ],
    ['[D19] how long to wait', [429, refusal('temporarily_unavailable', 90055, 'Busy.'), { 'retry-after': '7' }], { retryAfterSeconds: 7 }],
    [
      'a page of some proxy',
      [502, '<h1>Bad gateway</h1>'],
      { error: 'HTTP 502', description: 'The response is not the expected token response of the identity platform.', codes: [] },
    ],
    ['a 200 without a token', [200, { hello: 'world' }], { status: 200, error: 'HTTP 200' }],
    ['a token that lives no time', [200, { ...token, expires_in: 0 }], { error: 'HTTP 200' }],
    ['a redirect, which is not followed', [302, '', { location: 'https://elsewhere.example' }], { error: 'HTTP 302' }],
    [
      'an error that says no more',
      [400, { error: 'invalid_grant', error_codes: 'x' }],
      { error: 'invalid_grant', description: 'The response has no description.', codes: [] },
    ],
  ])('hands back %s instead of throwing', async (_what, reply, error) => {
    const { client } = platform([reply]);
    expect(await client().clientCredentials({ scope })).toMatchObject({ outcome: 'refused', error });
  });

  it.each(['s3cret/&ü x', 'plain'])('takes out of a refusal what a server echoes of its secrets: %j', async (secret) => {
    const echo = `got client_secret=${new URLSearchParams({ s: secret }).toString().slice(2)} ${encodeURIComponent(secret)} ${secret}`;
    const { client } = platform([[400, { error: secret, error_description: echo }]]);
    const answer = await client({ authentication: { secret } }).clientCredentials({ scope });
    const { error } = answer as { error: object };
    expect(error).toMatchObject({ error: '(secret)', description: 'got client_secret=(secret) (secret) (secret)' });
  });

  it('reports a failed line without anything secret', async () => {
    const failing: typeof fetch = async () => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' }) });
    };
    const failure = await createIdentityClient({ authority, clientId: 'c1', authentication: { secret: 's3cret' }, fetch: failing })
      .clientCredentials({ scope })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConnectionError);
    expect(String(failure)).toBe(
      'ConnectionError: No connection to https://localhost:4281: the authority of its certificate is not trusted.',
    );
  });

  it.each<[string, unknown, string]>([
    ['no token endpoint', {}, 'The response is not the expected metadata'],
    ['a token endpoint in the clear', { token_endpoint: 'http://elsewhere.example/token' }, 'names a token_endpoint that is not https'],
  ])('sends no secret when the metadata names %s', async (_what, discovered, description) => {
    const { sent, client } = platform([[200, token]], { discovered });
    const answer = await client({ authentication: { secret: 's3cret' } }).clientCredentials({ scope });
    expect(answer).toMatchObject({ outcome: 'refused', error: { description: expect.stringContaining(description) } });
    expect(sent).toHaveLength(1);
  });
});

describe('a device-code sign-in', () => {
  const started: DeviceCodeAnswer = {
    user_code: 'HJKM-7Q2W',
    device_code: 'd'.repeat(30),
    verification_uri: 'https://localhost:4281/common/oauth2/deviceauth',
    expires_in: 900,
    interval: 5,
    message: 'm',
  };
  const pending: Reply = [400, refusal('authorization_pending', 70016, 'Pending.')];
  const asked = (sent: readonly Sent[]) => sent.filter(({ line }) => line.startsWith('POST')).length;

  function waiting(replies: readonly Reply[], signal?: AbortSignal) {
    const timer = createTestTimer();
    const { sent, client } = platform(replies);
    const ended = client({ timer }).finishDeviceSignIn(started, signal ? { signal } : {});
    const askedAfter = async (seconds: number) => {
      await settle();
      timer.advance(seconds * 1000);
      await settle();
      return asked(sent);
    };
    return { ended, askedAfter, sent };
  }

  it('[F37] starts with the scopes', async () => {
    const { sent, client } = platform([[200, started]]);
    expect(await client().startDeviceSignIn('openid x')).toMatchObject({ outcome: 'granted', body: started });
    expect(sent[1]).toEqual({ line: `POST ${base}/devicecode`, form: { client_id: 'c1', scope: 'openid x' } });
  });

  it('[F37] asks at the interval, slower by five seconds when asked to, until the person has signed in', async () => {
    const tooFast: Reply = [400, refusal('slow_down', 70016, 'Slow down.')];
    const { ended, askedAfter, sent } = waiting([pending, tooFast, pending, [200, token]]);
    expect(await askedAfter(4.9)).toBe(0);
    expect(await askedAfter(0.1)).toBe(1);
    expect(await askedAfter(5)).toBe(2);
    expect(await askedAfter(9.9)).toBe(2);
    expect(await askedAfter(0.1)).toBe(3);
    expect(await askedAfter(10)).toBe(4);
    expect(await ended).toMatchObject({ outcome: 'granted', body: token });
    expect(sent.at(-1)?.form).toEqual({
      client_id: 'c1',
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: started.device_code,
    });
  });

  it('[D19] waits as long as a busy platform says', async () => {
    const busy: Reply = [429, refusal('temporarily_unavailable', 90055, 'Busy.'), { 'retry-after': '20' }];
    const { ended, askedAfter } = waiting([busy, [200, token]]);
    expect(await askedAfter(5)).toBe(1);
    expect(await askedAfter(19)).toBe(1);
    expect(await askedAfter(1)).toBe(2);
    expect(await ended).toMatchObject({ outcome: 'granted' });
  });

  it.each([
    ['authorization_declined', 70017],
    ['expired_token', 70019],
    ['bad_verification_code', 70018],
  ])('[F37] ends at %s', async (error, code) => {
    const { ended, askedAfter } = waiting([[400, refusal(error, code, 'No.')]]);
    await askedAfter(5);
    expect(await ended).toMatchObject({ outcome: 'refused', error: { error, codes: [code] } });
  });

  it('[F37] ends by itself when the time of the code is over', async () => {
    const { ended, askedAfter } = waiting([pending]);
    for (let second = 0; second < 900; second += 5) await askedAfter(5);
    expect(await ended).toMatchObject({ outcome: 'refused', error: { error: 'expired_token' } });
  });

  it('ends when it is given up', async () => {
    const abort = new AbortController();
    const { ended, askedAfter, sent } = waiting([pending], abort.signal);
    await askedAfter(5);
    abort.abort('enough');
    await expect(ended).rejects.toBe('enough');
    expect(asked(sent)).toBe(1);
  });
});

describe('an authority', () => {
  it.each([
    ['https://login.microsoftonline.com/t1', 'https://login.microsoftonline.com/t1'],
    ['https://login.microsoftonline.com/t1/v2.0/', 'https://login.microsoftonline.com/t1'],
    ['https://localhost:4281/t1/v2.0/.well-known/openid-configuration', 'https://localhost:4281/t1'],
  ])('is read from %s', (text, read) => {
    expect(authorityOf(text)).toBe(read);
  });

  it.each([
    ['https://login.microsoftonline.com/', 'with a tenant: https://login.microsoftonline.com/<tenant>'],
    ['ftp://x/t1', 'http or https URL'],
    ['contoso', 'http or https URL'],
    ['https://user:pw@host/t1', 'without credentials'],
  ])('is not %s', (text, error) => {
    expect(() => authorityOf(text)).toThrow(error);
  });
});
