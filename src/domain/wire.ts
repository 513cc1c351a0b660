// Writes notifications as the JSON text that clients read; text, because it is written once and sent to many.
import { cursorOf } from './cursor.ts';
import type { Instant, Notification, NotificationContent, Position, VisualContent } from './model.ts';
import type { Change, PushForm } from './targeting.ts';

/** ISO 8601 UTC with milliseconds and `Z` (F8). */
export function instantText(instant: Instant): string {
  return new Date(instant).toISOString();
}

/** Whole seconds that are left of the display time, never below 0; null when there is none (F7). */
export function remainingSeconds(displayUntil: Instant | undefined, now: Instant): number | null {
  return displayUntil === undefined ? null : Math.max(0, Math.floor((displayUntil - now) / 1000));
}

/** F25; a tombstone keeps id, status and times (F28). */
export function clientNotificationJson(notification: Notification, application: string, now: Instant, form: PushForm = 'full'): string {
  const text = JSON.stringify;
  const head = `{"id":${text(notification.id)},"application":${text(application)},`;
  const times =
    `"creationDateTime":"${instantText(notification.createdAt)}",` +
    `"lastModifiedDateTime":${notification.modifiedAt === undefined ? 'null' : `"${instantText(notification.modifiedAt)}"`},` +
    `"expirationDateTime":"${instantText(notification.expiresAt)}"`;
  if (notification.status === 'Deleted') return `${head}"status":"Deleted",${times}}`;
  const { content } = notification;
  return (
    `${head}"appNotificationId":${text(content.appNotificationId)},"groupName":${text(content.groupName)},` +
    `"priority":"${content.priority}","payload":${payloadJson(content, form)},` +
    `"displayTimeToLive":${remainingSeconds(content.displayUntil, now)},${times},` +
    `"status":"Active","readState":"${notification.readState}","userActionState":"${notification.userActionState}"}`
  );
}

/** Web endpoints get the raw content alone (F29). */
function payloadJson({ rawContent, visualContent }: NotificationContent, form: PushForm): string {
  return JSON.stringify(form === 'web' ? { rawContent } : { rawContent, visualContent });
}

export interface PushMessage {
  readonly feedName: string;
  readonly application: string;
  readonly notification: Notification;
  readonly change: Change;
  readonly form: PushForm;
}

export function notificationMessageJson({ feedName, application, notification, change, form }: PushMessage, now: Instant): string {
  const body = clientNotificationJson(notification, application, now, form);
  return `{"type":"notification","change":"${change}","cursor":"${cursorOf(feedName, notification.position)}","notification":${body}}`;
}

export function signalMessageJson(feedName: string, position: Position): string {
  return `{"type":"signal","cursor":"${cursorOf(feedName, position)}"}`;
}

export interface ToastMessage {
  readonly feedName: string;
  /** The notification's. */
  readonly id: string;
  readonly position: Position;
  readonly visualContent: VisualContent;
}

export function toastMessageJson({ feedName, id, position, visualContent }: ToastMessage): string {
  return JSON.stringify({ type: 'toast', cursor: cursorOf(feedName, position), notificationId: id, visualContent, reason: 'fallback' });
}
