// What is stored of a request: defaults, remaining time, what each platform renders.
import { describe, expect, it } from 'vitest';
import { contentFrom, type NotificationRequest } from '../../src/domain/content.ts';
import { createNotification, isMeantFor } from '../../src/domain/notification.ts';
import type { PushForm } from '../../src/domain/targeting.ts';
import { clientNotificationJson, remainingSeconds } from '../../src/domain/wire.ts';

const week = 7 * 86_400_000;
const contentOf = (more: Partial<NotificationRequest>) =>
  contentFrom({ targetHostName: 'contoso.example', payload: { rawContent: 'R' }, ...more }, { now: 1_000, lifetimeMs: week });

const place = { position: 1, now: 1_000, origin: null };
/** The payload as it is written for this kind of endpoint. */
function payloadText(payload: NotificationRequest['payload'], form: PushForm): string | undefined {
  const text = clientNotificationJson(createNotification('n', contentOf({ payload }), place), 'contoso.example', 1_000, form);
  return /"payload":.*(?=,"displayTimeToLive")/.exec(text)?.[0];
}

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
    const both = { rawContent: 'R "ü"\ud800', visualContent: { title: 'T', body: 'B' } };
    expect(payloadText(both, 'web')).toBe('"payload":{"rawContent":"R \\"ü\\"\\ud800"}');
    expect(payloadText(both, 'full')).toBe('"payload":{"rawContent":"R \\"ü\\"\\ud800","visualContent":{"title":"T","body":"B"}}');
    expect(payloadText({ visualContent: { title: 'T' } }, 'full')).toBe('"payload":{"visualContent":{"title":"T"}}');
    const isForWeb = (payload: NotificationRequest['payload']) =>
      isMeantFor(createNotification('n', contentOf({ payload }), place), { platform: 'WebPush', unsid: 'browser' });
    expect([isForWeb(both), isForWeb({ visualContent: { title: 'T' } })]).toEqual([true, false]);
  });

  it('[D6] keeps no unknown members of the payload', () => {
    const payload = { rawContent: 'R', extra: 1, visualContent: { title: 'T', colour: 'red' } } as NotificationRequest['payload'];
    expect(contentOf({ payload })).toMatchObject({ rawContent: 'R', visualContent: { title: 'T' } });
    expect(payloadText(payload, 'full')).toBe('"payload":{"rawContent":"R","visualContent":{"title":"T"}}');
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
