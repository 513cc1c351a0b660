// Parses the text of a socket message into a typed message, or the reason why it is invalid.
import type { ServerMessage } from './wire.ts';

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === 'string';
const isObject: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isFlag: Check = (value) => typeof value === 'boolean';
const isNumber: Check = (value) => typeof value === 'number';

/** The members that a client needs; conformance to the document is checked elsewhere. */
const requiredMembers: Readonly<Record<ServerMessage['type'], Readonly<Record<string, Check>>>> = {
  connected: { unsid: isText, deviceId: isText, cursor: isText, resumed: isFlag, heartbeatSeconds: isNumber },
  notification: { change: isText, cursor: isText, notification: isObject, 'notification/id': isText, 'notification/status': isText },
  signal: { cursor: isText },
  toast: { cursor: isText, notificationId: isText, visualContent: isObject, 'visualContent/title': isText },
  error: { error: isObject, 'error/code': isText, 'error/message': isText },
};

function at(value: unknown, path: string): unknown {
  let current = value;
  for (const name of path.split('/')) current = typeof current === 'object' && current !== null ? Reflect.get(current, name) : undefined;
  return current;
}

function isKnownType(type: unknown): type is ServerMessage['type'] {
  return typeof type === 'string' && Object.hasOwn(requiredMembers, type);
}

/** Returns the message, or one line with the reason why it is invalid. */
export function parseServerMessage(text: string): ServerMessage | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'The message is not JSON.';
  }
  const type = at(value, 'type');
  if (!isKnownType(type)) return 'The message has no known type.';
  const wrong = Object.entries(requiredMembers[type]).find(([path, check]) => !check(at(value, path)));
  if (wrong) return `The ${type} message is not valid at /${wrong[0]}.`;
  return value as ServerMessage;
}
