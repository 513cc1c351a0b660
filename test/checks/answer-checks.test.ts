// Checks on responses: unique ids over a run, leaked credentials, allowed origins, fingerprints.
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../src/checks/body.ts';
import type { Check } from '../../src/checks/check.ts';
import { declaredFor } from '../../src/checks/declared.ts';
import type { Exchange, HttpRequest } from '../../src/checks/exchange.ts';
import { answerHeaders } from '../../src/checks/headers.ts';
import { noLeak } from '../../src/checks/leak.ts';
import { postBodyMembers } from '../../src/checks/post-body.ts';
import { postIds } from '../../src/checks/post-ids.ts';
import { loadSpec } from '../../src/documents/spec.ts';

const spec = await loadSpec();
const post: HttpRequest = {
  surface: 'graph',
  method: 'POST',
  path: '/beta/me/notifications',
  caller: 'app',
};
const seenIds = () => ({ requestIds: new Set<string>(), postedIds: new Map<string, string | undefined>() });
const run = (check: Check, exchange: Exchange, seen = seenIds()) =>
  check(exchange, { spec, declared: declaredFor(exchange, spec), ...seen, now: 0 });

interface Parts {
  readonly request?: Partial<HttpRequest>;
  readonly sent?: Partial<Exchange['sent']>;
  readonly answer?: Partial<Exchange['answer']>;
}

function exchangeOf({ request, sent, answer }: Parts): Exchange {
  const { method, path } = post;
  return {
    number: 1,
    request: { ...post, ...request },
    sent: { method, url: `http://target.example${path}`, headers: {}, body: undefined, ...sent },
    answer: { status: 201, headers: {}, text: '', json: undefined, ...answer },
    durationMs: 1,
  };
}

describe('ids of notifications', () => {
  const posted = (id: string, json: object, status = 201) => exchangeOf({ request: { json }, answer: { status, json: { id } } });

  it('are reported when they repeat, whatever the letter case', () => {
    const seen = seenIds();
    expect(run(postIds, posted('a', {}), seen)).toEqual([]);
    expect(run(postIds, posted('b', {}), seen)).toEqual([]);
    expect(run(postIds, posted('A', {}), seen)).toHaveLength(1);
    expect(run(postIds, posted('b', { appNotificationId: 'own' }), seen)).toHaveLength(1);
  });

  it('may repeat only for the same appNotificationId [D5]', () => {
    const seen = seenIds();
    const own = { appNotificationId: 'own' };
    for (const one of [own, own]) expect(run(postIds, posted('a', one), seen)).toEqual([]);
    expect(run(postIds, posted('a', { appNotificationId: 'another' }), seen)).toHaveLength(1);
    expect(run(postIds, posted('a', { appNotificationId: null }), seen)).toHaveLength(1);
  });

  it('need little memory, however long they are', () => {
    const seen = seenIds();
    const long = { appNotificationId: 'x'.repeat(1_000_000) };
    for (const _time of [1, 2]) expect(run(postIds, posted('y'.repeat(1_000_000), long), seen)).toEqual([]);
    expect(run(postIds, posted('y'.repeat(1_000_000), {}), seen)).toHaveLength(1);
    expect(JSON.stringify([...seen.postedIds]).length).toBeLessThan(1000);
  });

  it('are read from raw JSON bodies, but not from refused or unreadable ones', () => {
    const seen = seenIds();
    const inBytes = (body: string) => exchangeOf({ sent: { body }, answer: { json: { id: 'a' } } });
    expect(run(postIds, inBytes('base64:H4sI'), seen)).toBeUndefined();
    expect(run(postIds, posted('a', {}, 400), seen)).toBeUndefined();
    expect(run(postIds, inBytes('{"appNotificationId":"own"}'), seen)).toEqual([]);
    expect(run(postIds, inBytes('{"appNotificationId":"own"}'), seen)).toEqual([]);
    expect(run(postIds, inBytes('{}'), seen)).toHaveLength(1);
  });
});

describe('a presented credential', () => {
  const refused = (text: string, parts: Pick<Parts, 'request' | 'sent'>) =>
    run(noLeak, exchangeOf({ ...parts, answer: { status: 401, text } }));

  it('must not be echoed, whatever its scheme', () => {
    const literal = 'opaque-0123456789';
    expect(refused(`no ${literal}`, { request: { caller: { literal } } })).toHaveLength(1);
    const headers = { authorization: 'Basic bm9ib2R5OnNlY3JldA==' };
    expect(refused('no bm9ib2R5OnNlY3JldA==', { request: { caller: 'none' }, sent: { headers } })).toHaveLength(1);
  });

  it('is ignored if it is short, redacted or missing', () => {
    expect(refused('garbage', { request: { caller: { literal: 'garbage' } } })).toEqual([]);
    expect(refused('Bearer <token>', { sent: { headers: { authorization: 'Bearer <token>' } } })).toEqual([]);
    expect(refused('no token', { request: { caller: 'none' } })).toEqual([]);
  });
});

describe('Access-Control-Allow-Origin', () => {
  const violationsOf = (allowed: string, origin?: string) =>
    run(
      answerHeaders,
      exchangeOf({
        sent: { headers: origin === undefined ? {} : { origin } },
        answer: { headers: { 'access-control-allow-origin': allowed } },
      }),
    )?.filter(({ expected }) => expected.includes('Allow-Origin')).length;

  it('is `*`, or the origin of the request', () => {
    expect([violationsOf('*'), violationsOf('*', 'https://a.example'), violationsOf('https://a.example', 'https://a.example')]).toEqual([
      0, 0, 0,
    ]);
    expect([violationsOf('https://a.example'), violationsOf('https://b.example', 'https://a.example')]).toEqual([1, 1]);
  });
});

describe('violations of one cause', () => {
  const fingerprintsOf = (check: Check, answer: Exchange['answer']) =>
    run(check, exchangeOf({ answer }))?.map(({ fingerprint }) => fingerprint);
  const answer = (status: number, json: unknown): Exchange['answer'] => ({ status, headers: {}, text: JSON.stringify(json), json });
  const error = (code: string) => {
    const id = 'c4d64c8f-4f3f-4b0f-9d0e-0d5c8f0a3b11';
    const innerError = { date: '2019-08-23T00:25:55Z', 'request-id': id, 'client-request-id': id };
    return answer(400, { error: { code, message: 'no', innerError } });
  };

  it.each([
    ['error codes', errorCodes, error('Nonsense'), error('Rubbish')],
    ['members that only requests have', postBodyMembers, answer(201, { targetHostName: 'a' }), answer(201, { targetHostName: 'b' })],
  ] as const)('have one fingerprint, so that they are reported once: %s', (_what, check, one, other) => {
    const fingerprints = fingerprintsOf(check, one);
    expect(fingerprints?.map((fingerprint) => typeof fingerprint)).toContain('string');
    expect(fingerprints).not.toContain(undefined);
    expect(fingerprintsOf(check, other)).toEqual(fingerprints);
  });
});
