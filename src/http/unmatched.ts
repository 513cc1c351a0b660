// What a request that cannot be served where it goes is refused with: an unknown path, or a method that is not declared there.
import { Refusal } from '../domain/errors.ts';
import type { Spec } from '../spec/spec.ts';

/** For a handshake on a path that is not the device socket's: what an ordinary request there would be told. */
export function refusalForUnmatched(spec: Spec, method: string, path: string): Refusal {
  const match = spec.match(method, path);
  if (!match) return new Refusal('UnknownRoute', `There is no operation at ${path}.`);
  if ('allow' in match) return new Refusal('MethodNotAllowed', `${method} is not supported here.`, { allow: match.allow });
  return new Refusal('UnsupportedHeader', `Upgrade: ${method} ${path} is not a WebSocket.`);
}
