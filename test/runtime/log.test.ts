// The log as it is written: each event in words and as JSON, levels, colours, and text from clients that acts on no terminal.
import { describe, expect, it } from 'vitest';
import type { LogEvent } from '../../src/domain/log-event.ts';
import { localTime } from '../../src/runtime/local-time.ts';
import { createLog, type LogOptions } from '../../src/runtime/log.ts';

const instant = Date.parse('2026-11-28T21:23:40.120Z');
const heading = (at = instant) => `-- ${localTime(at).date}, local time (${localTime(at).zone}) --`;
const time = localTime(instant).time;

/** What a log with these options has written. */
function written(options: Partial<LogOptions>, write: (log: ReturnType<typeof createLog>) => void, stream: object = {}): string[] {
  const texts: string[] = [];
  write(createLog({ level: 'info', env: {}, now: () => instant, ...options, stream: { write: (text) => texts.push(text), ...stream } }));
  return texts.join('').split('\n').slice(0, -1);
}
const lines = (event: LogEvent, options: Partial<LogOptions> = {}, stream: object = {}) =>
  written(options, (log) => log.events?.write(event), stream).slice(1);
const json = (event: LogEvent) => JSON.parse(written({ format: 'json' }, (log) => log.events?.write(event)).join('')) as object;

const device = { user: 'adele', application: 'contoso.example', platform: 'iOS', device: 'adele-ios' } as const;
const who = 'adele → contoso.example · iOS adele-ios';
const feed = { user: 'adele', application: 'contoso.example' } as const;
const request = { event: 'request', method: 'POST', path: '/client/v1/subscriptions', status: 201 } as const;
const id = '3c71b6a8-6b9d-4a2f-8a34-0b0d1f7a9c11';

describe('a line of text', () => {
  it.each<[string, LogEvent, string]>([
    ['a request that was answered', { ...request, ...device, durationMs: 3 }, `✓ POST /client/v1/subscriptions 201 · ${who} · 3 ms`],
    [
      'a refused request',
      { ...request, status: 400, code: 'InvalidBody', reason: '/platform: must be one of Windows, iOS', ...feed, durationMs: 3 },
      '✗ POST /client/v1/subscriptions 400 InvalidBody /platform: must be one of Windows, iOS · adele → contoso.example · 3 ms',
    ],
    [
      'a request of which nothing more is known',
      { ...request, status: 401, code: 'TokenMissing' },
      '✗ POST /client/v1/subscriptions 401 TokenMissing',
    ],
    [
      'an app server',
      { ...request, client: 'my-server', application: 'a.example' },
      '✓ POST /client/v1/subscriptions 201 · client my-server → a.example',
    ],
    ['a user with a client', { ...request, user: 'adele', client: id }, '✓ POST /client/v1/subscriptions 201 · adele with 3c71b6a8…'],
    ['an application alone', { ...request, application: 'a.example' }, '✓ POST /client/v1/subscriptions 201 · → a.example'],
    [
      'ids in a path, cut',
      { ...request, method: 'GET', path: `/client/v1/notifications/${id}`, status: 200 },
      '✓ GET /client/v1/notifications/3c71b6a8… 200',
    ],
    [
      'an error that the browser takes back to the client',
      { ...request, status: 302, code: 'access_denied' },
      '✗ POST /client/v1/subscriptions 302 access_denied',
    ],
    [
      'a request that got no answer',
      { ...request, status: undefined, reason: 'the client went away' },
      '✗ POST /client/v1/subscriptions not answered the client went away',
    ],
    [
      'a request that could not be read',
      { event: 'request', status: 400, code: 'InvalidParameter', reason: 'The request is not valid HTTP.' },
      '✗ a request that could not be read 400 InvalidParameter The request is not valid HTTP.',
    ],
    ['a socket that opened', { event: 'socket-opened', ...device, resumed: true }, `+ socket opened · ${who}`],
    [
      'a socket whose cursor is unknown',
      { event: 'socket-opened', ...device, resumed: false },
      `+ socket opened · ${who} · its cursor is unknown: receives only new notifications`,
    ],
    [
      'a socket that the emulator closed',
      { event: 'socket-closed', ...device, code: 1001, reason: 'shutting down', by: 'emulator', durationMs: 81_000 },
      `- socket closed 1001 shutting down · ${who} · 81.0 s`,
    ],
    [
      'a socket that the device closed',
      { event: 'socket-closed', ...device, code: 1000, by: 'device' },
      `- socket closed by the device 1000 · ${who}`,
    ],
    [
      'a delivery',
      { event: 'delivery', change: 'published', ...feed, sent: 3, offline: 1, waiting: 0 },
      '→ published: 3 devices, 1 offline · adele → contoso.example',
    ],
    [
      'a delivery to one',
      { event: 'delivery', change: 'deleted', ...feed, sent: 1, offline: 0, waiting: 2 },
      '→ deleted: 1 device, 2 waiting · adele → contoso.example',
    ],
    ['a delivery to none', { event: 'delivery', change: 'replaced', ...feed, sent: 0 }, '→ replaced: no device · adele → contoso.example'],
    [
      'changed states',
      { event: 'delivery', change: 'changed', readState: 'Read', userActionState: 'NoInteraction', ...feed, sent: 2 },
      '→ changed to Read: 2 devices · adele → contoso.example',
    ],
    ['what a device had missed', { event: 'caught-up', ...device, notifications: 1 }, `→ caught up with 1 notification · ${who}`],
    [
      'a fallback that is due',
      { event: 'fallback-due', ...feed, devices: 1 },
      '▲ fallback due; 1 iOS device has not fetched the notification · adele → contoso.example',
    ],
    [
      'a fallback without devices',
      { event: 'fallback-due', ...feed, devices: 0 },
      '▲ fallback due; no iOS device needs the toast · adele → contoso.example',
    ],
    ['a toast', { event: 'toast', ...device }, `▲ fallback toast sent · ${who}`],
    [
      'expired notifications',
      { event: 'notifications-expired', ...feed, count: 12 },
      '○ 12 notifications expired · adele → contoso.example',
    ],
    [
      'an expired subscription',
      { event: 'subscription-expired', ...device, expiredAt: '2026-12-28T01:07:53.815Z' },
      `○ subscription expired · ${who}`,
    ],
    ['the end', { event: 'stopped', sockets: 1 }, '· stopped; 1 socket closed'],
    ['the end without sockets', { event: 'stopped', sockets: 0 }, '· stopped'],
  ])('says of %s', (_what, event, text) => {
    expect(lines(event)).toEqual([`${time} ${text}`]);
  });

  it('has ids, headers and bodies below it where the event has them, the usual headers left out', () => {
    const event: LogEvent = {
      ...request,
      path: `/client/v1/subscriptions/${id}`,
      requestId: id,
      clientRequestId: id,
      unsid: 'phone',
      query: 'a=1',
      request: { headers: { host: 'here', 'x-uns-id': 'phone' }, body: '{}' },
      answer: { headers: { date: 'today', location: '/there' } },
    };
    expect(lines(event).slice(1)).toEqual([
      '           unsid             phone',
      `           request-id        ${id}`,
      `           > POST /client/v1/subscriptions/${id}?a=1`,
      '           > x-uns-id: phone',
      '           > {}',
      '           < 201',
      '           < location: /there',
    ]);
  });

  it.each([
    ['a path', { path: '/\u001b[2Jx' }, '/\\x1b[2Jx'],
    ['a method', { method: 'GET\u009b1m' }, 'GET\\x9b1m'],
    ['a reason with lines', { reason: 'a\r\nb\nc' }, 'a ⏎ b ⏎ c'],
    ['a device', { device: '\u202eabc' }, '\\u202eabc'],
    ['an id', { unsid: '\u001b]0;title\u0007' }, '\\x1b]0;title\\x07'],
    ['a body', { request: { headers: {}, body: '"\u001b[31m"' } }, '"\\x1b[31m"'],
  ])('spells out what would act on a terminal in %s', (_where, members, shown) => {
    const text = lines({ ...request, ...members }, { level: 'debug' }).join('\n');
    expect(text).toContain(shown);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  it('is broken between words where a terminal ends, and nowhere else', () => {
    const event: LogEvent = { ...request, status: 400, code: 'InvalidBody', reason: 'one two three', user: 'adele', client: id };
    const narrow = lines(event, { env: { NO_COLOR: '1' } }, { isTTY: true, columns: 60 });
    expect(narrow).toEqual([`${time} ✗ POST /client/v1/subscriptions 400 InvalidBody one`, '           two three · adele with 3c71b6a8…']);
    expect(lines(event, {}, { columns: 60 })).toHaveLength(1);
  });

  it('has colours on a terminal only, refusals others than answers', () => {
    const shown = (status: number) => lines({ ...request, status }, {}, { isTTY: true, columns: 200 }).join('');
    expect(shown(201)).toContain('\u001b[32m201\u001b[39m');
    expect(shown(404)).toContain('\u001b[31m404\u001b[39m');
    expect(lines({ ...request }).join('')).not.toContain('\u001b');
  });

  it('comes after the date and the time zone, which are said again when they change', () => {
    const dayMs = 86_400_000;
    const times = [instant, instant, instant + dayMs];
    const texts = written({ now: () => times.shift() ?? 0 }, (log) => {
      for (let count = 0; count < 3; count += 1) log.info('here');
    });
    expect(texts).toEqual([
      heading(),
      `${time} · here`,
      `${time} · here`,
      heading(instant + dayMs),
      `${localTime(instant + dayMs).time} · here`,
    ]);
  });

  it('says an error with its stack and its cause', () => {
    const [first, ...rest] = written({}, (log) => log.error('unexpected', new Error('broken', { cause: new Error('why') }))).slice(1);
    expect(first).toBe(`${time} ✗ unexpected`);
    expect(rest.join('\n')).toMatch(/ {11}Error: broken\n {11} +at [\s\S]*Error: why/);
  });
});

describe('local time', () => {
  it.each([
    [0, '21:23:40', '2026-11-28', 'UTC+00:00'],
    [60, '22:23:40', '2026-11-28', 'UTC+01:00'],
    [345, '03:08:40', '2026-11-29', 'UTC+05:45'],
    [-210, '17:53:40', '2026-11-28', 'UTC-03:30'],
  ])('is that of its zone, %i minutes east', (offset, clock, date, zone) => {
    expect(localTime(instant, offset)).toEqual({ time: clock, date, zone });
  });
});

describe('a line of JSON', () => {
  it.each<LogEvent>([
    { ...request, ...device, client: id, code: 'x', reason: 'y', durationMs: 3 },
    { event: 'socket-closed', ...device, code: 1001, reason: 'shutting down', by: 'emulator' },
    { event: 'delivery', change: 'published', ...feed, sent: 3, offline: 1, waiting: 0 },
  ])('has the members of its event, time and level: $event', (event) => {
    expect(json(event)).toEqual({ time: '2026-11-28T21:23:40.120Z', level: 'info', ...event });
  });

  it('is one line whatever it holds, and acts on no terminal', () => {
    const texts = written({ format: 'json' }, (log) => log.warn('a\nb\u001b[2J\u009b\u2028', 'more', new Error('broken\u202e')));
    expect(texts).toHaveLength(1);
    expect(texts[0]).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
    expect(JSON.parse(texts[0] ?? '')).toMatchObject({
      level: 'warn',
      event: 'message',
      message: 'a\nb\u001b[2J\u009b\u2028',
      details: ['more', { name: 'Error', message: 'broken\u202e' }],
    });
  });
});

describe('a level', () => {
  it.each([
    ['silent', [], undefined],
    ['error', ['error'], undefined],
    ['warn', ['error', 'warn'], undefined],
    ['info', ['error', 'warn', 'info'], false],
    ['debug', ['error', 'warn', 'info', 'debug'], true],
  ] as const)('%s takes its messages, and events only from info on', (level, expected, isDetailed) => {
    const texts = written({ level, format: 'json' }, (log) => {
      for (const kind of ['error', 'warn', 'info', 'debug'] as const) log[kind]('here');
    });
    expect(texts.map((text) => JSON.parse(text).level)).toEqual(expected);
    expect(createLog({ level }).events?.isDetailed).toBe(isDetailed);
  });
});
