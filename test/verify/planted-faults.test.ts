// Proves that generated cases and checks find faults that are planted on the line, and raise nothing for permitted differences.
import { afterAll, describe, expect, it } from 'vitest';
import { createLine, type Fault } from '../contract/planted.ts';

const line = createLine();
afterAll(() => line.stop());

const post = '/beta/me/notifications';
const isPost = ({ method, path }: { method: string; path: string }) => method === 'POST' && path === post;
const member = (json: unknown, name: string): unknown => (typeof json === 'object' && json !== null ? Reflect.get(json, name) : undefined);
const visual = (json: unknown) => member(member(json, 'payload'), 'visualContent');

/** Refused with the emulator's own 400: an empty body goes on. */
const refusing = (isWrong: (json: Record<string, unknown>) => boolean): Fault => ({
  request: (seen) => (isPost(seen) && seen.json && isWrong(seen.json) ? {} : undefined),
});
/** Accepted: a good body goes on. */
const accepting = (isWrong: (json: Record<string, unknown>) => boolean): Fault => ({
  request: (seen) => {
    if (!isPost(seen) || !seen.json || !isWrong(seen.json)) return undefined;
    return { targetHostName: seen.json['targetHostName'], payload: { rawContent: 'x' } };
  },
});
const answering = (change: NonNullable<Fault['answer']>): Fault => ({ answer: change });
const without = (name: string, status?: number): Fault =>
  answering((answered) => {
    if (status === undefined || answered.status === status) answered.headers.delete(name);
  });
const withStatus = (answered: { status: number }, from: number, to: number): void => {
  if (answered.status === from) answered.status = to;
};
const replacing = (answered: { text: string }, from: string | RegExp, to: string): void => {
  answered.text = answered.text.replace(from, to);
};
const set = (json: Record<string, unknown>, name: string, value: unknown): void => {
  json[name] = value;
};
const inJson = (answered: { text: string }, change: (json: Record<string, unknown>) => void): void => {
  if (!answered.text.startsWith('{')) return;
  const json = JSON.parse(answered.text) as Record<string, unknown>;
  change(json);
  answered.text = JSON.stringify(json);
};

const smallest = ['generated/postNotification/body/smallest', 'generated/postNotification/body/payload/required/refused'];

const accepted: readonly (readonly [string, string, Fault, readonly string[]])[] = [
  ['an empty title', 'post-payload-all-valid', accepting((json) => member(visual(json), 'title') === ''), ['*/title/minLength/*']],
  [
    'an expiration in 31 days',
    'post-expiration-limit',
    accepting((json) => Date.parse(String(json['expirationDateTime'])) > Date.now() + 30.02 * 86_400_000),
    ['*/x-max-ahead/*'],
  ],
  ['a priority in lower case', 'post-priority', accepting((json) => json['priority'] === 'high'), ['*/priority/*']],
  ['a number for a groupName', 'post-types', accepting((json) => typeof json['groupName'] === 'number'), ['*/groupName/type/*']],
  [
    'a fallback without iOS',
    'post-fallback-needs-ios',
    accepting((json) => !/ios/i.test(JSON.stringify(json['targetPolicy'] ?? 'ios'))),
    ['*dependentSchemas*'],
  ],
  ['If-Range', 'post-conditional-headers', { dropped: 'if-range' }, ['*If-Range*']],
];

const refused: readonly (readonly [string, string, Fault, readonly string[]])[] = [
  ['a groupName in another script', 'post-text', refusing((json) => /[^ -~]/.test(String(json['groupName'] ?? ''))), ['*/groupName/*']],
  ['platforms in lower case', 'post-platforms', refusing((json) => /"windows"/.test(JSON.stringify(json))), ['*targetPolicy*']],
  ['a time to live in text', 'post-ttl', refusing((json) => typeof json['displayTimeToLive'] === 'string'), ['*displayTimeToLive*']],
  [
    'an instant with an offset',
    'post-expiration-utc',
    refusing((json) => /[+-]\d\d:\d\d$/.test(String(json['expirationDateTime']))),
    ['*expirationDateTime/format/*'],
  ],
  ['members that it does not know', 'post-unknown-members', refusing((json) => 'colour' in json), ['*/body/unknown/*']],
  ['everything', 'post-created', refusing(() => true), smallest],
];

const answers: readonly (readonly [string, string, Fault, readonly string[]])[] = [
  ['no request-id', 'answer-headers', without('request-id'), smallest],
  [
    'another OData-Version',
    'answer-headers',
    answering(({ headers }) => headers.has('odata-version') && headers.set('odata-version', '3.0')),
    smallest,
  ],
  [
    'the same request-id always',
    'request-id',
    answering(({ headers }) => headers.set('request-id', '943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18')),
    smallest,
  ],
  [
    'a client-request-id of its own',
    'client-request-id',
    answering(({ headers }) => headers.set('client-request-id', '943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18')),
    ['*/client-request-id'],
  ],
  ['HTML', 'answer-media-type', answering(({ headers }) => headers.set('content-type', 'text/html')), smallest],
  ['200 for a new notification', 'answer-status', answering((answered, seen) => isPost(seen) && withStatus(answered, 201, 200)), smallest],
  [
    'no priority',
    'answer-schema',
    answering((answered, seen) => isPost(seen) && inJson(answered, (json) => delete json['priority'])),
    smallest,
  ],
  [
    'a groupName that was not sent',
    'post-group-null',
    answering((answered, seen) => isPost(seen) && answered.status === 201 && inJson(answered, (json) => set(json, 'groupName', 'x'))),
    smallest,
  ],
  [
    'rawContent',
    'answer-schema',
    answering(
      (answered, seen) =>
        isPost(seen) && answered.status === 201 && inJson(answered, (json) => set(json, 'payload', { rawContent: 'Hello' })),
    ),
    smallest,
  ],
  ['500 for a bad body', 'no-server-error', answering((answered) => withStatus(answered, 400, 500)), smallest],
  [
    'an error without a message',
    'error-body',
    answering((answered) => inJson(answered, (json) => delete (json['error'] as Record<string, unknown> | undefined)?.['message'])),
    smallest,
  ],
  [
    'an error with another request-id',
    'error-body',
    answering((answered) => replacing(answered, /("request-id":")[^"]+/, '$1943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18')),
    smallest,
  ],
  [
    'a stack trace',
    'no-leak',
    answering((answered) =>
      inJson(
        answered,
        (json) => json['error'] && Object.assign(json['error'], { stack: 'Error: x\n    at run (/srv/app/dist/run.js:3:5)' }),
      ),
    ),
    smallest,
  ],
  [
    'a file path',
    'no-leak',
    answering((answered) =>
      inJson(answered, (json) => json['error'] && Object.assign(json['error'], { file: '/home/svc/notifications/run.js' })),
    ),
    smallest,
  ],
  ['401 without WWW-Authenticate', 'unauthorized', without('www-authenticate', 401), ['generated/postNotification/credentials/refused']],
  ['405 without Allow', 'method-not-allowed', without('allow', 405), ['generated/postNotification/method/undeclared']],
  [
    '200 for GET',
    'post-only',
    answering((answered, seen) => seen.method === 'GET' && seen.path === post && withStatus(answered, 405, 200)),
    ['generated/postNotification/method/undeclared'],
  ],
  ['429 without Retry-After', 'throttling', answering((answered) => withStatus(answered, 400, 429)), smallest],
  ['preflights without methods', 'preflight', without('access-control-allow-headers'), ['generated/postNotification/preflight']],
  [
    '405 for a slash at the end',
    'post-trailing-slash',
    answering((answered, { path }) => path === `${post}/` && withStatus(answered, 201, 404)),
    ['*/trailing-slash'],
  ],
];

describe('a fault on the line', () => {
  it.each(accepted)('that accepts %s is found as %s', async (_name, requirement, fault, only) => {
    expect((await line.run(fault, only)).broken).toContain(requirement);
  });

  it.each(refused)('that refuses %s is found as %s', async (_name, requirement, fault, only) => {
    expect((await line.run(fault, only)).broken).toContain(requirement);
  });

  it.each(answers)('that answers with %s is found as %s', async (_name, requirement, fault, only) => {
    expect((await line.run(fault, only)).broken).toContain(requirement);
  });

  it('is reported with place, value, exchange and document', async () => {
    const { outcomes } = await line.run(
      accepting((json) => member(visual(json), 'title') === ''),
      ['*/title/minLength/refused'],
    );
    const [finding] = outcomes.find(({ case: { id } }) => id.includes('payload/visualContent/title'))?.findings ?? [];
    expect(finding).toMatchObject({
      requirement: 'post-payload-all-valid',
      expected: '400 for /payload/visualContent/title (minLength): empty text',
      got: '201',
      document: 'notifications.yaml#/components/schemas/VisualContent/properties/title/minLength',
    });
    expect(finding?.exchange?.request.json).toMatchObject({ payload: { visualContent: { title: '' } } });
  });

  it('on one member of many is reported with that member alone', async () => {
    const { outcomes } = await line.run(
      refusing((json) => 'extra217' in json),
      ['generated/postNotification/body/unknown/accepted'],
    );
    const finding = outcomes.flatMap(({ findings }) => findings).find(({ requirement }) => requirement === 'post-unknown-members');
    expect(finding?.got).toMatch(/these optional members: \/extra217$/);
    expect(Object.keys(finding?.exchange?.request.json as object).sort()).toEqual(['extra217', 'payload', 'targetHostName']);
  });

  it('on every answer is reported once', async () => {
    const { outcomes } = await line.run(without('cache-control'), ['generated/deleteSubscription/*', 'generated/listSubscriptions/*']);
    const reported = outcomes.flatMap(({ findings }) => findings).filter(({ requirement }) => requirement === 'answer-headers');
    expect(reported.map(({ expected }) => expected)).toEqual(['Cache-Control to be sent']);
  });
});

const valid: readonly (readonly [string, Fault])[] = [
  [
    'more members and headers',
    answering((answered) => {
      inJson(answered, (json) => Object.assign(json, { extra: { of: ['many'] } }));
      answered.headers.set('x-powered-by', 'another implementation');
    }),
  ],
  ['other error codes, which are a SHOULD', answering((answered) => replacing(answered, '"code":"BadRequest"', '"code":"invalidRequest"'))],
  [
    '401 for wrong types',
    answering((answered) => {
      if (!/"code":"type"/.test(answered.text) || /BodyIsArray/.test(answered.text) || answered.status !== 400) return;
      answered.status = 401;
      answered.text = answered.text.replace('BadRequest', 'Unauthorized');
    }),
  ],
  [
    'no charset, other parameters and an order of its own',
    answering(({ headers }) => {
      const type = headers.get('content-type') ?? '';
      if (type.includes('odata'))
        headers.set(
          'content-type',
          'Application/JSON; charset="UTF-8"; ieee754compatible=false; odata.streaming=true; odata.metadata=minimal',
        );
      else if (type !== '') headers.set('content-type', 'application/json');
      headers.set('cache-control', 'no-store, Private');
      headers.set(
        'access-control-expose-headers',
        `x-more, ${(headers.get('access-control-expose-headers') ?? '').split(', ').reverse().join(',')}`,
      );
      if (headers.has('allow')) headers.set('allow', `${headers.get('allow')}, OPTIONS, HEAD`);
    }),
  ],
  [
    'members in another order',
    answering((answered) =>
      inJson(answered, (json) => {
        for (const [name, value] of Object.entries(json).reverse()) {
          delete json[name];
          json[name] = value;
        }
      }),
    ),
  ],
];

describe('a permitted difference', () => {
  it.each(valid)(
    'raises nothing: %s',
    async (_name, difference) => {
      const { outcomes } = await line.run(difference, [
        'generated/postNotification/body/payload*',
        'generated/postNotification/body/full',
        'generated/postNotification/body/array',
        'generated/createSubscription/body/deviceId/*',
        'generated/postNotification/method/*',
        'table/post-raw',
        'table/post-headers',
        'table/group-number',
      ]);
      expect(
        outcomes
          .filter(({ kind }) => kind !== 'pass')
          .map(({ case: { id }, reason, findings }) => [id, reason, findings.map(({ expected, got }) => [expected, got])]),
      ).toEqual([]);
    },
    10 * 60_000,
  );

  it('of codes is reported, and fails nothing', async () => {
    const { summary } = await line.run(
      answering((answered) => replacing(answered, '"code":"BadRequest"', '"code":"invalidRequest"')),
      smallest,
    );
    expect(summary.warnings).toBe(1);
    expect(summary.outcomes.fail).toBe(0);
  });

  it('of being throttled now and then raises nothing', async () => {
    let count = 0;
    const throttled = answering((answered) => {
      count += 1;
      if (count % 3 !== 0) return;
      answered.status = 406;
      answered.headers.set('retry-after', '0');
      answered.text = answered.text.startsWith('{"error"')
        ? answered.text
        : JSON.stringify({
            error: {
              code: 'NotAcceptable',
              message: 'Busy.',
              innerError: {
                date: new Date().toISOString(),
                'request-id': answered.headers.get('request-id'),
                'client-request-id': answered.headers.get('client-request-id'),
              },
            },
          });
      answered.headers.set('content-type', 'application/json');
    });
    const { outcomes } = await line.run(throttled, ['generated/updateNotification/body/readState/*']);
    expect(
      outcomes
        .filter(({ kind }) => kind === 'fail')
        .map(({ case: { id }, findings }) => [id, findings.map(({ expected, got }) => [expected, got])]),
    ).toEqual([]);
  });
});
