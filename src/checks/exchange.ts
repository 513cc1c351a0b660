// One request and its answer, as they were on the line: what cases judge, checks look at and reports tell.

/** Whose token goes along; `none`: none, and a text in `literal`: that one as it is. */
export type Caller = 'app' | 'otherApp' | 'user' | 'otherUser' | 'none' | { readonly literal: string };

/** A request as a case writes it. */
export interface HttpRequest {
  readonly surface: 'graph' | 'client' | 'control';
  readonly method: string;
  /** From the surface's origin on, e.g. `/beta/me/notifications`; a path prefix of the target is put before it. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly caller: Caller;
  /** Beside the token; null takes one away that would be sent. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as they are, instead of `json`. */
  readonly bytes?: Uint8Array | string;
}

export interface SentRequest {
  readonly method: string;
  readonly url: string;
  /** As sent, the token replaced by a word. */
  readonly headers: Readonly<Record<string, string>>;
  /** Text of the body; undefined: none. Bytes that are no text are told as base64 with `base64:` before them. */
  readonly body: string | undefined;
}

export interface ReceivedAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body when it is JSON. */
  readonly json: unknown;
}

export interface Exchange {
  /** Counts up in a run. */
  readonly number: number;
  readonly request: HttpRequest;
  readonly sent: SentRequest;
  readonly answer: ReceivedAnswer;
  readonly durationMs: number;
}
