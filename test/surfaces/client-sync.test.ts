// The client surface's history and sync: filters, pages and cursors.
import { describe, expect, it } from 'vitest';
import { type PageBody, type Subscribed, type TestEmulator, tokenOf, useEmulators } from '../support/emulator.ts';
import { errorOf } from '../support/http-call.ts';

const start = useEmulators();
const idsOf = ({ value }: PageBody) => value.map(({ id }) => id);

async function publishMany(emulator: TestEmulator, to: Subscribed, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 0; number < count; number += 1) ids.push((await emulator.publish(to, { payload: { rawContent: `${number}` } })).id);
  return ids;
}

/** Follows `cursor` while there is more. */
async function readAll(emulator: TestEmulator, device: Subscribed, since: string | undefined, filters: string): Promise<string[]> {
  const ids: string[] = [];
  let page = await emulator.list(device, since === undefined ? `?${filters}` : `?since=${since}&${filters}`);
  ids.push(...idsOf(page));
  while (page.more) {
    page = await emulator.list(device, `?since=${page.cursor}&${filters}`);
    ids.push(...idsOf(page));
  }
  return ids;
}

describe('the history', () => {
  it('[F28] is filtered by status, read state and action state together', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const [unread = '', read = '', dismissed = '', deleted = ''] = await publishMany(emulator, adele, 4);
    await emulator.patch(adele, read, { readState: 'Read' });
    await emulator.patch(adele, dismissed, { readState: 'Read', userActionState: 'Dismissed' });
    await emulator.remove(adele, deleted);
    const list = async (query: string) => idsOf(await emulator.list(adele, query));
    expect(await list('')).toEqual([unread, read, dismissed]);
    expect(await list('?readState=Unread')).toEqual([unread]);
    expect(await list('?readState=Read')).toEqual([read, dismissed]);
    expect(await list('?readState=Read&userActionState=NoInteraction')).toEqual([read]);
    expect(await list('?userActionState=Dismissed&status=Any')).toEqual([dismissed]);
    expect(await list('?status=Deleted')).toEqual([deleted]);
    expect(await list('?status=Any')).toEqual([unread, read, dismissed, deleted]);
  });

  it('[F28][D14] is in feed order: what changed last comes last', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const [first = '', second = '', third = ''] = await publishMany(emulator, adele, 3);
    await emulator.patch(adele, first, { readState: 'Read' });
    expect(idsOf(await emulator.list(adele))).toEqual([second, third, first]);
  });

  it('[F26][D14] comes in pages of $top, 100 by default, each once', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const ids = await publishMany(emulator, adele, 103);
    const first = await emulator.list(adele);
    expect([first.value.length, first.more]).toEqual([100, true]);
    expect(await readAll(emulator, adele, undefined, 'status=Active')).toEqual(ids);
    expect(await readAll(emulator, adele, undefined, 'status=Active&$top=7')).toEqual(ids);
    const exact = await emulator.list(adele, '?$top=103');
    expect([exact.value.length, exact.more]).toEqual([103, false]);
  });

  it('[F28] finds behind its filter what a page of others hides', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const ids = await publishMany(emulator, adele, 12);
    for (const id of ids.slice(0, 10)) await emulator.remove(adele, id);
    await emulator.publish(adele);
    expect(await readAll(emulator, adele, undefined, 'status=Deleted&$top=3')).toEqual(ids.slice(0, 10));
    expect((await readAll(emulator, adele, undefined, 'status=Active&$top=1')).length).toBe(3);
  });
});

describe('sync', () => {
  it('[F24] sends every change after a cursor, each notification once in its latest state, tombstones included', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const [changed = '', deleted = '', untouched = ''] = await publishMany(emulator, adele, 3);
    const { syncCursor } = await emulator.list(adele);
    await emulator.patch(adele, changed, { readState: 'Read' });
    await emulator.remove(adele, deleted);
    await emulator.patch(adele, changed, { userActionState: 'Activated' });
    const page = await emulator.list(adele, `?since=${syncCursor}`);
    expect(page.value.map(({ id, status }) => [id, status])).toEqual([
      [deleted, 'Deleted'],
      [changed, 'Active'],
    ]);
    expect(page.value[1]).toMatchObject({ readState: 'Read', userActionState: 'Activated' });
    expect(page).not.toHaveProperty('syncCursor');
    expect(idsOf(page)).not.toContain(untouched);
    expect((await emulator.list(adele, `?since=${page.cursor}`)).value).toEqual([]);
  });

  it('[F24][D14] goes on from syncCursor, whatever a filter showed and however far its pages went', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    await publishMany(emulator, adele, 5);
    const page = await emulator.list(adele, '?$top=2&readState=Unread');
    expect(page.more).toBe(true);
    const { id } = await emulator.publish(adele);
    expect(idsOf(await emulator.list(adele, `?since=${page.syncCursor}`))).toEqual([id]);
  });

  it('[F24][D14] of an empty feed has a cursor to go on from', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const { value, cursor, more, syncCursor } = await emulator.list(adele);
    expect([value, more, syncCursor]).toEqual([[], false, cursor]);
    const { id } = await emulator.publish(adele);
    expect(idsOf(await emulator.list(adele, `?since=${cursor}`))).toEqual([id]);
  });

  it('[F24][D10] keeps a cursor valid whose notification has expired', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    await emulator.publish(adele);
    const { cursor } = await emulator.list(adele);
    await emulator.emulator.advance(8 * 86_400);
    const { id } = await emulator.publish(adele);
    expect(idsOf(await emulator.list(adele, `?since=${cursor}`))).toEqual([id]);
  });

  it('[F24][D14] is 410 with a cursor of another feed or from before a reset', async () => {
    const emulator = await start();
    const [adele, bert] = [await emulator.subscribe('adele'), await emulator.subscribe('bert')];
    await emulator.publish(bert);
    const foreign = (await emulator.list(bert)).cursor;
    const own = (await emulator.list(adele)).cursor;
    const gone = async (device: Subscribed, cursor: string) => {
      const answer = await emulator.send({
        path: `/client/v1/notifications?since=${cursor}`,
        token: tokenOf(device.alias),
        unsid: device.unsid,
      });
      return [answer.status, errorOf(answer).innerError.code];
    };
    expect(await gone(adele, foreign)).toEqual([410, 'CursorUnknown']);
    await emulator.emulator.reset();
    expect(await gone(await emulator.subscribe('adele'), own)).toEqual([410, 'CursorUnknown']);
  });
});
