// Pages of the history end at a number of bytes too, so that no list is too large to be composed.
import { describe, expect, it } from 'vitest';
import { type PageBody, type Subscribed, type TestEmulator, useEmulators } from '../support/emulator.ts';
import { alteredCopy } from '../support/http-spec.ts';

const start = useEmulators();
const limit = 4_194_304;
const idsOf = ({ value }: PageBody) => value.map(({ id }) => id);
const bytesOf = (one: PageBody['value'][number] | undefined): number => Buffer.byteLength(JSON.stringify(one));

const publish = (emulator: TestEmulator, to: Subscribed, rawContent: string) => emulator.publish(to, { payload: { rawContent } });

/** Every page, by `cursor` while there is more. */
async function pagesOf(emulator: TestEmulator, device: Subscribed, filters: string): Promise<readonly PageBody[]> {
  const pages = [await emulator.list(device, `?${filters}`)];
  for (let last = pages[0]; last?.more; last = pages.at(-1)) pages.push(await emulator.list(device, `?since=${last.cursor}&${filters}`));
  return pages;
}

describe('a page of the history', () => {
  it.each([
    ['holds as many bytes as are allowed', 0, [2]],
    ['ends before the notification with which it would have one byte more', 1, [1, 1]],
  ])('[D25] %s', async (_what, surplus, counts) => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    // Two bytes in UTF-8, one character.
    await publish(emulator, adele, 'ü'.repeat(1_000_000));
    const [first] = (await emulator.list(adele)).value;
    const [empty, size] = [bytesOf(first) - 2_000_000, limit - bytesOf(first)];
    await publish(emulator, adele, 'x'.repeat(size - empty + surplus));
    const pages = await pagesOf(emulator, adele, '$top=1000&status=Active');
    expect(pages.map(({ value }) => value.length)).toEqual(counts);
    expect(pages.map(({ more }) => more)).toEqual(counts.map((_, at) => at < counts.length - 1));
    expect(pages.flatMap(({ value }) => value.map(bytesOf)).reduce((sum, bytes) => sum + bytes, 0)).toBe(limit + surplus);
  });

  it('[D13] [D25] has at least one notification, also one that alone is larger', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const around = Buffer.byteLength(JSON.stringify({ targetHostName: 'contoso.example', payload: { rawContent: '' } }));
    const { id } = await publish(emulator, adele, 'x'.repeat(limit - around));
    const { id: small } = await publish(emulator, adele, 'small');
    const pages = await pagesOf(emulator, adele, '$top=1000&status=Active');
    expect(pages.map(idsOf)).toEqual([[id], [small]]);
    expect(bytesOf(pages[0]?.value[0])).toBeGreaterThan(limit);
  });

  it('[D25] that ends early is followed by the rest: each once, in order, behind a filter too', async () => {
    const spec = [alteredCopy('notifications.yaml', ['x-max-page-bytes: 4194304', 'x-max-page-bytes: 2000'])];
    const emulator = await start({ spec });
    const adele = await emulator.subscribe('adele');
    const ids: string[] = [];
    for (let number = 0; number < 20; number += 1) ids.push((await publish(emulator, adele, 'x'.repeat(1 + number * 100))).id);
    for (const id of ids.slice(3, 9)) await emulator.patch(adele, id, { readState: 'Read' });
    const order = [...ids.slice(0, 3), ...ids.slice(9), ...ids.slice(3, 9)];
    const isRead = (id: string) => ids.indexOf(id) >= 3 && ids.indexOf(id) < 9;
    for (const [filters, expected] of [
      ['status=Any', order],
      ['status=Any&readState=Unread', order.filter((id) => !isRead(id))],
      ['status=Any&readState=Read&$top=5', order.filter(isRead)],
    ] as const) {
      const pages = await pagesOf(emulator, adele, filters);
      expect(pages.length).toBeGreaterThan(1);
      expect(pages.flatMap(idsOf)).toEqual(expected);
      for (const { value } of pages) expect(value.length === 1 || value.map(bytesOf).reduce((sum, one) => sum + one) <= 2000).toBe(true);
    }
    const [first] = await pagesOf(emulator, adele, 'status=Any');
    expect(first?.syncCursor).toBeDefined();
  });

  it('[R9] [D25] counts as fetched only what is on it', async () => {
    const spec = [alteredCopy('notifications.yaml', ['x-max-page-bytes: 4194304', 'x-max-page-bytes: 1'])];
    const emulator = await start({ spec });
    const phone = await emulator.subscribe('adele', { platform: 'iOS' });
    const endpointFallback = { platformTypes: ['iOS'], fallbackDelayInSeconds: 60, visualContent: { title: 'Fallback' } };
    const content = { payload: { rawContent: 'raw' }, priority: 'High', fallbackPolicy: { endpointFallback } };
    const [fetched, missed] = [await emulator.publish(phone, content), await emulator.publish(phone, content)];
    expect(idsOf(await emulator.list(phone))).toEqual([fetched.id]);
    await emulator.emulator.advance(61);
    const socket = await emulator.connect(phone);
    const messages = await socket.rest();
    expect(messages.map(({ type }) => type)).toEqual(['notification', 'notification', 'toast']);
    expect(messages.at(-1)).toMatchObject({ notificationId: missed.id });
  });
});
