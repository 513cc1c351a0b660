// The view of the activity surface: every item as the client SDK demands it, tags, and what of the query is applied.
import { describe, expect, it } from 'vitest';
import { createActivityClient } from '../activity-client/client.ts';
import { application, tokenOf, useEmulators } from '../support/emulator.ts';
import { alteredCopy } from '../support/http-spec.ts';
import { startInstant } from '../support/time.ts';

const start = useEmulators();
const at = (seconds: number) => new Date(startInstant + seconds * 1000).toISOString();

interface ViewBody {
  readonly __metadata: { readonly totalCount: number; readonly initialETag: string };
  readonly activities: readonly Readonly<Record<string, unknown>>[];
}

async function startWith(...options: Parameters<typeof start>) {
  const emulator = await start(...options);
  const adele = createActivityClient({ root: emulator.url, token: tokenOf('adele'), appPackageName: application });
  await adele.subscribe();
  const subscribed = { alias: 'adele', unsid: adele.unsid() };
  const view = (query = '', headers: Record<string, string> = {}) =>
    emulator.send<ViewBody>({ path: `/V2/feeds/me/views/${adele.unsid()}/activities${query}`, token: tokenOf('adele'), headers });
  return { emulator, adele, subscribed, view, publish: (more: object) => emulator.publish(subscribed, more) };
}

const decoded = (payload: unknown): unknown => JSON.parse(Buffer.from(String(payload), 'base64').toString('utf8'));

describe('the view', () => {
  it('[F58][F59] has what was posted to Graph, with every member that the client demands', async () => {
    const { publish, view, adele } = await startWith();
    const { id } = await publish({
      appNotificationId: 'first',
      groupName: 'builds',
      priority: 'High',
      displayTimeToLive: 60,
      expirationDateTime: at(3600),
      payload: { visualContent: { title: 'Tïtle', body: 'Body' } },
    });
    const { status, body } = await view();
    expect(status).toBe(200);
    expect(body).toEqual({
      __metadata: { totalCount: 1, initialETag: expect.stringMatching(/^[^=]+$/) },
      activities: [
        {
          activityId: id,
          appActivityId: 'first',
          tags: 'builds',
          applicationId: [{ platform: 'host', application }],
          type: 13,
          status: 0,
          priority: 1,
          read: false,
          userActionState: 0,
          displayTtl: 60,
          createdInCloud: at(0),
          lastModified: null,
          expiration: at(3600),
          payload: Buffer.from('{"title":"Tïtle","body":"Body"}').toString('base64'),
        },
      ],
    });
    expect(await adele.getAll()).toEqual({
      status: 'SUCCEEDED',
      notifications: [
        {
          id,
          appNotificationId: 'first',
          groupName: 'builds',
          readState: false,
          status: 'ACTIVE',
          priority: 'HIGH',
          userActionState: 'NONE',
          targetHostName: 'host',
          application,
          displayTimeToLive: 60,
          payload: { title: 'Tïtle', body: 'Body' },
        },
      ],
    });
  });

  it('[F59] takes numbers for priorities and states, and 0 for no display time', async () => {
    const { publish, view, emulator, subscribed } = await startWith();
    for (const priority of ['None', 'High', 'Low']) await publish({ priority, groupName: null });
    const ids = (await view()).body.activities.map((one) => String(one['activityId']));
    for (const [index, userActionState] of ['Activated', 'Dismissed', 'Snoozed'].entries()) {
      await emulator.patch(subscribed, ids[index] ?? '', { userActionState, readState: 'Read' });
    }
    const members = ({ body }: { body: ViewBody }) =>
      body.activities.map(({ priority, userActionState, read, displayTtl, tags }) => [priority, userActionState, read, displayTtl, tags]);
    expect(members(await view())).toEqual([
      [0, 1, true, 0, null],
      [1, 2, true, 0, null],
      [2, 3, true, 0, null],
    ]);
  });

  it('[F60] says updated of what has changed since its creation, by a device or by the app server', async () => {
    const { publish, adele, emulator, subscribed } = await startWith();
    const { id } = await publish({});
    await publish({ appNotificationId: 'again' });
    const statuses = async () => (await adele.getAll()).notifications.map(({ status }) => status);
    expect(await statuses()).toEqual(['ACTIVE', 'ACTIVE']);
    await emulator.patch(subscribed, id, { readState: 'Read' });
    expect(await statuses()).toEqual(['ACTIVE', 'UPDATED']);
    await publish({ appNotificationId: 'again' });
    expect(await statuses()).toEqual(['UPDATED', 'UPDATED']);
  });

  it('[F59][F60] keeps a deleted item with status 2 and all its members, until it would have expired', async () => {
    const { publish, adele, emulator, subscribed, view } = await startWith();
    const { id } = await publish({ appNotificationId: 'first', expirationDateTime: at(3600) });
    await emulator.remove(subscribed, id);
    expect((await adele.getAll()).notifications).toMatchObject([{ id, appNotificationId: 'first', status: 'DELETED', payload: null }]);
    expect((await view()).body.activities).toMatchObject([{ lastModified: at(0), payload: null }]);
    await emulator.emulator.advance(3600);
    expect((await adele.getAll()).notifications).toEqual([]);
  });

  it.each([
    ['raw content', { rawContent: 'Hello 🎈' }, { content: 'Hello 🎈' }],
    ['visual content', { visualContent: { title: 'T', body: 'B' } }, { title: 'T', body: 'B' }],
    ['a title alone', { visualContent: { title: 'T' } }, { title: 'T', body: '' }],
    ['both', { visualContent: { title: 'T' }, rawContent: 'R' }, { title: 'T', body: '', content: 'R' }],
    ['raw content of any length', { rawContent: 'x'.repeat(100_000) }, { content: 'x'.repeat(100_000) }],
  ])('[F59][D39] has %s as Base64 of JSON', async (_, payload, expected) => {
    const { publish, view } = await startWith();
    await publish({ payload });
    expect(decoded((await view()).body.activities[0]?.['payload'])).toEqual(expected);
  });

  it('[D39] with both contents is a visual one to the client', async () => {
    const { publish, adele } = await startWith();
    await publish({ payload: { visualContent: { title: 'T', body: 'B' }, rawContent: 'R' } });
    expect((await adele.getAll()).notifications.map(({ payload }) => payload)).toEqual([{ title: 'T', body: 'B' }]);
  });

  it('[F58][D38] comes whole, whatever page size is asked for, and without a forwardLink', async () => {
    const { publish, adele, view } = await startWith();
    for (let count = 0; count < 25; count += 1) await publish({});
    const { notifications } = await adele.getAll();
    expect(new Set(notifications.map(({ id }) => id)).size).toBe(25);
    expect((await view('?pageSize=10')).body.__metadata).toEqual({ totalCount: 25, initialETag: expect.any(String) });
  });

  it('[F58][D38] is read in pages of the store without losing or repeating any', async () => {
    const { publish, adele } = await startWith();
    const rawContent = 'x'.repeat(1_500_000);
    const ids: string[] = [];
    for (let count = 0; count < 6; count += 1) ids.push((await publish({ payload: { rawContent } })).id);
    expect((await adele.getAll()).notifications.map(({ id }) => id)).toEqual(ids);
  });

  it('[D38] leaves out the older items of a view that is larger than the document allows', async () => {
    const spec = [alteredCopy('activity.yaml', ['x-max-page-bytes: 67108864', 'x-max-page-bytes: 1000'])];
    const { publish, adele } = await startWith({ spec });
    const ids: string[] = [];
    for (let count = 0; count < 4; count += 1) ids.push((await publish({})).id);
    expect((await adele.getAll()).notifications.map(({ id }) => id)).toEqual(ids.slice(-2));
    const { id } = await publish({ payload: { rawContent: 'x'.repeat(2000) } });
    expect((await adele.getAll()).notifications.map((one) => one.id)).toEqual([id]);
  });
});

describe('the tag of a view', () => {
  it('[F58][D38] that is still right is answered with 200 and nothing, any other with the whole view', async () => {
    const { publish, view } = await startWith();
    await publish({});
    const { initialETag } = (await view()).body.__metadata;
    const again = await view('', { 'If-None-Match': initialETag });
    expect([again.status, again.body]).toEqual([200, { __metadata: { totalCount: 0, initialETag }, activities: [] }]);
    await publish({});
    const { body } = await view('', { 'If-None-Match': initialETag });
    expect(body.activities).toHaveLength(2);
    expect(body.__metadata.initialETag).not.toBe(initialETag);
  });

  it.each(['', 'unknown', 'c1.other.0'])('[F56] is given for If-None-Match "%s" with the whole view', async (tag) => {
    const { publish, view } = await startWith();
    await publish({});
    expect((await view('', { 'If-None-Match': tag })).body.activities).toHaveLength(1);
  });
});

describe('the query of a view', () => {
  it.each([
    ['?lastmodifiedafter=-999999999-01-01T00%3A00%3A00%2B18%3A00', 3],
    ['?lastmodifiedbefore=%2B999999999-12-31T23%3A59%3A59.999999999-18%3A00', 3],
    ['?lastmodifiedafter=nonsense&lastmodifiedbefore=', 3],
    ['?lastmodifiedafter=2030&lastmodifiedbefore=1', 3],
    ['?lastmodifiedbefore=page%201', 3],
    ['?lastmodifiedbefore=2001-01-01T00%3A00%3A00', 3],
    ['?lastmodifiedbefore=2001-01-01T00%3A00%3A00%2B01%3A00', 0],
    ['?LastModifiedBefore=2001-01-01T00%3A00%3A00Z', 0],
    ['?unknown=1&types=6&token=1&format=', 3],
    [`?lastmodifiedafter=${at(5)}`, 2],
    [`?lastmodifiedbefore=${at(15)}`, 2],
    [`?lastmodifiedafter=${at(5)}&lastmodifiedbefore=${at(15)}`, 1],
    [`?lastmodifiedafter=${at(20)}`, 0],
  ])('[F58][D38] %s leaves %i of three', async (query, expected) => {
    const { publish, view, emulator } = await startWith();
    await publish({});
    await emulator.emulator.advance(10);
    await publish({});
    await emulator.emulator.advance(10);
    await publish({});
    expect((await view(query)).body.activities).toHaveLength(expected);
  });
});

describe('a view', () => {
  it('[F57] of another user, or an unknown one, is 404', async () => {
    const { emulator, adele } = await startWith();
    for (const [unsid, alias] of [
      [adele.unsid(), 'megan'],
      ['unknown', 'adele'],
    ] as const) {
      const answer = await emulator.send({ path: `/V2/feeds/me/views/${unsid}/activities`, token: tokenOf(alias) });
      expect([answer.status, answer.body]).toEqual([404, { errorCode: 404, errorMessage: expect.any(String) }]);
    }
  });

  it('[F56] is read at a path in any case', async () => {
    const { emulator, adele } = await startWith();
    const answer = await emulator.send({ path: `/v2/FEEDS/me/Views/${adele.unsid()}/activities`, token: tokenOf('adele') });
    expect(answer.status).toBe(200);
  });

  async function startWithWaitingPhone(options: Parameters<typeof start>[0] = {}) {
    const emulator = await start(options);
    const phone = createActivityClient({ root: emulator.url, token: tokenOf('adele'), appPackageName: application, platformType: 'apns' });
    await phone.subscribe();
    const subscribed = { alias: 'adele', unsid: phone.unsid() };
    const endpointFallback = { platformTypes: ['iOS'], fallbackDelayInSeconds: 60, visualContent: { title: 'T' } };
    await emulator.publish(subscribed, { priority: 'High', fallbackPolicy: { endpointFallback } });
    const typesAfterDelay = async () => {
      await emulator.emulator.advance(60);
      return (await (await emulator.connect(subscribed)).rest()).map(({ type }) => type);
    };
    return { emulator, phone, subscribed, typesAfterDelay };
  }

  it('[F58][F16] that an iOS device has read counts as fetched: no toast follows', async () => {
    const { phone, typesAfterDelay } = await startWithWaitingPhone();
    await phone.getAll();
    expect(await typesAfterDelay()).toEqual(['notification']);
  });

  it('[D38][F16] counts as fetched for what it has: a toast follows for what its dates leave out', async () => {
    const { emulator, subscribed, typesAfterDelay } = await startWithWaitingPhone();
    const path = `/V2/feeds/me/views/${subscribed.unsid}/activities?lastmodifiedbefore=2001-01-01T00%3A00%3A00Z`;
    expect((await emulator.send<ViewBody>({ path, token: tokenOf('adele') })).body.activities).toEqual([]);
    expect(await typesAfterDelay()).toEqual(['notification', 'toast']);
  });
});
