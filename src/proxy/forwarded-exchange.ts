// One request with its answer, as they went by.
import type { IncomingHttpHeaders } from 'node:http';

export interface ForwardedBody {
  readonly bytes: number;
  /** Undefined: not kept, it was too large. */
  readonly copy: Buffer | undefined;
  /** False: it did not come to its end. */
  readonly isWhole: boolean;
}

export interface ForwardedExchange {
  readonly method: string;
  /** As the app asked the proxy, not decoded, without query. */
  readonly path: string;
  /** Without its question mark. */
  readonly query: string;
  /** Where the target got it, with the query. */
  readonly targetUrl: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: ForwardedBody;
  readonly answer: { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: ForwardedBody };
  readonly durationMs: number;
  /** It asked for the device socket, and was refused. */
  readonly isHandshake: boolean;
}
