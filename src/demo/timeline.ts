// The demo's timeline, derived only from what the devices received.
import type { ClientNotification } from '../client/wire.ts';
import type { Device } from '../simulator/device-api.ts';
import type { Received, ReceivedNotification } from '../simulator/received.ts';

/** Styles of the output; without colours they return the text unchanged. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly magenta: (text: string) => string;
  readonly red: (text: string) => string;
}

function contentOf(notification: ClientNotification): string {
  if (notification.status === 'Deleted') return notification.id;
  const { visualContent, rawContent } = notification.payload;
  if (!visualContent) return `${rawContent ?? ''} (raw)`;
  return visualContent.body === undefined ? visualContent.title : `${visualContent.title}: ${visualContent.body}`;
}

function formatNotification({ change, notification }: ReceivedNotification, paint: Paint): string {
  const content = contentOf(notification);
  if (change === 'created') return `${paint.green('●')} ${paint.bold(content)}`;
  if (notification.status === 'Deleted') return `${paint.red('✕')} ${content} → ${paint.red('deleted')}`;
  const states = [notification.readState, notification.userActionState].filter((state) => state !== 'Unread' && state !== 'NoInteraction');
  return `${paint.yellow('○')} ${content} → ${paint.yellow(states.join(', ').toLowerCase() || 'sent again')}`;
}

function formatReceived(received: Received, paint: Paint): string {
  if (received.kind === 'notification') return formatNotification(received, paint);
  const { title, body } = received.visualContent;
  return `${paint.magenta('▲ fallback toast')} ${paint.bold(body === undefined ? title : `${title}: ${body}`)}`;
}

/** One line for each message by time: seconds since the first one, device, content. */
export function timeline(devices: readonly Device[], paint: Paint): readonly string[] {
  const all = devices.flatMap((device) => device.received.map((received) => ({ device, received })));
  all.sort((first, other) => first.received.receivedAt - other.received.receivedAt);
  const first = all[0]?.received.receivedAt ?? 0;
  return all.map(({ device, received }) => {
    const seconds = `+${((received.receivedAt - first) / 1000).toFixed(3)} s`.padStart(10);
    return `${paint.dim(seconds)}  ${device.user.padEnd(6)} ${device.platform.padEnd(8)} ${formatReceived(received, paint)}`;
  });
}
