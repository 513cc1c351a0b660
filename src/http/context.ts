// What the HTTP side needs from outside, and what every answer says of its request: ids, start, origin.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Operation } from '../documents/operation.ts';
import type { Spec } from '../documents/spec.ts';
import type { Violation } from '../domain/errors.ts';
import type { Admission, Authenticator, Clock, Ids, Log, Timer } from '../domain/ports.ts';
import type { Handlers } from './handler.ts';

export interface RequestContext {
  readonly requestId: string;
  readonly clientRequestId: string;
  /** By the monotonic timer, in milliseconds. */
  readonly startedMs: number;
  readonly isSecure: boolean;
  /** Scheme and authority that the request came to, or the public origin. */
  readonly origin: string;
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Nothing that could end a header or a URL's authority. */
const authority = /^(?:[A-Za-z0-9._-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/;

/** @param head undefined when the request could not be read */
export function beginRequest(deps: ResponseDeps, head: Pick<IncomingMessage, 'headers'> | undefined, socket: Duplex): RequestContext {
  const requestId = deps.ids.guid();
  const asked = head?.headers['client-request-id'];
  const isEncrypted = 'encrypted' in socket && socket.encrypted === true;
  // A public origin says what browsers see: something in front of the emulator speaks TLS with them.
  const isSecure = isEncrypted || deps.publicOrigin?.startsWith('https:') === true;
  return {
    requestId,
    clientRequestId: typeof asked === 'string' && guid.test(asked) ? asked : requestId,
    startedMs: deps.timer.now(),
    isSecure,
    origin: deps.publicOrigin ?? originOf(head?.headers.host, isSecure, socket),
  };
}

/** An operation hears the client's own request id only where its document has a parameter for it (F6). */
export function withClientRequestId({ parameters }: Operation, request: RequestContext): RequestContext {
  const isHeard = parameters.some(({ in: location, name }) => location === 'header' && name.toLowerCase() === 'client-request-id');
  return isHeard ? request : { ...request, clientRequestId: request.requestId };
}

/** A host that is none of HTTP's is not repeated in answers: the address the request came to stands in for it. */
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

/** All it takes to answer. */
export interface ResponseDeps {
  readonly spec: Spec;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly ids: Pick<Ids, 'guid'>;
  readonly log: Log;
  /** The product's version, told in `x-ms-ags-diagnostic`. */
  readonly version: string;
  /** Overrides the origin that requests came to, in URLs of answers. */
  readonly publicOrigin?: string | undefined;
  /** Answers are judged against the documents before they are sent. Default false. */
  readonly validateResponses?: boolean | undefined;
  /** Shutting down: new calls get 503, and connections are closed. */
  readonly draining: () => boolean;
  /** Told of an answer that would have broken the documents: `postNotification 201`, and why. */
  readonly onViolation?: ((where: string, violations: readonly Violation[]) => void) | undefined;
}

export interface HttpDeps extends ResponseDeps {
  readonly handlers: Handlers;
  readonly authenticator: Authenticator;
  readonly admission: Pick<Admission, 'admit'>;
}
