// Posts every request body that was ever published, at its time, and wants the outcome that stands beside it.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { serverToken, tokenOf, useEmulators } from '../support/emulator.ts';
import { errorOf, targetsOf } from '../support/http-call.ts';
import { createTestClock } from '../support/time.ts';

interface PublishedRequest {
  readonly id: string;
  readonly source: string;
  /** When it is posted. */
  readonly at: string;
  readonly numbers: readonly string[];
  readonly caller?: 'app' | 'user';
  readonly contentType?: string;
  readonly text?: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly expect: {
    readonly status: number;
    readonly body?: object;
    readonly targets?: readonly string[];
    readonly message?: string;
  };
}

const start = useEmulators();
const published = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../fixtures/published/${name}`, import.meta.url), 'utf8'));
const { requests } = published('requests.json') as { requests: readonly PublishedRequest[] };
const { answers } = published('answers.json') as { answers: readonly { status: number; body: object; source: string }[] };

const titled = requests.map((one) => [`${one.numbers.map((number) => `[${number}]`).join('')} ${one.id}: ${one.source}`, one] as const);

const isNamed = (name: string) => name.toLowerCase() === 'targethostname';

/** The host name is the application of the device that the notification is for. */
function hostOf({ text, body }: PublishedRequest): string {
  const given = (body ?? JSON.parse((text ?? '').replace(/^\ufeff/, ''))) as Record<string, unknown>;
  const inner = (given['notification'] ?? given) as Record<string, unknown>;
  return String(Object.entries(inner).find(([name]) => isNamed(name))?.[1]);
}

describe('a published request', () => {
  it.each(titled)('%s', async (_title, one) => {
    const emulator = await start({}, { clock: createTestClock(Date.parse(one.at)) });
    const adele = await emulator.subscribe('adele', { application: hostOf(one) });
    const answer = await emulator.send({
      method: 'POST',
      path: '/beta/me/notifications',
      headers: { 'Content-Type': one.contentType ?? 'application/json' },
      bytes: one.text ?? JSON.stringify(one.body),
      ...(one.caller === 'user' ? { token: tokenOf('adele') } : { token: serverToken, unsid: adele.unsid }),
    });
    expect(answer.status, answer.text).toBe(one.expect.status);
    if (one.expect.body) expect(answer.body).toMatchObject(one.expect.body);
    if (one.expect.targets) expect(targetsOf(answer)).toEqual(one.expect.targets);
    if (one.expect.message) expect(errorOf(answer).message).toBe(one.expect.message);
  });
});

describe('the published answers', () => {
  it('[F3][F19] are there with their sources, for who reads answers of the real service', () => {
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 401, 403, 429]);
    for (const { body, source } of answers) expect([Object.keys(body).length > 0, source]).toEqual([true, expect.stringMatching(/./)]);
  });
});
