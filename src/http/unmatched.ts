// What a request that cannot be served where it goes is refused with: an unknown path, or a method that is not declared there.
import { Refusal } from '../domain/errors.ts';
import type { Spec } from '../spec/spec.ts';

/** Also for a handshake on a path that is not the device socket's, and for an ordinary request on the one that is. */
export function refusalForUnmatched(spec: Spec, method: string, path: string): Refusal {
  const match = spec.match(method, path);
  if (!match && path === spec.socket.path) return notAHandshake(spec, method);
  if (!match) return new Refusal('UnknownRoute', `There is no operation at ${path}.`);
  if ('allow' in match) return new Refusal('MethodNotAllowed', `${method} is not supported here.`, { allow: match.allow });
  return new Refusal('UnsupportedHeader', `Upgrade: ${method} ${path} is not a WebSocket.`);
}

function notAHandshake({ socket }: Spec, method: string): Refusal {
  if (method !== socket.method) return new Refusal('MethodNotAllowed', `${method} is not supported here.`, { allow: [socket.method] });
  const message = 'must be websocket: this is the device socket';
  return new Refusal('UnsupportedHeader', `Upgrade ${message}.`, { faults: [{ code: 'required', target: 'Upgrade', message }] });
}
