// Parses the text of a socket message into a typed message, or the reason why it is invalid.
import { isJsonObject, jsonIn, memberOf } from '../values/json.ts';
import { isFlag, isNumber, isText, type Shape, wrongMember } from './shape.ts';
import type { ServerMessage } from './wire.ts';

const requiredMembers: Readonly<Record<ServerMessage['type'], Shape>> = {
  connected: { unsid: isText, deviceId: isText, cursor: isText, resumed: isFlag, heartbeatSeconds: isNumber },
  notification: { change: isText, cursor: isText, notification: isJsonObject, 'notification/id': isText, 'notification/status': isText },
  signal: { cursor: isText },
  toast: { cursor: isText, notificationId: isText, visualContent: isJsonObject, 'visualContent/title': isText },
  error: { error: isJsonObject, 'error/code': isText, 'error/message': isText },
};

function isKnownType(type: unknown): type is ServerMessage['type'] {
  return typeof type === 'string' && Object.hasOwn(requiredMembers, type);
}

/** Returns the message, or one line with the reason why it is invalid. */
export function parseServerMessage(text: string): ServerMessage | string {
  const value = jsonIn(text);
  if (value === undefined) return 'The message is not JSON.';
  const type = memberOf(value, 'type');
  if (!isKnownType(type)) return 'The message has no known type.';
  const wrong = wrongMember(value, requiredMembers[type]);
  if (wrong !== undefined) return `The ${type} message is not valid at /${wrong}.`;
  return value as ServerMessage;
}
