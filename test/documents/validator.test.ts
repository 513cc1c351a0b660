// What the documents' schemas find wrong, and how it is said: pointers, keywords, plain words.
import { describe, expect, it } from 'vitest';
import { durationMs, durationText } from '../../src/documents/iso-duration.ts';
import { loadSpec } from '../../src/documents/spec.ts';
import { createValidatorFactory } from '../../src/documents/validator.ts';
import { startInstant as now } from '../support/time.ts';

const spec = await loadSpec();
const validatorOf = (schema: unknown) => createValidatorFactory('test.yaml', true).compile(schema, 'here');
const violationsOf = (schema: unknown, value: unknown) => validatorOf(schema)(value, now).violations;

function bodyValidator(method: string, path: string) {
  const match = spec.match(method, path);
  const validate = match && 'operation' in match ? match.operation.body?.media.get('application/json') : undefined;
  if (!validate) throw new Error(`no body at ${method} ${path}`);
  return validate;
}
const validateRequest = bodyValidator('POST', '/beta/me/notifications');
const base = { targetHostName: 'contoso.example', payload: { rawContent: 'Hello' } };
const validated = (members: object) => validateRequest(structuredClone({ ...base, ...members }), now);
const fallback = { platformTypes: ['iOS'], fallbackDelayInSeconds: 120, visualContent: { title: 'x' } };
const withFallback = (endpointFallback: object) => ({ fallbackPolicy: { endpointFallback } });
const days = (count: number, ms = 0) => ({ expirationDateTime: new Date(now + count * 86_400_000 + ms).toISOString() });

const good: readonly (readonly [title: string, members: object])[] = [
  ['[F12] raw content', {}],
  ['[F12] visual content with a title', { payload: { visualContent: { title: 'x' } } }],
  ['[F12] both', { payload: { rawContent: 'x', visualContent: { title: 'x', body: '' } } }],
  ['[D6] members that are unknown', { extra: { a: [1] } }],
  ['[F11] no group', { groupName: null, appNotificationId: null }],
  ['[F9] an expiration in exactly 30 days', days(30)],
  ['[D2] an expiration in a millisecond', days(0, 1)],
  ['[F7] no time to live', { displayTimeToLive: null }],
  ['[F7] the largest time to live', { displayTimeToLive: 2_147_483_647 }],
  ['[F16] a fallback, all platforms', withFallback(fallback)],
  ['[F16] a fallback, iOS among the platforms', { ...withFallback(fallback), targetPolicy: { platformTypes: ['Windows', 'ios'] } }],
  ['[F16] a fallback with names in any case', withFallback({ ...fallback, platformTypes: ['IOS'] })],
  ['[F16] the shortest and the longest delay', withFallback({ ...fallback, fallbackDelayInSeconds: 600 })],
];

const bad: readonly (readonly [title: string, members: object, target: string, code: string, message: string])[] = [
  ['[F12] no content', { payload: {} }, '/payload', 'anyOf', 'needs at least one of rawContent, visualContent'],
  ['[F12] no title', { payload: { rawContent: 'x', visualContent: {} } }, '/payload/visualContent/title', 'required', 'is required'],
  ['[F12] an empty title', { payload: { visualContent: { title: '' } } }, '/payload/visualContent/title', 'minLength', 'must not be empty'],
  ['[F12] empty raw content', { payload: { rawContent: '' } }, '/payload/rawContent', 'minLength', 'must not be empty'],
  ['[D7] raw content that is an object', { payload: { rawContent: {} } }, '/payload/rawContent', 'type', 'must be a string'],
  ['[D7] a group that is a number', { groupName: 5 }, '/groupName', 'type', 'must be a string or null'],
  ['[F15] an empty host name', { targetHostName: '' }, '/targetHostName', 'minLength', 'must not be empty'],
  ['[F13] an unknown priority', { priority: 'urgent' }, '/priority', 'enum', 'must be one of None, High, Low'],
  [
    '[F14] an unknown platform',
    { targetPolicy: { platformTypes: ['iOS', 'Symbian'] } },
    '/targetPolicy/platformTypes/1',
    'enum',
    'must be one of Windows, iOS, Android, WebPush',
  ],
  ['[F14] no platform', { targetPolicy: { platformTypes: [] } }, '/targetPolicy/platformTypes', 'minItems', 'must have at least one item'],
  ['[F9] an expiration after 30 days', days(30, 1), '/expirationDateTime', 'x-max-ahead', 'must be at most 30 days ahead'],
  ['[D2] an expiration now', days(0), '/expirationDateTime', 'x-future', 'must be an instant in the future'],
  [
    '[D2] an expiration that is no instant',
    { expirationDateTime: 'tomorrow' },
    '/expirationDateTime',
    'format',
    'must be an ISO 8601 instant with an offset',
  ],
  ['[D7] an expiration that is a number', { expirationDateTime: 5 }, '/expirationDateTime', 'type', 'must be a string'],
  ['[F7] a negative time to live', { displayTimeToLive: -1 }, '/displayTimeToLive', 'minimum', 'must be at least 0'],
  ['[F7] a time to live over Int32', { displayTimeToLive: '2147483648' }, '/displayTimeToLive', 'maximum', 'must be at most 2147483647'],
  [
    '[F7] a time to live of twenty digits',
    { displayTimeToLive: '9'.repeat(20) },
    '/displayTimeToLive',
    'maximum',
    'must be at most 2147483647',
  ],
  ...['-1', '1.5', '5.0', '+5', ' 60', '60 ', '60\n', '60s', '', '0x10', '1e3', '1_0', '６０', '9'.repeat(400)].map(
    (text) =>
      [
        `[F7] a time to live of ${JSON.stringify(text)}`,
        { displayTimeToLive: text },
        '/displayTimeToLive',
        'type',
        'must be an integer or null',
      ] as const,
  ),
  [
    '[F16] a fallback for Android',
    withFallback({ ...fallback, platformTypes: ['Android'] }),
    '/fallbackPolicy/endpointFallback/platformTypes/0',
    'enum',
    'must be one of iOS',
  ],
  [
    '[F16] a delay under a minute',
    withFallback({ ...fallback, fallbackDelayInSeconds: 59 }),
    '/fallbackPolicy/endpointFallback/fallbackDelayInSeconds',
    'minimum',
    'must be at least 60',
  ],
  [
    '[F16] a delay over ten minutes',
    withFallback({ ...fallback, fallbackDelayInSeconds: 601 }),
    '/fallbackPolicy/endpointFallback/fallbackDelayInSeconds',
    'maximum',
    'must be at most 600',
  ],
  [
    '[F16] a fallback without iOS in the target policy',
    { ...withFallback(fallback), targetPolicy: { platformTypes: ['Windows'] } },
    '/targetPolicy/platformTypes',
    'contains',
    'must include iOS',
  ],
  ['[F16] an empty fallback policy', { fallbackPolicy: {} }, '/fallbackPolicy/endpointFallback', 'required', 'is required'],
];

describe('a notification request', () => {
  it.each(good)('%s is accepted', (_, members) => {
    expect(validated(members).violations).toEqual([]);
  });

  it.each(bad)('%s is one violation at its location', (_, members, target, code, message) => {
    expect(validated(members).violations).toEqual([{ code, target, message }]);
  });

  it('[F14] [F7] is brought into the spelling of the document', () => {
    const { value } = validated({ displayTimeToLive: '0060', targetPolicy: { platformTypes: ['WEBPUSH', 'android'] } });
    expect(value).toMatchObject({ displayTimeToLive: 60, targetPolicy: { platformTypes: ['WebPush', 'Android'] } });
  });

  it('names all of its violations', () => {
    expect(validateRequest({ targetHostName: 5, payload: {}, priority: 1 }, now).violations.map(({ target }) => target)).toEqual([
      '/targetHostName',
      '/priority',
      '/payload',
    ]);
  });

  it('is invalid, not a crash, with a leap second', () => {
    const leap = validated({ expirationDateTime: '2019-08-23T23:59:60Z' }).violations;
    expect(leap.map(({ target }) => target)).toEqual(['/expirationDateTime']);
    expect(leap[0]?.message).toMatch(/^must be an instant that can be read/);
  });

  it.each(['{"__proto__":{"targetHostName":"a","payload":{"rawContent":"x"}}}', '{"constructor":{},"toString":1}'])(
    'is not helped by %s',
    (text) => {
      expect(validateRequest(JSON.parse(text), now).violations.map(({ code }) => code)).toEqual(['required', 'required']);
    },
  );
});

describe('an update', () => {
  it('[F26] needs one of the states', () => {
    const validate = bodyValidator('PATCH', '/client/v1/notifications/1');
    expect(validate({}, now).violations).toEqual([
      { code: 'anyOf', target: '', message: 'needs at least one of readState, userActionState' },
    ]);
    expect(validate({ readState: 'Read' }, now).violations).toEqual([]);
  });
});

describe('violations', () => {
  const cases: readonly (readonly [title: string, schema: object, value: unknown, violation: object])[] = [
    ['a const', { const: 'x' }, 'y', { code: 'const', target: '', message: 'must be x' }],
    ['a member that must not be', { properties: { a: { not: {} } } }, { a: 1 }, { code: 'not', target: '/a', message: 'must not be sent' }],
    [
      'a member of a false schema',
      { properties: { a: false } },
      { a: 1 },
      { code: 'false schema', target: '/a', message: 'must not be sent' },
    ],
    [
      'an unknown member',
      { properties: {}, additionalProperties: false },
      { 'a/~b': 1 },
      { code: 'additionalProperties', target: '/a~1~0b', message: 'is not known here' },
    ],
    [
      'a member that another needs',
      { dependentRequired: { a: ['b'] } },
      { a: 1 },
      { code: 'dependentRequired', target: '/b', message: 'is required with a' },
    ],
    [
      'oneOf of required members',
      { oneOf: [{ required: ['a'] }, { required: ['b'] }] },
      {},
      { code: 'oneOf', target: '', message: 'needs exactly one of a, b' },
    ],
    [
      'more than one alternative',
      { oneOf: [{ required: ['a'] }, { required: ['b'] }] },
      { a: 1, b: 1 },
      { code: 'oneOf', target: '', message: 'must match exactly one alternative' },
    ],
    [
      'a type of none of the alternatives',
      { anyOf: [{ type: 'string' }, { type: 'null' }] },
      5,
      { code: 'type', target: '', message: 'must be a string or null' },
    ],
    [
      'an if',
      JSON.parse('{"if":{"required":["a"]},"then":{"required":["b"]}}'),
      { a: 1 },
      { code: 'required', target: '/b', message: 'is required' },
    ],
    ['too many items', { type: 'array', maxItems: 1 }, [1, 2], { code: 'maxItems', target: '', message: 'must have at most 1 items' }],
    ['an exclusive limit', { exclusiveMinimum: 0 }, 0, { code: 'exclusiveMinimum', target: '', message: 'must be more than 0' }],
    ['a pattern', { type: 'string', pattern: '^a$' }, 'b', { code: 'pattern', target: '', message: 'must match ^a$' }],
  ];
  it.each(cases)('say %s in a few words', (_, schema, value, violation) => {
    expect(violationsOf(schema, value)).toEqual([violation]);
  });

  it('of alternatives are those of the one that was meant', () => {
    const status = (name: string, ...required: string[]) => ({
      required: ['status', ...required],
      properties: { status: { const: name } },
    });
    const schema = { oneOf: [status('Active', 'a', 'b'), status('Deleted', 'c')] };
    expect(violationsOf(schema, { status: 'Active' }).map(({ target }) => target)).toEqual(['/a', '/b']);
    expect(violationsOf(schema, { status: 'Deleted' }).map(({ target }) => target)).toEqual(['/c']);
  });

  it('of a million items are few, and cost little', () => {
    const schema = { type: 'array', items: { type: 'string' } };
    expect(
      violationsOf(
        schema,
        Array.from({ length: 1_000_000 }, () => 1),
      ),
    ).toHaveLength(1);
    expect(
      violationsOf(
        schema,
        Array.from({ length: 9_000 }, () => 1),
      ),
    ).toHaveLength(100);
  });
});

describe('normalising', () => {
  it('reaches members, items, alternatives and further members', () => {
    const caseless = { type: 'string', enum: ['A'], 'x-case-insensitive': true };
    const numeric = { type: 'integer', 'x-numeric-string': true };
    const schema = {
      allOf: [{ properties: { a: caseless } }],
      anyOf: [{ properties: { b: { prefixItems: [caseless], items: numeric } } }],
      dependentSchemas: { a: { properties: { c: numeric } } },
      additionalProperties: numeric,
      properties: { a: true, b: true, c: true },
    };
    expect(validatorOf(schema)({ a: 'a', b: ['a', '1', '2'], c: '3', d: '4' }, now)).toEqual({
      value: { a: 'A', b: ['A', 1, 2], c: 3, d: 4 },
      violations: [],
    });
  });

  it('[F7] reads digits only as numbers', () => {
    expect(validatorOf({ 'x-numeric-string': true })('12', now).value).toBe(12);
    for (const text of ['-1', '1.0', '', '１']) expect(validatorOf({ 'x-numeric-string': true })(text, now).value).toBe(text);
  });
});

describe('durations', () => {
  it.each([
    ['P30D', 2_592_000_000, '30 days'],
    ['P7D', 604_800_000, '7 days'],
    ['PT1H', 3_600_000, '1 hour'],
    ['P1W', 604_800_000, '1 week'],
    ['P1DT1H1M1.5S', 90_061_500, '1 day 1 hour 1 minute 1.5 seconds'],
  ])('%s is read', (text, ms, said) => {
    expect(durationMs(text)).toBe(ms);
    expect(durationText(text)).toBe(said);
  });

  it.each(['', 'P', 'PT', 'P1M', 'P1Y', '30D', 'P1DT', 'P-1D'])('"%s" is none of a fixed length', (text) => {
    expect(durationMs(text)).toBeUndefined();
  });
});
