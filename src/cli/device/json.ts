// `unsid device --json`: prints one JSON object per line for each event of the device.
import type { DeviceListeners } from '../../simulator/device-api.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { safeJson } from '../terminal/text.ts';

function timeOf(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** Listeners that print an event each; every line begins with `event` and `time`. */
export function jsonListeners(terminal: Terminal): DeviceListeners {
  const print = (event: string, members: object, atMs: number = Date.now()): void => {
    terminal.out.print([safeJson({ event, time: timeOf(atMs), ...members })]);
  };
  return {
    subscribed: ({ userNotificationSubscriptionId, application, deviceId, platform, displayName, expirationDateTime }) =>
      print('subscribed', { unsid: userNotificationSubscriptionId, application, deviceId, platform, displayName, expirationDateTime }),
    connected: ({ cursor, resumed, heartbeatSeconds }) => print('connected', { cursor, resumed, heartbeatSeconds }),
    notification: ({ change, via, cursor, notification, receivedAt }) =>
      print('notification', { change, via, cursor: cursor ?? null, notification }, receivedAt),
    toast: ({ notificationId, visualContent, cursor, receivedAt }) =>
      print('toast', { reason: 'fallback', notificationId, visualContent, cursor }, receivedAt),
    duplicate: ({ cursor, notification }) => print('duplicate', { cursor, notificationId: notification.id }),
    signal: ({ cursor }) => print('signal', { cursor }),
    held: (message) =>
      print('held', { cursor: message.cursor, notificationId: message.type === 'notification' ? message.notification.id : null }),
    refetched: ({ gone }) => print('refetched', { gone }),
    refused: (error) => print('refused', { error }),
    invalid: (reason) => print('invalid', { reason }),
    disconnected: ({ code, reason }) => print('disconnected', { code, reason }),
    reconnecting: ({ attempt, delayMs }) => print('reconnecting', { attempt, delayMs: Math.round(delayMs) }),
    stopped: ({ code, message }) => print('stopped', { code, message }),
  };
}
