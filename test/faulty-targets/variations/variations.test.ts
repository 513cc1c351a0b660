// The legal variations: each differs from the emulator, and conforms to the documents in a sample of exchanges.
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../../src/checks/requirement.ts';
import { loadSpec, type Spec } from '../../../src/documents/spec.ts';
import { tokenOf } from '../../support/emulator.ts';
import { type Answer, send } from '../../support/http-call.ts';
import type { SocketDevice } from '../../support/socket-device.ts';
import { type Battery, transcribe } from '../wire/probe.ts';
import { useWires } from '../wire/wired.ts';
import { unseen, type Variation, variations } from './variations.ts';

const start = useWires();
let spec: Spec;
beforeAll(async () => {
  spec = await loadSpec();
});

/** Repeats throttled calls, as a client must. */
async function sendWithRetry(origin: string, call: Parameters<typeof send>[1]): Promise<Answer> {
  for (;;) {
    const answer = await send(origin, call);
    if (answer.status !== 429 && answer.status !== 406) return answer;
    expect(answer.headers['retry-after']).toMatch(/^\d+$/);
  }
}

const exchange: Battery = async ({ subscribe, post, http, client, connect, drain }) => {
  const pc = await subscribe('adele', 'pc');
  const device = await connect('adele', pc);
  for (const more of [{}, {}, {}, { appNotificationId: 'ž' }, { appNotificationId: 'ž' }, { payload: { rawContent: 7 } }])
    await post(pc, more);
  for (let count = 0; count < 30; count += 1) await client('adele', pc, { path: '/client/v1/notifications' });
  await http({ path: '/client/v1/nowhere' });
  await drain(device);
};

describe('the variations', () => {
  let plain: Promise<readonly string[]>;
  beforeAll(() => {
    plain = transcribe({ battery: exchange, spec });
  });

  it('are at least twelve, with an id and a reason each', () => {
    expect(variations.length).toBeGreaterThanOrEqual(12);
    expect(new Set(variations.map(({ id }) => id)).size).toBe(variations.length);
    expect(variations.filter(({ description, allowedBy }) => description.length < 20 || allowedBy.length < 30)).toEqual([]);
  });

  it('depart from nothing but SHOULDs', async () => {
    const catalogue = await loadCatalogue();
    const departed = variations.flatMap(({ departs = [] }) => departs);
    expect(departed.map((id) => catalogue.get(id).level).filter((level) => level !== 'SHOULD')).toEqual([]);
  });

  it.each(
    variations.filter(({ id, advanceSeconds }) => !unseen.has(id) && advanceSeconds === undefined).map((one) => [one.id, one] as const),
  )('%s differs from the emulator', async (_id, { create, options = {} }) => {
    const other = await transcribe({ battery: exchange, spec, hooks: create(), options });
    expect(other.filter((line) => /^(ended|failed)/.test(line))).toEqual([]);
    expect(other).not.toEqual(await plain);
  });
});

describe.each(variations.map((one) => [one.id, one] as const))('an implementation of its own kind: %s', (_id, variation) => {
  it('keeps bodies and messages in order, and loses nothing', async () => {
    const { url, token, unsid, device } = await connected(variation);
    const ids: string[] = [];
    for (let number = 0; number < 4; number += 1) {
      const body = { targetHostName: 'contoso.example', payload: { visualContent: { title: `ž😀 ${number}` } } };
      const posted = await sendWithRetry(url, { path: '/beta/me/notifications', token: 'dev.app.server', unsid, json: body });
      expect(posted.status).toBe(201);
      ids.push(String(Reflect.get(posted.body as object, 'id')));
    }
    const cursor = await lastOf(device, 4, spec);
    const page = await sendWithRetry(url, { path: `/client/v1/notifications?since=${encodeURIComponent(cursor)}`, token, unsid });
    expect(page.body).toMatchObject({ value: [], more: false });
    expect(await listed(url, { path: '/client/v1/notifications', token, unsid })).toEqual(ids);
    const one = await sendWithRetry(url, { path: `/client/v1/notifications/${ids[1]}`, token, unsid });
    expect(one.body).toMatchObject({ id: ids[1], payload: { visualContent: { title: 'ž😀 1' } } });
  });

  it('passes on what a device sends: an empty cursor as none, a message over 64 KiB as too large', async () => {
    const { device } = await connected(variation);
    const { cursor } = await device.nextOf('connected');
    device.ack('');
    expect((await device.nextOf('error')).error.code).toBe('InvalidMessage');
    device.send(JSON.stringify({ type: 'ack', cursor }).padEnd(65_537));
    expect(await device.closed).toMatchObject({ code: 1009 });
  });
});

/** A device of adele's, connected. */
async function connected({ create, options, advanceSeconds }: Variation) {
  const { url, started, open } = await start(create(), options);
  if (advanceSeconds !== undefined) await started.emulator.advance(advanceSeconds);
  const token = tokenOf('adele');
  const json = { application: 'contoso.example', deviceId: 'pc', platform: 'Windows' };
  const subscribed = await sendWithRetry(url, { path: '/client/v1/subscriptions', token, json });
  expect(subscribed.status).toBe(201);
  const unsid = String(Reflect.get(subscribed.body as object, 'userNotificationSubscriptionId'));
  return { url, token, unsid, device: await open({ alias: 'adele', unsid }) };
}

/** Ids on all pages. */
async function listed(origin: string, call: Parameters<typeof send>[1]): Promise<readonly string[]> {
  const { body } = await sendWithRetry(origin, call);
  const { value, more, cursor } = body as { value: { id: string }[]; more: boolean; cursor: string };
  const ids = value.map(({ id }) => id);
  if (!more) return ids;
  const path = `/client/v1/notifications?status=Active&since=${encodeURIComponent(cursor)}`;
  return [...ids, ...(await listed(origin, { ...call, path }))];
}

/** Reads messages from connected on, until messages at `count` positions of the feed were received; returns the last. */
async function lastOf(device: SocketDevice, count: number, { socket }: Spec): Promise<string> {
  await device.nextOf('connected');
  const cursors = new Set<string>();
  for (;;) {
    const message = await device.next();
    expect(socket.checkServerMessage(message)).toEqual([]);
    if (message.type === 'signal' || message.type === 'notification') cursors.add(message.cursor);
    if (cursors.size === count && 'cursor' in message) return message.cursor;
  }
}
