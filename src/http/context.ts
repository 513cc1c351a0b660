// The dependencies of the HTTP side, and the context of a request: ids, start time, origin.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Operation } from '../documents/operation.ts';
import type { Spec } from '../documents/spec.ts';
import type { Violation } from '../domain/errors.ts';
import type { Admission, Authenticator, Clock, Ids, Log, Timer } from '../domain/ports.ts';
import { isGuid } from '../values/guid.ts';
import type { Handlers } from './handler.ts';

export interface RequestContext {
  readonly requestId: string;
  readonly clientRequestId: string;
  /** By the monotonic timer, in milliseconds. */
  readonly startedMs: number;
  readonly isSecure: boolean;
  /** Scheme and authority of the request, or the public origin; composed only for the few responses that contain it. */
  readonly origin: () => string;
}

/** Excludes everything that could end a header or a URL's authority. */
const authority = /^(?:[A-Za-z0-9._-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/;

/** @param head undefined if the request could not be parsed */
export function beginRequest(deps: ResponseDeps, head: Pick<IncomingMessage, 'headers'> | undefined, socket: Duplex): RequestContext {
  const requestId = deps.ids.guid();
  const asked = head?.headers['client-request-id'];
  const isEncrypted = 'encrypted' in socket && socket.encrypted === true;
  // The public origin is what browsers see: a reverse proxy may terminate TLS.
  const isSecure = isEncrypted || deps.publicOrigin?.startsWith('https:') === true;
  return {
    requestId,
    clientRequestId: typeof asked === 'string' && isGuid(asked) ? asked : requestId,
    startedMs: deps.timer.now(),
    isSecure,
    origin: () => deps.publicOrigin ?? originOf(head?.headers.host, isSecure, socket),
  };
}

/** The client's own request id is used only if the operation has a parameter for it (F6). */
export function withClientRequestId({ readsClientRequestId }: Operation, request: RequestContext): RequestContext {
  return readsClientRequestId ? request : { ...request, clientRequestId: request.requestId };
}

/** An invalid Host header is not repeated in responses; the local address of the socket replaces it. */
function originOf(host: string | undefined, isSecure: boolean, socket: Duplex): string {
  const scheme = isSecure ? 'https' : 'http';
  return `${scheme}://${host !== undefined && authority.test(host) && URL.canParse(`${scheme}://${host}`) ? host : localAuthority(socket)}`;
}

function localAuthority(socket: Duplex): string {
  const address =
    'localAddress' in socket && typeof socket.localAddress === 'string' ? socket.localAddress.replace('::ffff:', '') : '127.0.0.1';
  const port = 'localPort' in socket && typeof socket.localPort === 'number' ? `:${socket.localPort}` : '';
  return `${address.includes(':') ? `[${address}]` : address}${port}`;
}

export const keepAliveSecondsOf = ({ keepAliveSeconds = 120 }: Pick<ResponseDeps, 'keepAliveSeconds'>): number => keepAliveSeconds;

/** The dependencies for composing a response. */
export interface ResponseDeps {
  readonly spec: Spec;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly ids: Pick<Ids, 'guid'>;
  readonly log: Log;
  /** The product's version, for `x-ms-ags-diagnostic`. */
  readonly version: string;
  /** Overrides the origin in the URLs of responses. */
  readonly publicOrigin?: string | undefined;
  /** Validates responses against the documents before they are sent. Default false. */
  readonly validateResponses?: boolean | undefined;
  /** How long a connection may be idle, as the header Keep-Alive says. Default 120: longer than common clients keep one. */
  readonly keepAliveSeconds?: number | undefined;
  /** Shutting down: new calls get 503, and connections are closed. */
  readonly draining: () => boolean;
  /** Called for a response that violates the documents, with its name (`postNotification 201`) and the violations. */
  readonly onViolation?: ((where: string, violations: readonly Violation[]) => void) | undefined;
}

export interface HttpDeps extends ResponseDeps {
  readonly handlers: Handlers;
  readonly authenticator: Authenticator;
  readonly admission: Pick<Admission, 'admit'>;
}
