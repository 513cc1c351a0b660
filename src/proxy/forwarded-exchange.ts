// A forwarded request and its response.
import type { IncomingHttpHeaders } from 'node:http';

export interface ForwardedBody {
  readonly bytes: number;
  /** Undefined if it was too large to copy. */
  readonly copy: Buffer | undefined;
  /** False if the body was incomplete. */
  readonly isWhole: boolean;
}

export interface ForwardedExchange {
  readonly method: string;
  /** As in the app's request, not decoded, without query. */
  readonly path: string;
  /** Without the leading `?`. */
  readonly query: string;
  /** The URL at the target, with query. */
  readonly targetUrl: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: ForwardedBody;
  readonly answer: { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: ForwardedBody };
  readonly durationMs: number;
  /** A handshake for the device socket that was refused. */
  readonly isHandshake: boolean;
}
