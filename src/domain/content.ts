// Turns a valid NotificationRequest into the content that is stored: defaults, remaining times, what each platform renders.
import type { components } from '../documents/notifications.gen.ts';
import type { Instant, NotificationContent, PlatformType, Priority } from './model.ts';
import { type Addressee, isForPlatform } from './notification.ts';

export type NotificationRequest = components['schemas']['NotificationRequest'];

const allPlatforms: readonly PlatformType[] = ['Windows', 'iOS', 'Android', 'WebPush'];

export interface ContentContext {
  readonly now: Instant;
  /** How long a notification lives that names no expiration (F8), from the document. */
  readonly lifetimeMs: number;
  /** The subscriptions that the request names (F52). */
  readonly subscriptions?: readonly Addressee[] | undefined;
}

export function contentFrom(request: NotificationRequest, { now, lifetimeMs, subscriptions }: ContentContext): NotificationContent {
  const { payload } = request;
  const priority = request.priority ?? defaultPriority(payload);
  const displayTimeToLive = request.displayTimeToLive ?? undefined;
  const targets = request.targetPolicy?.platformTypes ? [...new Set(request.targetPolicy.platformTypes)] : allPlatforms;
  const { rawContent } = payload;
  return {
    appNotificationId: request.appNotificationId ?? null,
    groupName: request.groupName ?? null,
    priority,
    rawContent,
    visualContent: payload.visualContent && knownVisual(payload.visualContent),
    targets,
    subscriptions: subscriptions?.filter(({ platform }) => isForPlatform({ targets, rawContent }, platform)).map(({ unsid }) => unsid),
    displayUntil: displayTimeToLive === undefined ? undefined : now + displayTimeToLive * 1000,
    expiresAt: request.expirationDateTime === undefined ? now + lifetimeMs : Date.parse(request.expirationDateTime),
    fallback: fallbackOf(request, priority, now),
  };
}

/** D9. */
function defaultPriority(payload: NotificationRequest['payload']): Priority {
  return payload.visualContent === undefined ? 'None' : 'High';
}

/** Unknown members are ignored (D6), so they are not kept either. */
function knownVisual({ title, body }: { title: string; body?: string }) {
  return body === undefined ? { title } : { title, body };
}

/** F16: accepted on any notification, acts on raw ones of high priority. */
function fallbackOf(request: NotificationRequest, priority: Priority, now: Instant): NotificationContent['fallback'] {
  const fallback = request.fallbackPolicy?.endpointFallback;
  if (!fallback || priority !== 'High' || request.payload.rawContent === undefined) return undefined;
  return { dueAt: now + fallback.fallbackDelayInSeconds * 1000, visualContent: knownVisual(fallback.visualContent) };
}
