// The client of the activity surface demands what the original did: one bad item, or a wrong answer, and nothing of it is taken.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createActivityClient } from './client.ts';

/** An answer that the original took whole (F58, F59). */
const item = {
  activityId: '3407d93c-77f7-4bc0-8fbf-46221a7bed72',
  appActivityId: 'first',
  tags: 'builds',
  applicationId: [{ platform: 'host', application: 'contoso.example' }],
  type: 13,
  status: 0,
  priority: 1,
  read: false,
  userActionState: 0,
  displayTtl: 60,
  createdInCloud: '2026-11-27T10:00:00.000Z',
  lastModified: '2026-11-27T10:00:00.000Z',
  expiration: '2026-12-04T10:00:00.000Z',
  payload: 'eyJ0aXRsZSI6IlQiLCJib2R5IjoiQiJ9',
};
const metadata = { totalCount: 1, forwardLink: null, backwardLink: null, initialETag: '17' };
const unsid = 'Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A client that is subscribed at a service which answers each further call with this. */
async function subscribedTo(view: unknown, { status = 200, subscription = {} }: { status?: number; subscription?: object } = {}) {
  const server = createServer((request, response) => {
    const isSubscribing = request.method === 'POST';
    const body = isSubscribing ? { userNotificationSubscriptionId: unsid, ...subscription } : view;
    response.writeHead(isSubscribing ? 200 : status, { 'Content-Type': 'application/json', Connection: 'close' }).end(JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const client = createActivityClient({ root: `http://127.0.0.1:${port}`, token: 'token', appPackageName: 'contoso.example' });
  return { client, subscribed: await client.subscribe() };
}

const badItems: readonly (readonly [string, object])[] = [
  ...['read', 'status', 'priority', 'applicationId', 'displayTtl'].map((name) => [`without ${name}`, without(name)] as const),
  ['whose displayTtl is null', { ...item, displayTtl: null }],
  ['of no application', { ...item, applicationId: [] }],
  ['whose tags are a list', { ...item, tags: ['builds'] }],
  ['whose read state is a number', { ...item, read: 0 }],
  ['that is deleted, and has no priority', { ...without('priority'), status: 2 }],
];

function without(name: string): object {
  return Object.fromEntries(Object.entries(item).filter(([one]) => one !== name));
}

describe('the client of the activity surface', () => {
  it('takes a whole answer', async () => {
    const { client } = await subscribedTo({ __metadata: metadata, activities: [item, { ...item, appActivityId: null, tags: null }] });
    const { status, notifications } = await client.getAll();
    expect([status, notifications.map(({ groupName, payload }) => [groupName, payload])]).toEqual([
      'SUCCEEDED',
      [
        ['builds', { title: 'T', body: 'B' }],
        [null, { title: 'T', body: 'B' }],
      ],
    ]);
  });

  it.each(badItems)('takes nothing of an answer with one item %s', async (_, bad) => {
    const { client } = await subscribedTo({ __metadata: metadata, activities: [item, bad, item] });
    await expect(client.getAll()).rejects.toThrow(/ is (no|neither) /);
  });

  it.each([
    ['activities that are no list', { activities: {} }],
    ['a link to a further page', { __metadata: { ...metadata, forwardLink: 'next' }, activities: [] }],
  ])('fails at %s', async (_, view) => {
    const { client } = await subscribedTo(view);
    await expect(client.getAll()).rejects.toThrow();
  });

  it('fails at any status of failure, and keeps a payload that it cannot read from failing the rest', async () => {
    const { client } = await subscribedTo({}, { status: 410 });
    expect(await client.getAll()).toEqual({ status: 'FAILED_DUE_TO_SERVER_ERROR', notifications: [] });
    const other = await subscribedTo({ activities: [{ ...item, payload: '%' }] });
    expect((await other.client.getAll()).notifications.map(({ payload }) => payload)).toEqual([null]);
  });

  it.each([
    ['without a UNSID', { userNotificationSubscriptionId: undefined }],
    ['whose end has no offset', { channelUrlExpiry: '2026-12-04T10:00:00' }],
    ['whose view is no GUID', { viewId: 'view' }],
    ['whose sync range is a number', { localSyncRangeInDays: 7 }],
  ])('takes no subscription %s', async (_, subscription) => {
    expect((await subscribedTo({}, { subscription })).subscribed).toBe('FAILED_DUE_TO_SERVER_ERROR');
  });

  it('cuts a UNSID at an equals sign', async () => {
    const { client } = await subscribedTo({}, { subscription: { userNotificationSubscriptionId: 'AB==' } });
    expect(client.unsid()).toBe('AB');
  });
});
