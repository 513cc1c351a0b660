// What the log can say: a closed union of events, and the port that takes them. The members are those of docs/log.md.
import type { PlatformType, Unsid } from './model.ts';

/** Who and what an event is about; only what is known. */
interface Subject {
  /** Names the user in feeds: the alias where there is one. */
  readonly user?: string | undefined;
  readonly client?: string | undefined;
  readonly application?: string | undefined;
  readonly platform?: PlatformType | undefined;
  /** The device's id, as its subscription names it. */
  readonly device?: string | undefined;
  /** Only where details are wanted. */
  readonly unsid?: Unsid | undefined;
  readonly notificationId?: string | undefined;
}

/** One direction of an exchange, without its secrets. */
export interface MessageDetail {
  readonly headers: Readonly<Record<string, string>>;
  /** Text of the body, or what kind of body it is. */
  readonly body?: string | undefined;
}

/** A request and its answer. */
export interface RequestEvent extends Subject {
  readonly event: 'request';
  /** Undefined where the request could not be read. */
  readonly method?: string | undefined;
  /** Without its query. */
  readonly path?: string | undefined;
  /** Undefined where no answer was sent. */
  readonly status?: number | undefined;
  /** Of a refused request: the code that its answer has. */
  readonly code?: string | undefined;
  readonly reason?: string | undefined;
  readonly durationMs?: number | undefined;
  /** These only where details are wanted. */
  readonly requestId?: string | undefined;
  readonly clientRequestId?: string | undefined;
  readonly query?: string | undefined;
  readonly request?: MessageDetail | undefined;
  readonly answer?: MessageDetail | undefined;
}

export interface SocketOpenedEvent extends Subject {
  readonly event: 'socket-opened';
  /** False: the cursor of the device was unknown, it is served what comes from now on. */
  readonly resumed: boolean;
}

export interface SocketClosedEvent extends Subject {
  readonly event: 'socket-closed';
  readonly code: number;
  readonly reason?: string | undefined;
  /** Who ended it; `line`: it broke without a close. */
  readonly by: 'emulator' | 'device' | 'network';
  readonly durationMs?: number | undefined;
}

/** A change of a notification on its way to the devices that are connected. */
export interface DeliveryEvent extends Subject {
  readonly event: 'delivery';
  readonly change: 'published' | 'replaced' | 'changed' | 'deleted';
  readonly readState?: string | undefined;
  readonly userActionState?: string | undefined;
  /** Devices that it was sent to. */
  readonly sent: number;
  /** Devices that it is meant for and that have no connection; undefined: not known. */
  readonly offline?: number | undefined;
  /** Connected ones that it was not sent to yet, such as those that take nothing. */
  readonly waiting?: number | undefined;
}

/** A device got what it had missed. */
export interface CaughtUpEvent extends Subject {
  readonly event: 'caught-up';
  readonly notifications: number;
}

export interface FallbackDueEvent extends Subject {
  readonly event: 'fallback-due';
  /** iOS devices that have not fetched the notification, and get a toast. */
  readonly devices: number;
}

export interface ToastEvent extends Subject {
  readonly event: 'toast';
}

export interface NotificationsExpiredEvent extends Subject {
  readonly event: 'notifications-expired';
  readonly count: number;
}

export interface SubscriptionExpiredEvent extends Subject {
  readonly event: 'subscription-expired';
  /** By the service clock, ISO 8601. */
  readonly expiredAt: string;
}

export interface StoppedEvent {
  readonly event: 'stopped';
  /** Sockets that were closed for it. */
  readonly sockets: number;
}

export type LogEvent =
  | RequestEvent
  | SocketOpenedEvent
  | SocketClosedEvent
  | DeliveryEvent
  | CaughtUpEvent
  | FallbackDueEvent
  | ToastEvent
  | NotificationsExpiredEvent
  | SubscriptionExpiredEvent
  | StoppedEvent;

/** Takes what happened. Where none is there, nothing is to be composed. */
export interface EventLog {
  /** Ids, headers and bodies are wanted too. */
  readonly isDetailed: boolean;
  readonly write: (event: LogEvent) => void;
}
