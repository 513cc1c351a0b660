// Replays the recorded exchange: the emulator answers as the real service did, member by member and header by header.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Stores } from '../../src/domain/ports.ts';
import { type SubscriptionBody, useEmulators } from '../support/emulator.ts';
import type { Answer } from '../support/http-call.ts';
import { createTestClock, createTestTimer } from '../support/time.ts';

interface Capture {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Record<string, string>;
    readonly body: object & { targetHostName: string };
  };
  readonly response: { readonly status: number; readonly headers: Record<string, string>; readonly body: Record<string, unknown> };
}

const start = useEmulators();
const { request, response } = JSON.parse(
  readFileSync(new URL('../../fixtures/captures/2019-08-23.json', import.meta.url), 'utf8'),
) as Capture;
const recordedDurationMs = Number(response.headers['Duration']);
/** What is the emulator's own: ids, times, host, the address of the line, and what D15 names. */
const own = [
  'Location',
  'request-id',
  'client-request-id',
  'x-ms-ags-diagnostic',
  'Duration',
  'Transfer-Encoding',
  'Access-Control-Expose-Headers',
];

/** The recorded request, handled in the recorded time that began when the recorded answer says. */
async function replay(): Promise<{ answer: Answer<Record<string, unknown>>; url: string }> {
  const clock = createTestClock(Date.parse('2019-08-23T00:25:55.329Z'));
  const timer = createTestTimer();
  const slow = (stores: Stores): Stores => ({
    ...stores,
    notifications: {
      ...stores.notifications,
      write: async (...args) => {
        const written = await stores.notifications.write(...args);
        clock.moveTo(clock.now() + recordedDurationMs);
        timer.advance(recordedDurationMs);
        return written;
      },
    },
  });
  const seed = { users: [{ alias: 'gnstest', userPrincipalName: 'gnstest@contoso.com' }] };
  const emulator = await start({ seed }, { clock, timer, stores: slow });
  const json = { application: request.body.targetHostName, deviceId: 'device', platform: 'Windows' };
  const { body } = await emulator.send<SubscriptionBody>({ path: '/client/v1/subscriptions', token: 'dev.user.gnstest', json });
  const answer = await emulator.send<Record<string, unknown>>({
    method: request.method,
    path: new URL(request.url).pathname,
    token: 'dev.app.sample',
    unsid: body.userNotificationSubscriptionId,
    headers: request.headers,
    bytes: JSON.stringify(request.body),
  });
  return { answer, url: emulator.url };
}

describe('the recorded request', () => {
  it('[F2][F3][F7][F8][F10][F11] is answered with the recorded status and members', async () => {
    const { answer } = await replay();
    expect(answer.status).toBe(response.status);
    expect(Object.keys(answer.body).sort()).toEqual(Object.keys(response.body).sort());
    for (const [member, value] of Object.entries(response.body)) {
      if (member !== 'id' && member !== '@odata.context') expect(answer.body[member], member).toEqual(value);
    }
  });

  it('[F4][F5] is answered with the recorded id, context and Location but for GUID and host', async () => {
    const { answer, url } = await replay();
    const { id } = answer.body as { id: string };
    const recorded = (text: unknown) => String(text).replace('https://graph.microsoft.com', url).replace(String(response.body['id']), id);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    expect(answer.body['@odata.context']).toBe(recorded(response.body['@odata.context']));
    expect(answer.headers.location).toBe(recorded(response.headers['Location']));
  });

  it('[F6] is answered with the recorded headers', async () => {
    const { answer } = await replay();
    const compared = Object.entries(response.headers).filter(([name]) => !own.includes(name));
    expect(compared.length).toBeGreaterThan(5);
    for (const [name, value] of compared) expect(answer.headers[name.toLowerCase()], name).toBe(value);
    expect(answer.headers['client-request-id']).toBe(answer.headers['request-id']);
    // Two names more, which scripts need: protocol of this project, not of the record.
    expect(answer.headers['access-control-expose-headers']).toBe(
      `${response.headers['Access-Control-Expose-Headers']}, Retry-After, WWW-Authenticate`,
    );
  });

  it('[D15] is answered with Duration in milliseconds and x-ms-ags-diagnostic in the recorded shape', async () => {
    const { answer } = await replay();
    expect(answer.headers['duration']).toBe(response.headers['Duration']);
    const shape = (text: unknown) => {
      const { ServerInfo } = JSON.parse(String(text)) as { ServerInfo: object };
      return Object.entries(ServerInfo).map(([name, value]) => [name, typeof value]);
    };
    expect(shape(answer.headers['x-ms-ags-diagnostic'])).toEqual(shape(response.headers['x-ms-ags-diagnostic']));
  });
});
