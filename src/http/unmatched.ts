// Refuses requests without an operation: unknown paths, undeclared methods, and plain requests to the device socket.
import { nearestPath } from '../documents/near-miss.ts';
import type { Spec } from '../documents/spec.ts';
import { Refusal } from '../domain/errors.ts';
import { requestTarget } from '../net/request-target.ts';

export interface UnmatchedRequest {
  readonly method: string;
  readonly path: string;
  /** Methods that the document declares for this path; undefined if the path is unknown. */
  readonly allow: readonly string[] | undefined;
}

export function refusalForUnmatched({ socket, operations }: Spec, { method, path, allow }: UnmatchedRequest): Refusal {
  if (allow) return new Refusal('MethodNotAllowed', `${method} is not supported here.`, { allow });
  if (path !== socket.path) {
    const meant = nearestPath(
      path,
      operations.map((operation) => operation.path),
    );
    return new Refusal('UnknownRoute', `There is no operation at ${path}${meant === undefined ? '.' : `; did you mean ${meant}?`}`);
  }
  if (method !== socket.method) return new Refusal('MethodNotAllowed', `${method} is not supported here.`, { allow: [socket.method] });
  const message = 'must be websocket: this is the device socket';
  return new Refusal('UnsupportedHeader', `Upgrade ${message}.`, { violations: [{ code: 'required', target: 'Upgrade', message }] });
}

/** A request that the parser rejected: its bytes, and the number of bytes parsed. */
export interface UnparsedRequest {
  readonly rawPacket?: Buffer;
  readonly bytesParsed?: number;
}

const requestLine = /^([A-Za-z0-9!#$%&'*+.^_`|~-]+) (\S+) HTTP\/1\.[01]\r?\n/;

/** Node's parser rejects methods that it does not know. Returns undefined if the method was not the cause. */
export function refusalForUnknownMethod(spec: Spec, { rawPacket, bytesParsed = 0 }: UnparsedRequest): Refusal | undefined {
  const [, method, url] = requestLine.exec(rawPacket?.toString('latin1') ?? '') ?? [];
  if (method === undefined || bytesParsed > method.length) return undefined;
  const { path } = requestTarget(url);
  const match = spec.match(method, path);
  return refusalForUnmatched(spec, { method, path, allow: match && 'allow' in match ? match.allow : undefined });
}
