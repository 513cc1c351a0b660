// Checks of every answer that need more than one look: ids over a run, what was presented for a token, whom an answer may be read by.
import { describe, expect, it } from 'vitest';
import { answerHeaders } from '../../src/contract/checks/headers.ts';
import { noLeak } from '../../src/contract/checks/leak.ts';
import { postIds } from '../../src/contract/checks/post-ids.ts';
import type { Exchange, HttpRequest } from '../../src/contract/exchange.ts';
import { loadSpec } from '../../src/spec/spec.ts';

const spec = await loadSpec();
const post: HttpRequest = {
  operationId: 'postNotification',
  surface: 'graph',
  method: 'POST',
  path: '/beta/me/notifications',
  caller: 'app',
};
const contextOf = () => ({ spec, requestIds: new Set<string>(), postedIds: new Map<string, string | undefined>(), now: 0 });

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

  it('are told when they come again, whatever the letter case', () => {
    const context = contextOf();
    expect(postIds(posted('a', {}), context)).toEqual([]);
    expect(postIds(posted('b', {}), context)).toEqual([]);
    expect(postIds(posted('A', {}), context)).toHaveLength(1);
    expect(postIds(posted('b', { appNotificationId: 'own' }), context)).toHaveLength(1);
  });

  it('may come again for the same appNotificationId alone [D5]', () => {
    const context = contextOf();
    const own = { appNotificationId: 'own' };
    for (const one of [own, own]) expect(postIds(posted('a', one), context)).toEqual([]);
    expect(postIds(posted('a', { appNotificationId: 'another' }), context)).toHaveLength(1);
    expect(postIds(posted('a', { appNotificationId: null }), context)).toHaveLength(1);
  });

  it('are read of bodies in bytes, and of nothing that was refused or cannot be read', () => {
    const context = contextOf();
    const inBytes = (body: string) => exchangeOf({ sent: { body }, answer: { json: { id: 'a' } } });
    expect(postIds(inBytes('base64:H4sI'), context)).toBeUndefined();
    expect(postIds(posted('a', {}, 400), context)).toBeUndefined();
    expect(postIds(inBytes('{"appNotificationId":"own"}'), context)).toEqual([]);
    expect(postIds(inBytes('{"appNotificationId":"own"}'), context)).toEqual([]);
    expect(postIds(inBytes('{}'), context)).toHaveLength(1);
  });
});

describe('what was presented for a token', () => {
  const refused = (text: string, parts: Pick<Parts, 'request' | 'sent'>) =>
    noLeak(exchangeOf({ ...parts, answer: { status: 401, text } }), contextOf());

  it('must not come back, in whatever form it was', () => {
    const literal = 'opaque-0123456789';
    expect(refused(`no ${literal}`, { request: { caller: { literal } } })).toHaveLength(1);
    const headers = { authorization: 'Basic bm9ib2R5OnNlY3JldA==' };
    expect(refused('no bm9ib2R5OnNlY3JldA==', { request: { caller: 'none' }, sent: { headers } })).toHaveLength(1);
  });

  it('is not looked for when it is a word like others, or not known', () => {
    expect(refused('garbage', { request: { caller: { literal: 'garbage' } } })).toEqual([]);
    expect(refused('Bearer <token>', { sent: { headers: { authorization: 'Bearer <token>' } } })).toEqual([]);
    expect(refused('no token', { request: { caller: 'none' } })).toEqual([]);
  });
});

describe('Access-Control-Allow-Origin', () => {
  const faultsOf = (told: string, origin?: string) =>
    answerHeaders(
      exchangeOf({
        sent: { headers: origin === undefined ? {} : { origin } },
        answer: { headers: { 'access-control-allow-origin': told } },
      }),
      contextOf(),
    )?.filter(({ expected }) => expected.includes('Allow-Origin')).length;

  it('is any origin, or the one that asks', () => {
    expect([faultsOf('*'), faultsOf('*', 'https://a.example'), faultsOf('https://a.example', 'https://a.example')]).toEqual([0, 0, 0]);
    expect([faultsOf('https://a.example'), faultsOf('https://b.example', 'https://a.example')]).toEqual([1, 1]);
  });
});
