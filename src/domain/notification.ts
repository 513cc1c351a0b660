// The life of a notification: created, replaced (D5), its states changed (F26), deleted (F28).
import type {
  ActiveNotification,
  ChangeMarks,
  Instant,
  Notification,
  NotificationContent,
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
export interface ChangePlace {
  readonly position: Position;
  readonly now: Instant;
  readonly origin: Unsid | null;
}

/** Adds a change to the marks: `other` is always the last change of another origin than the last one. */
function mark(marks: ChangeMarks | undefined, { position, origin }: ChangePlace): ChangeMarks {
  const last = { position, origin };
  if (!marks) return { last, other: undefined };
  return { last, other: marks.last.origin === origin ? marks.other : marks.last };
}

/** Position of the last change that did not originate on this device; 0 when all did. */
export function lastForeignChange(marks: ChangeMarks, unsid: Unsid): Position {
  return marks.last.origin === unsid ? (marks.other?.position ?? 0) : marks.last.position;
}

export function createNotification(id: string, content: NotificationContent, place: ChangePlace): ActiveNotification {
  return {
    id,
    ...placed(content, place),
    createdPosition: place.position,
    contentPosition: place.position,
    marks: mark(undefined, place),
    createdAt: place.now,
    modifiedAt: undefined,
  };
}

/** D5: same id and creation, new content, states and times start anew. */
export function replaceContent(current: ActiveNotification, content: NotificationContent, place: ChangePlace): ActiveNotification {
  return {
    ...current,
    ...placed(content, place),
    contentPosition: place.position,
    marks: mark(current.marks, place),
    modifiedAt: place.now,
  };
}

function placed(content: NotificationContent, { position }: ChangePlace) {
  return {
    position,
    content,
    status: 'Active',
    readState: 'Unread',
    userActionState: 'NoInteraction',
    expiresAt: content.expiresAt,
    appNotificationId: content.appNotificationId,
    targets: content.targets,
  } as const;
}

/** The notification with the new states; undefined when nothing would change. */
export function changeState(current: ActiveNotification, change: StateChange, place: ChangePlace): ActiveNotification | undefined {
  const readState = change.readState ?? current.readState;
  const userActionState = change.userActionState ?? current.userActionState;
  if (readState === current.readState && userActionState === current.userActionState) return undefined;
  return { ...current, readState, userActionState, position: place.position, marks: mark(current.marks, place), modifiedAt: place.now };
}

/** F28: nothing of the content is kept. */
export function bury(current: ActiveNotification, place: ChangePlace): Tombstone {
  return {
    status: 'Deleted',
    id: current.id,
    position: place.position,
    createdPosition: current.createdPosition,
    contentPosition: current.contentPosition,
    marks: mark(current.marks, place),
    createdAt: current.createdAt,
    modifiedAt: place.now,
    expiresAt: current.expiresAt,
    appNotificationId: current.appNotificationId,
    targets: current.targets,
  };
}

export function isActive(notification: Notification | undefined): notification is ActiveNotification {
  return notification?.status === 'Active';
}
