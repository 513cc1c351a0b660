// The messages that a device has received, and their short text form.
import type { ClientNotification, NotificationMessage, VisualContent } from '../client/wire.ts';

/** A new, changed or deleted notification. */
export interface ReceivedNotification {
  readonly kind: 'notification';
  readonly change: NotificationMessage['change'];
  readonly notification: ClientNotification;
  /** The state that the device knew before; undefined if none. */
  readonly previous: ClientNotification | undefined;
  /** How it arrived: pushed on the socket, or fetched after a signal or a lost cursor (F24). */
  readonly via: 'push' | 'fetch';
  /** Its position in the feed; undefined if fetched. */
  readonly cursor: string | undefined;
  /** Milliseconds since the epoch, by the device's clock. */
  readonly receivedAt: number;
}

/** A fallback toast (F16, R9). */
export interface ReceivedToast {
  readonly kind: 'toast';
  readonly notificationId: string;
  readonly visualContent: VisualContent;
  readonly cursor: string;
  readonly receivedAt: number;
}

/** Anything that a device receives. */
export type Received = ReceivedNotification | ReceivedToast;

const maxListed = 10;

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

/** A short name of a notification: its title, otherwise its raw content. */
export function leadOf(content: { readonly visualContent?: { readonly title: string }; readonly rawContent?: string }): string {
  return content.visualContent?.title ?? content.rawContent ?? '';
}

function quotedLead(notification: ClientNotification): string {
  if (notification.status === 'Deleted') return '';
  return ` ${JSON.stringify(shorten(leadOf(notification.payload)))}`;
}

/** `created "Build finished" (3407d93c)` */
export function formatReceived(received: Received): string {
  if (received.kind === 'toast')
    return `toast ${JSON.stringify(shorten(received.visualContent.title))} (${received.notificationId.slice(0, 8)})`;
  return `${received.change}${quotedLead(received.notification)} (${received.notification.id.slice(0, 8)})`;
}

/** The latest messages, for an error message. */
export function formatAllReceived(all: readonly Received[]): string {
  if (all.length === 0) return 'nothing was received';
  const last = all.slice(-maxListed).map(formatReceived).join(', ');
  return all.length > maxListed ? `received ${all.length}, the last ${maxListed}: ${last}` : `received: ${last}`;
}
