// The life of a notification: created, replaced (D5), its states changed (F26), deleted (F28).
import type {
  ActiveNotification,
  ChangeMarks,
  Instant,
  Notification,
  NotificationContent,
  PlatformType,
  Position,
  ReadState,
  Tombstone,
  Unsid,
  UserActionState,
} from './model.ts';

export interface StateChange {
  readonly readState?: ReadState;
  readonly userActionState?: UserActionState;
}

/** Where and when a change takes place, and on which device (null: the app server). */
export interface ChangeContext {
  readonly position: Position;
  readonly now: Instant;
  readonly origin: Unsid | null;
}

/** Adds a change to the marks: `other` is always the last change of another origin than the last one. */
function withChange(marks: ChangeMarks | undefined, { position, origin }: ChangeContext): ChangeMarks {
  const last = { position, origin };
  if (!marks) return { last, other: undefined };
  return { last, other: marks.last.origin === origin ? marks.other : marks.last };
}

/** Position of the last change that did not originate on this device; 0 when all did. */
export function lastForeignChange(marks: ChangeMarks, unsid: Unsid): Position {
  return marks.last.origin === unsid ? (marks.other?.position ?? 0) : marks.last.position;
}

/** Earlier positions remembered for a notification. */
const maxEarlierPositions = 16;

/** Everything that a change moves on. */
function moved(current: Notification, { position, origin, now }: ChangeContext) {
  return {
    position,
    earlierPositions: [...(current.earlierPositions ?? []), current.position].slice(-maxEarlierPositions),
    marks: withChange(current.marks, { position, origin, now }),
    modifiedAt: now,
  };
}

/** A device, as far as it matters for what is meant for it. */
export interface Addressee {
  readonly unsid: Unsid;
  readonly platform: PlatformType;
}

type Audience = Pick<NotificationContent, 'targets' | 'rawContent'>;

/** Is content like this pushed to this platform (F14, D11)? */
export function isForPlatform({ targets, rawContent }: Audience, platform: PlatformType): boolean {
  return targets.includes(platform) && (platform !== 'WebPush' || rawContent !== undefined);
}

/** Is the present content pushed to this device (F14, F52, D11)? */
export function isMeantFor({ subscriptions, content }: ActiveNotification, { platform, unsid }: Addressee): boolean {
  return isForPlatform(content, platform) && (subscriptions?.includes(unsid) ?? true);
}

/**
 * Position since which the notification has been meant for this device; undefined when it never was. A web endpoint, which hears of no
 * deletion (F27), is not looked for in a tombstone.
 */
export function meantSince(notification: Notification, device: Addressee): Position | undefined {
  const { platform, unsid } = device;
  if (notification.meantSince) return earlier(notification.meantSince[platform], notification.meantSince[unsid]);
  const { targets, subscriptions } = notification;
  const isMeant = isActive(notification)
    ? isMeantFor(notification, device)
    : targets.includes(platform) && (subscriptions?.includes(unsid) ?? true);
  return isMeant ? notification.createdPosition : undefined;
}

function earlier(one: Position | undefined, other: Position | undefined): Position | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.min(one, other);
}

const allPlatforms: readonly PlatformType[] = ['Windows', 'iOS', 'Android', 'WebPush'];

/** The platforms, or the single subscriptions, that the present content is meant for. */
function audienceOf({ content }: ActiveNotification): readonly (PlatformType | Unsid)[] {
  return content.subscriptions ?? allPlatforms.filter((platform) => isForPlatform(content, platform));
}

/** The same after new content, which may be meant for others. */
function meantSinceAfter(current: ActiveNotification, next: ActiveNotification): ActiveNotification['meantSince'] {
  const [before, after] = [audienceOf(current), audienceOf(next)];
  if (!current.meantSince && before.length === after.length && after.every((one) => before.includes(one))) return undefined;
  const since: Record<PlatformType | Unsid, Position> = {
    ...(current.meantSince ?? Object.fromEntries(before.map((one) => [one, current.createdPosition]))),
  };
  for (const one of after) since[one] ??= next.position;
  return since;
}

export function createNotification(id: string, content: NotificationContent, context: ChangeContext): ActiveNotification {
  return {
    id,
    ...activeFields(content, context),
    createdPosition: context.position,
    contentPosition: context.position,
    earlierPositions: undefined,
    meantSince: undefined,
    marks: withChange(undefined, context),
    createdAt: context.now,
    modifiedAt: undefined,
  };
}

/** D5: same id and creation, new content, states and times start anew. */
export function replaceContent(current: ActiveNotification, content: NotificationContent, context: ChangeContext): ActiveNotification {
  const next = { ...current, ...activeFields(content, context), ...moved(current, context), contentPosition: context.position };
  return { ...next, meantSince: meantSinceAfter(current, next) };
}

function activeFields(content: NotificationContent, { position }: ChangeContext) {
  return {
    position,
    content,
    status: 'Active',
    readState: 'Unread',
    userActionState: 'NoInteraction',
    expiresAt: content.expiresAt,
    appNotificationId: content.appNotificationId,
    targets: content.targets,
    subscriptions: content.subscriptions,
  } as const;
}

/** The notification with the new states; undefined when nothing would change. */
export function changeState(current: ActiveNotification, change: StateChange, context: ChangeContext): ActiveNotification | undefined {
  const readState = change.readState ?? current.readState;
  const userActionState = change.userActionState ?? current.userActionState;
  if (readState === current.readState && userActionState === current.userActionState) return undefined;
  return { ...current, readState, userActionState, ...moved(current, context) };
}

/** F28: nothing of the content is kept. */
export function toTombstone(current: ActiveNotification, context: ChangeContext): Tombstone {
  return {
    status: 'Deleted',
    id: current.id,
    ...moved(current, context),
    createdPosition: current.createdPosition,
    contentPosition: current.contentPosition,
    meantSince: current.meantSince,
    createdAt: current.createdAt,
    expiresAt: current.expiresAt,
    appNotificationId: current.appNotificationId,
    targets: current.targets,
    subscriptions: current.subscriptions,
  };
}

export function isActive(notification: Notification | undefined): notification is ActiveNotification {
  return notification?.status === 'Active';
}
