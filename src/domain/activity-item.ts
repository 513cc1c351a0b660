// Writes notifications as the items of the activity surface: numbers for states, the payload in Base64 (F59, F60, D39).
import { base64Of } from './base64.ts';
import type { Instant, Notification, NotificationContent, Priority, UserActionState } from './model.ts';
import { isActive } from './notification.ts';
import type { PushForm } from './targeting.ts';
import { instantText, remainingSeconds } from './wire.ts';

/** The type of an activity that is a notification. */
const notificationType = 13;
const priorities: Readonly<Record<Priority, number>> = { None: 0, High: 1, Low: 2 };
/** In the order of their numbers. */
export const userActionStates: readonly UserActionState[] = ['NoInteraction', 'Activated', 'Dismissed', 'Snoozed'];

/**
 * The JSON text of an item. A client gives up a whole answer when one item lacks a member that it reads or has it with another type, so that
 * a deleted one has them all too.
 */
export function activityItemJson(notification: Notification, application: string, now: Instant, form: PushForm = 'full'): string {
  const active = isActive(notification) ? notification : undefined;
  const content = active?.content;
  return JSON.stringify({
    activityId: notification.id,
    appActivityId: notification.appNotificationId,
    tags: content?.groupName ?? null,
    applicationId: [{ platform: 'host', application }],
    type: notificationType,
    status: statusOf(notification),
    priority: content ? priorities[content.priority] : 0,
    read: active?.readState === 'Read',
    userActionState: active ? userActionStates.indexOf(active.userActionState) : 0,
    displayTtl: remainingSeconds(content?.displayUntil, now) ?? 0,
    createdInCloud: instantText(notification.createdAt),
    lastModified: notification.modifiedAt === undefined ? null : instantText(notification.modifiedAt),
    expiration: instantText(notification.expiresAt),
    payload: content ? payloadOf(content, form) : null,
  });
}

/** F60: updated is whatever has changed since its creation. */
function statusOf({ status, modifiedAt }: Notification): number {
  if (status === 'Deleted') return 2;
  return modifiedAt === undefined ? 0 : 1;
}

/** The client requires a body beside the title, and takes what has both contents for a visual one (D39). */
function payloadOf({ rawContent, visualContent }: NotificationContent, form: PushForm): string {
  const visual = form === 'full' && visualContent ? { title: visualContent.title, body: visualContent.body ?? '' } : {};
  return base64Of(JSON.stringify({ ...visual, content: rawContent }));
}
