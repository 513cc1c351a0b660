// What a request that no operation serves is refused with: an unknown path, a method that is not declared there, or the device socket's path.
import { Refusal } from '../domain/errors.ts';
import type { Spec } from '../spec/spec.ts';

export interface UnmatchedRequest {
  readonly method: string;
  readonly path: string;
  /** Methods that the document declares at this path; undefined when it does not know the path. */
  readonly allow: readonly string[] | undefined;
}

export function refusalForUnmatched({ socket }: Spec, { method, path, allow }: UnmatchedRequest): Refusal {
  if (allow) return new Refusal('MethodNotAllowed', `${method} is not supported here.`, { allow });
  if (path !== socket.path) return new Refusal('UnknownRoute', `There is no operation at ${path}.`);
  if (method !== socket.method) return new Refusal('MethodNotAllowed', `${method} is not supported here.`, { allow: [socket.method] });
  const message = 'must be websocket: this is the device socket';
  return new Refusal('UnsupportedHeader', `Upgrade ${message}.`, { faults: [{ code: 'required', target: 'Upgrade', message }] });
}
