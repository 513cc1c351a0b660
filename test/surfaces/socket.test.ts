// The device socket's connections: where a device is served from, in which order and how often, and how they end.
import { describe, expect, it } from 'vitest';
import type { ServerMessage } from '../../src/documents/socket-spec.ts';
import { tokenOf, useEmulators } from '../support/emulator.ts';

const start = useEmulators();
const raw = (rawContent: string) => ({ payload: { rawContent } });

/** Change and raw content of each notification message. */
const contentsOf = (messages: readonly ServerMessage[]) =>
  messages.flatMap((message) => {
    if (message.type !== 'notification') return [];
    const { notification, change } = message;
    return [`${change} ${notification.status === 'Active' ? notification.payload.rawContent : 'tombstone'}`];
  });

async function startWithAdele(...parts: Parameters<typeof start>) {
  const emulator = await start(...parts);
  const pc = await emulator.subscribe('adele');
  const phone = await emulator.subscribe('adele', { platform: 'iOS' });
  return { emulator, pc, phone };
}

describe('a connection', () => {
  it('[R2][R3][R7][D14] begins with `connected`', async () => {
    const { emulator, pc } = await startWithAdele();
    await emulator.publish(pc);
    const device = await emulator.open(pc);
    const [connected, notification] = [await device.next(), await device.next()];
    expect(connected).toEqual({
      type: 'connected',
      unsid: pc.unsid,
      deviceId: 'adele-Windows',
      resumed: true,
      heartbeatSeconds: 30,
      cursor: expect.any(String),
    });
    expect(notification.type).toBe('notification');
  });

  it('[R2] gets what was posted between subscribing and the first connection', async () => {
    const { emulator, pc } = await startWithAdele();
    for (const text of ['one', 'two', 'three']) await emulator.publish(pc, raw(text));
    const device = await emulator.connect(pc);
    expect(contentsOf(await device.rest())).toEqual(['created one', 'created two', 'created three']);
  });

  it('[R1] sees its changes in feed order, each once', async () => {
    const { emulator, pc } = await startWithAdele();
    const device = await emulator.connect(pc);
    const texts = Array.from({ length: 40 }, (_, number) => `${number}`);
    for (const text of texts) await emulator.publish(pc, raw(text));
    const messages = await device.rest();
    expect(contentsOf(messages)).toEqual(texts.map((text) => `created ${text}`));
    expect(new Set(messages.map((message) => ('cursor' in message ? message.cursor : ''))).size).toBe(40);
  });

  it('[R1] shares its cursors with the list', async () => {
    const { emulator, pc } = await startWithAdele();
    const device = await emulator.connect(pc);
    await emulator.publish(pc, raw('one'));
    const { cursor } = await device.nextOf('notification');
    expect((await emulator.list(pc)).cursor).toBe(cursor);
    const { id } = await emulator.publish(pc, raw('two'));
    expect((await emulator.list(pc, `?since=${cursor}`)).value.map((one) => one.id)).toEqual([id]);
  });

  it('[R2][F24] that was not acknowledged is served again from the last acknowledgement', async () => {
    const { emulator, pc } = await startWithAdele();
    for (const text of ['one', 'two', 'three']) await emulator.publish(pc, raw(text));
    const first = await emulator.connect(pc);
    const { cursor } = await first.nextOf('notification');
    first.ack(cursor);
    await first.rest();
    await first.close();
    const second = await emulator.open(pc);
    expect(await second.nextOf('connected')).toMatchObject({ cursor, resumed: true });
    expect(contentsOf(await second.rest())).toEqual(['created two', 'created three']);
  });

  it('[R2] that names a cursor is served from there, also further back', async () => {
    const { emulator, pc } = await startWithAdele();
    for (const text of ['one', 'two', 'three']) await emulator.publish(pc, raw(text));
    const first = await emulator.connect(pc);
    const cursors = [await first.nextOf('notification'), await first.nextOf('notification')].map(({ cursor }) => cursor);
    first.ack((await first.nextOf('notification')).cursor);
    await first.rest();
    await first.close();
    const back = await emulator.open(pc, { cursor: cursors[0] });
    expect(await back.nextOf('connected')).toMatchObject({ cursor: cursors[0], resumed: true });
    expect(contentsOf(await back.rest())).toEqual(['created two', 'created three']);
    await back.close();
    const plain = await emulator.connect(pc);
    expect(contentsOf(await plain.rest())).toEqual([]);
  });

  it('[R2] that names a cursor ahead of the last acknowledgement has acknowledged it', async () => {
    const { emulator, pc } = await startWithAdele();
    for (const text of ['one', 'two']) await emulator.publish(pc, raw(text));
    const first = await emulator.connect(pc);
    const { cursor } = await first.nextOf('notification');
    await first.close();
    await (await emulator.connect(pc, { cursor })).close();
    expect(contentsOf(await (await emulator.connect(pc)).rest())).toEqual(['created two']);
  });

  it('[R2] ignores an acknowledgement behind the last', async () => {
    const { emulator, pc } = await startWithAdele();
    for (const text of ['one', 'two']) await emulator.publish(pc, raw(text));
    const first = await emulator.connect(pc);
    const [one, two] = [await first.nextOf('notification'), await first.nextOf('notification')];
    first.ack(two.cursor);
    first.ack(one.cursor);
    expect(await first.rest()).toEqual([]);
    await first.close();
    expect(contentsOf(await (await emulator.connect(pc)).rest())).toEqual([]);
  });

  it('[R2][D10] keeps a cursor whose notification has expired', async () => {
    const { emulator, pc } = await startWithAdele();
    await emulator.publish(pc, raw('one'));
    const first = await emulator.connect(pc);
    const { cursor } = await first.nextOf('notification');
    await first.close();
    await emulator.emulator.advance(8 * 86_400);
    await emulator.publish(pc, raw('two'));
    const second = await emulator.open(pc, { cursor });
    expect(await second.nextOf('connected')).toMatchObject({ cursor, resumed: true });
    expect(contentsOf(await second.rest())).toEqual(['created two']);
  });

  it.each(['c1.nowhere.0', 'nonsense', '', '\u0000'])(
    '[R3] with the unknown cursor %j goes on from the head, not resumed',
    async (cursor) => {
      const { emulator, pc } = await startWithAdele();
      await emulator.publish(pc, raw('before'));
      const device = await emulator.open(pc, { cursor });
      const connected = await device.nextOf('connected');
      expect([connected.resumed, connected.cursor]).toEqual([false, (await emulator.list(pc)).cursor]);
      await emulator.publish(pc, raw('after'));
      expect(contentsOf(await device.rest())).toEqual(['created after']);
    },
  );

  it('[R3] with a cursor from before a reset is not resumed', async () => {
    const { emulator, pc } = await startWithAdele();
    const { cursor } = await emulator.list(pc);
    await emulator.emulator.reset();
    const again = await emulator.subscribe('adele');
    expect(await (await emulator.open(again, { cursor })).nextOf('connected')).toMatchObject({ resumed: false });
  });

  it('[R2] merges what was missed of one notification into its latest state', async () => {
    const { emulator, pc, phone } = await startWithAdele();
    const known = await emulator.publish(pc, raw('known'));
    const first = await emulator.connect(pc);
    first.ack((await first.nextOf('notification')).cursor);
    await first.rest();
    await first.close();
    const fresh = await emulator.publish(pc, raw('fresh'));
    const brief = await emulator.publish(pc, raw('brief'));
    for (const { id } of [known, fresh]) await emulator.patch(phone, id, { readState: 'Read' });
    for (const { id } of [known, brief]) await emulator.remove(phone, id);
    expect(contentsOf(await (await emulator.connect(pc)).rest())).toEqual(['created fresh', 'deleted tombstone']);
  });

  it('[R2][R4] reports a missed change of others even if the last one was its own', async () => {
    const { emulator, pc, phone } = await startWithAdele();
    const { id } = await emulator.publish(pc, raw('one'));
    const first = await emulator.connect(pc);
    first.ack((await first.nextOf('notification')).cursor);
    await first.rest();
    await first.close();
    await emulator.patch(phone, id, { readState: 'Read' });
    await emulator.patch(pc, id, { userActionState: 'Activated' });
    const [message] = await (await emulator.connect(pc)).rest();
    expect(message).toMatchObject({ change: 'updated', notification: { readState: 'Read', userActionState: 'Activated' } });
  });
});

describe('the end of a connection', () => {
  it('[R5] comes with 4409 when the same UNSID connects again, and the newer one is served', async () => {
    const { emulator, pc } = await startWithAdele();
    const first = await emulator.connect(pc);
    const second = await emulator.connect(pc);
    expect((await first.closed).code).toBe(4409);
    await emulator.publish(pc, raw('one'));
    expect(contentsOf(await second.rest())).toEqual(['created one']);
    expect(contentsOf(first.messages)).toEqual([]);
  });

  it('[R8][F26] comes with 4410 when the subscription is deleted', async () => {
    const { emulator, pc } = await startWithAdele();
    const device = await emulator.connect(pc);
    await emulator.send({ method: 'DELETE', path: `/client/v1/subscriptions/${pc.unsid}`, token: tokenOf('adele') });
    expect((await device.closed).code).toBe(4410);
  });

  it('[R8][D12] comes with 4410 when the subscription expires, not when it was renewed', async () => {
    const { emulator, pc, phone } = await startWithAdele();
    const [left, kept] = [await emulator.connect(pc), await emulator.connect(phone)];
    await emulator.emulator.advance(10);
    await emulator.subscribe('adele', { platform: 'iOS' });
    await emulator.emulator.advance(30 * 86_400 - 10);
    expect((await left.closed).code).toBe(4410);
    expect(await kept.rest()).toEqual([]);
  });

  it('[R8][R3] comes with 4410 when the emulator is reset', async () => {
    const { emulator, pc } = await startWithAdele();
    const device = await emulator.connect(pc);
    await emulator.emulator.reset();
    expect((await device.closed).code).toBe(4410);
  });

  it('[R8] comes with 1001 when the emulator stops', async () => {
    const { emulator, pc } = await startWithAdele();
    const device = await emulator.connect(pc);
    await emulator.emulator.stop();
    expect((await device.closed).code).toBe(1001);
  });
});
