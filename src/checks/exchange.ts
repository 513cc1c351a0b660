// One request and its response as transmitted: what cases and checks validate and reports show.

/** Whose token is sent; `none`: no token; `literal`: this text in place of a token. */
export type Caller = 'app' | 'otherApp' | 'user' | 'otherUser' | 'none' | { readonly literal: string };

/** A request as a case writes it. */
export interface HttpRequest {
  readonly surface: 'graph' | 'client' | 'control';
  readonly method: string;
  /** Relative to the surface's origin, e.g. `/beta/me/notifications`; the target's path prefix is prepended. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly caller: Caller;
  /** Additional headers; null removes a header that would be sent by default. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent unchanged, in place of `json`. */
  readonly bytes?: Uint8Array | string;
}

export interface SentRequest {
  readonly method: string;
  readonly url: string;
  /** As sent, with the token replaced by a placeholder. */
  readonly headers: Readonly<Record<string, string>>;
  /** Text of the body; undefined if there is none. A body that is not text is base64 with the prefix `base64:`. */
  readonly body: string | undefined;
}

export interface ReceivedAnswer {
  readonly status: number;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The parsed body; undefined if it is not JSON. */
  readonly json: unknown;
}

export interface Exchange {
  /** Position in the run, ascending. */
  readonly number: number;
  readonly request: HttpRequest;
  readonly sent: SentRequest;
  readonly answer: ReceivedAnswer;
  readonly durationMs: number;
}
