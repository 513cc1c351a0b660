// What is taken out of headers, queries, forms and JSON before they are logged, and what stays.
import { describe, expect, it } from 'vitest';
import { redactedHeaders, redactedQuery, redactedText, redactedValue } from '../../src/http/redaction.ts';

const secret = 'S3cr3t-value_0123456789';
const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

const names = [
  'access_token',
  'refresh_token',
  'id_token',
  'id_token_hint',
  'client_secret',
  'client_assertion',
  'assertion',
  'password',
  'code',
  'device_code',
  'user_code',
  'code_verifier',
  'state',
];

describe('a secret', () => {
  it.each(names)('%s leaves queries, forms, JSON, and URLs inside of them', (name) => {
    const nested = { outer: [{ [name]: secret }], text: JSON.stringify({ [name]: secret }), number: { [name]: 12_345 } };
    const url = `http://localhost/back?a=1&${name}=${secret}#${name}=${secret}`;
    const shown = [
      redactedQuery(`a=1&${name}=${secret}&b=2`),
      redactedQuery(`redirect_uri=${encodeURIComponent(url)}&b=2`),
      redactedQuery(`redirect_uri=${encodeURIComponent(encodeURIComponent(url))}&b=2`),
      JSON.stringify(redactedValue({ [name]: secret, redirect_uri: url, nested })),
      JSON.stringify(redactedHeaders({ location: url, referer: url })),
      redactedText(`cannot use ${url}`),
    ].join('\n');
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain('12345');
    expect(shown).toContain('b=2');
  });

  it.each(['authorization', 'Proxy-Authorization', 'cookie', 'set-cookie', 'x-api-key', 'x-session', 'x-csrf-token'])(
    'in the header %s is not shown',
    (name) => {
      expect(JSON.stringify(redactedHeaders({ [name]: [secret, `Basic ${secret}`] }))).not.toContain(secret);
    },
  );

  it.each([
    ['a signed token', token],
    ['a development token', 'dev.user.adele~phone'],
    ['a header in text', `Bearer ${secret}`],
  ])('is recognised by its form in any text: %s', (_what, text) => {
    const shown = [
      redactedText(`the text ${text}, and more`),
      JSON.stringify(redactedValue({ name: text, list: [text] })),
      redactedQuery(`name=${text}`),
      JSON.stringify(redactedHeaders({ 'x-anything': text })),
    ].join('\n');
    expect(shown).not.toContain(text);
    expect(shown).toContain('and more');
  });

  it('is not shown because it lies deep', () => {
    const deep = JSON.parse(`${'['.repeat(500)}${JSON.stringify(secret)}${']'.repeat(500)}`) as unknown;
    expect(JSON.stringify(redactedValue(deep))).not.toContain(secret);
  });
});

describe('what is no secret stays', () => {
  it('in a token request and its answer', () => {
    const request = { grant_type: 'authorization_code', client_id: 'phone', scope: 'openid', username: 'adele', response_type: 'code' };
    expect(redactedValue(request)).toEqual(request);
    const answer = { token_type: 'Bearer', expires_in: 3599, scope: 'openid', token_endpoint: 'http://here/token', error_codes: [1] };
    expect(redactedValue(answer, true)).toEqual(answer);
  });

  it('in an error and a notification', () => {
    const error = { error: { code: 'BadRequest', message: 'no', innerError: { code: 'InvalidBody' }, details: [{ code: 'enum' }] } };
    expect(redactedValue(error, true)).toEqual(error);
    const notification = { readState: 'Read', payload: { rawContent: 'The code is 42', visualContent: { title: 'State of things' } } };
    expect(redactedValue(notification)).toEqual(notification);
  });

  it('of credentials is the scheme', () => {
    expect(redactedHeaders({ Authorization: `Bearer ${secret}`, 'X-UNS-ID': 'u' })).toEqual({
      authorization: 'Bearer <removed>',
      'x-uns-id': 'u',
    });
  });
});

describe('a long text', () => {
  it.each([
    ['of one word', 'a'.repeat(200_000)],
    ['of parameters', 'code=1&'.repeat(20_000)],
    ['of almost tokens', 'eyJ.'.repeat(50_000)],
  ])('%s is read in a time that grows with its length only', (_what, text) => {
    const started = performance.now();
    redactedText(text);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
