// Writes what a platform's push channel delivers to an app: the five members of a push message, in the envelope of the platform (F62, F63).
import { activityItemJson } from './activity-item.ts';
import type { Instant, Notification, PlatformType, VisualContent } from './model.ts';
import type { PushForm } from './targeting.ts';

export interface Envelope {
  readonly platform: PlatformType;
  readonly application: string;
  /** Tags before and after the change, as this device is sent them (D41). */
  readonly baseETag: string;
  readonly newETag: string;
  readonly cV: string;
  /** Undefined: the change is only announced. */
  readonly embedded: { readonly notification: Notification; readonly form: PushForm } | undefined;
  /** The toast of a fallback (D42). */
  readonly alert?: VisualContent;
}

export function envelopeJson(envelope: Envelope, now: Instant): string {
  const { platform, application, embedded, alert, baseETag, newETag, cV } = envelope;
  const activities = embedded ? `[${activityItemJson(embedded.notification, application, now, embedded.form)}]` : '[]';
  const tags = { changeType: embedded ? 'afsChange' : 'afsChangeNotification', baseETag, newETag, cV };
  // FCM's data has texts only.
  if (platform === 'Android') return JSON.stringify({ data: { ...tags, activities } });
  const members = `${JSON.stringify(tags).slice(1, -1)},"activities":${activities}`;
  if (platform !== 'iOS') return `{${members}}`;
  return `{"aps":${JSON.stringify({ 'content-available': 1, alert })},${members}}`;
}
