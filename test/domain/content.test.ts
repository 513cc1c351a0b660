// What is stored of a request: defaults, remaining time, what each platform renders.
import { describe, expect, it } from 'vitest';
import { contentFrom, type NotificationRequest } from '../../src/domain/content.ts';
import { remainingSeconds } from '../../src/domain/wire.ts';

const week = 7 * 86_400_000;
const contentOf = (more: Partial<NotificationRequest>) =>
  contentFrom({ targetHostName: 'contoso.example', payload: { rawContent: 'R' }, ...more }, 1_000, week);

describe('content', () => {
  it.each([
    ['[D9] a raw one is None', { payload: { rawContent: 'R' } }, 'None'],
    ['[F13] a visual one is High', { payload: { visualContent: { title: 'T' } } }, 'High'],
    ['[F13] one with both is High', { payload: { rawContent: 'R', visualContent: { title: 'T' } } }, 'High'],
    ['[F13] what is sent counts', { priority: 'Low' as const }, 'Low'],
  ])('has a priority: %s', (_, more, priority) => {
    expect(contentOf(more).priority).toBe(priority);
  });

  it('[F15] keeps the id that the app server gave it, and its group', () => {
    expect(contentOf({ appNotificationId: 'build-42', groupName: 'builds' })).toMatchObject({
      appNotificationId: 'build-42',
      groupName: 'builds',
    });
  });

  it('[F8] expires after the lifetime of the document', () => {
    expect(contentOf({}).expiresAt).toBe(1_000 + week);
  });

  it('[F14] is for all platforms without a target policy, and for each named one once', () => {
    expect(contentOf({}).targets).toEqual(['Windows', 'iOS', 'Android', 'WebPush']);
    expect(contentOf({ targetPolicy: { platformTypes: ['iOS', 'iOS'] } }).targets).toEqual(['iOS']);
  });

  it('[F29] [D11] gives web endpoints the raw content alone, and nothing of a visual one', () => {
    expect(contentOf({ payload: { rawContent: 'R', visualContent: { title: 'T' } } }).webPayloadJson).toBe('{"rawContent":"R"}');
    expect(contentOf({ payload: { visualContent: { title: 'T' } } }).webPayloadJson).toBeUndefined();
  });

  it('[D6] keeps no unknown members of the payload', () => {
    const payload = { rawContent: 'R', extra: 1, visualContent: { title: 'T', colour: 'red' } } as NotificationRequest['payload'];
    expect(contentOf({ payload }).payloadJson).toBe('{"rawContent":"R","visualContent":{"title":"T"}}');
  });

  it.each([
    [undefined, null],
    [61_000, 60],
    [60_999, 59],
    [1_000, 0],
    [0, 0],
  ])('[F7] with its display ending at %s has %s seconds left', (displayUntil, left) => {
    expect(remainingSeconds(displayUntil, 1_000)).toBe(left);
  });
});
