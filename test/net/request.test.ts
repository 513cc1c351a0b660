// What every edge reads of a request before anything else: its target, its bearer token, whether it is a preflight.
import { describe, expect, it } from 'vitest';
import { bearerToken } from '../../src/net/bearer.ts';
import { asksForMethod } from '../../src/net/preflight.ts';
import { localTarget, queryValue, requestTarget } from '../../src/net/request-target.ts';

describe('a request target', () => {
  it.each([
    ['/a/b?c=d?e', '/a/b', 'c=d?e'],
    ['/a?', '/a', ''],
    ['http://host:80/a?b', '/a', 'b'],
    ['HTTPS://host', '/', ''],
    ['http://host?b', '/', 'b'],
    ['*', '*', ''],
    ['//host/a', '//host/a', ''],
  ])('%s has the path %s and the query %j', (target, path, query) => expect(requestTarget(target)).toEqual({ path, query }));

  it('is / when there is none', () => expect(requestTarget(undefined)).toEqual({ path: '/', query: '' }));

  it('keeps a question mark without a query where it is forwarded', () => expect(localTarget('http://host/a?')).toBe('/a?'));

  it('has a list for a repeated parameter', () => {
    const query = new URLSearchParams('a=1&b=2&b=3');
    expect(['a', 'b', 'c'].map((name) => queryValue(query, name))).toEqual(['1', ['2', '3'], undefined]);
  });
});

describe('a bearer token', () => {
  it.each([
    [undefined, undefined],
    ['Bearer', undefined],
    ['Bearer  ', undefined],
    ['Basic abc', undefined],
    ['bearer  abc def ', 'abc def'],
    ['Bearer \tabc', undefined],
  ])('is read from %j as %j', (header, token) => expect(bearerToken(header)).toBe(token));

  it('may follow other white space where the handshake always allowed it', () =>
    expect(bearerToken('Bearer \tabc', { allowsWhiteSpace: true })).toBe('abc'));
});

it('is a preflight only if it asks for a method with OPTIONS', () => {
  const headers = { 'access-control-request-method': 'POST' };
  expect([asksForMethod('OPTIONS', headers), asksForMethod('OPTIONS', {}), asksForMethod('POST', headers)]).toEqual([true, false, false]);
});
