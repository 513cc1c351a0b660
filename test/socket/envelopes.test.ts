// Envelopes of a push channel are composed once for all devices of a platform that were last sent the same tag.
import { describe, expect, it } from 'vitest';
import type { NotificationContent } from '../../src/domain/model.ts';
import { createNotification } from '../../src/domain/notification.ts';
import { createFrames } from '../../src/socket/frames.ts';

const content: NotificationContent = {
  appNotificationId: null,
  groupName: null,
  priority: 'None',
  rawContent: 'Hello',
  visualContent: undefined,
  targets: ['Windows', 'iOS', 'Android', 'WebPush'],
  subscriptions: undefined,
  displayUntil: undefined,
  expiresAt: 1000,
  fallback: undefined,
};
const notification = createNotification('3407d93c-77f7-4bc0-8fbf-46221a7bed72', content, { position: 7, now: 0, origin: null });
const embedded = { notification, form: 'full' } as const;
const envelope = {
  platform: 'iOS',
  application: 'contoso.example',
  baseETag: 'c1.feed.6',
  newETag: 'c1.feed.7',
  cV: 'feed.7',
  embedded,
} as const;

describe('the frame of an envelope', () => {
  const frames = createFrames({ maxEmbeddedBytes: 10_000, validate: undefined });

  it('[D41] is shared by devices with the same platform and tag', () => {
    expect(frames.envelope({ ...envelope }, 0)).toBe(frames.envelope({ ...envelope }, 0));
  });

  it.each([
    ['platform', { platform: 'Android' }],
    ['tag', { baseETag: 'c1.feed.5' }],
    ['change', { cV: 'feed.8', newETag: 'c1.feed.8' }],
    ['form', { embedded: { notification, form: 'web' } }],
    ['announcement', { embedded: undefined }],
    ['alert', { embedded: undefined, alert: { title: 'T' } }],
  ] as const)('[D41] is another one for another %s', (_, change) => {
    expect(frames.envelope({ ...envelope, ...change }, 0)).not.toBe(frames.envelope(envelope, 0));
  });
});
