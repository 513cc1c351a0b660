// Forwards a response as a stream; only responses with subscriptions are buffered, to rewrite their socketUrl.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { jsonIn } from '../values/json.ts';
import { type BodyTap, createBodyTap } from './body-tap.ts';
import { bodyText } from './body-text.ts';
import type { ProxyContext } from './context.ts';
import { endToEndHeaders, pairsOf, setHeaders } from './headers.ts';
import { withOwnSocketUrls } from './socket-url.ts';

export interface PendingResponse {
  readonly answer: IncomingMessage;
  readonly res: ServerResponse;
  readonly method: string;
  /** The path of the app's request, without query. */
  readonly path: string;
  /** Copies the response body. */
  readonly tap: BodyTap;
  /** The Host header of the app's request. */
  readonly host: string | undefined;
}

const subscriptionOperations = new Set(['createSubscription', 'listSubscriptions', 'getSubscription']);

export function forwardResponse(parts: ProxyContext, pending: PendingResponse): void {
  const { answer, res, tap } = pending;
  answer.on('data', (chunk: Buffer) => tap.take(chunk));
  if (containsSocketUrls(parts, pending)) {
    bufferResponse(parts, pending);
    return;
  }
  begin(pending, []);
  stream(answer, res);
}

function containsSocketUrls({ spec }: ProxyContext, { method, path, answer: { statusCode = 0 } }: PendingResponse): boolean {
  const match = spec.match(method, path);
  return match !== undefined && 'operation' in match && subscriptionOperations.has(match.operation.operationId) && statusCode < 300;
}

function begin({ answer, res }: PendingResponse, without: readonly string[]): void {
  res.sendDate = false;
  res.statusCode = answer.statusCode ?? 502;
  res.statusMessage = answer.statusMessage ?? '';
  setHeaders(res, endToEndHeaders(answer.rawHeaders, without));
  res.flushHeaders();
}

function stream(answer: IncomingMessage, res: ServerResponse): void {
  answer.on('end', () => {
    if (answer.rawTrailers.length > 0) res.addTrailers(pairsOf(answer.rawTrailers).map(([name, value]): [string, string] => [name, value]));
  });
  answer.pipe(res);
}

/** Rewrites the buffered response; one that is too large to buffer is streamed unchanged. */
function bufferResponse(parts: ProxyContext, pending: PendingResponse): void {
  const { answer, res, host } = pending;
  let isBuffering = true;
  const buffer = createBodyTap({
    room: parts.room,
    maxBytes: parts.maxBytes,
    onDiscarded: (soFar) => {
      isBuffering = false;
      begin(pending, []);
      for (const chunk of soFar) res.write(chunk);
      stream(answer, res);
    },
  });
  answer.on('close', () => isBuffering && !answer.complete && buffer.free());
  answer.on('data', (chunk: Buffer) => buffer.take(chunk));
  answer.on('end', () => {
    if (!isBuffering) return;
    const copy = buffer.copy() ?? Buffer.alloc(0);
    const { 'content-encoding': coding } = answer.headers;
    bodyText({ copy, bytes: copy.length, coding, maxBytes: parts.maxBytes })
      .then((body) => {
        const text = body.kind === 'text' ? body.text : '';
        parts.devices.learn(jsonIn(text));
        const own = parts.ownSocketUrl?.(host);
        const rewritten = own === undefined ? text : withOwnSocketUrls(text, own);
        const isChanged = rewritten !== text;
        begin(pending, isChanged ? ['content-length', 'content-encoding', 'etag'] : []);
        res.end(isChanged ? rewritten : copy);
      })
      .catch(() => res.destroy())
      .finally(() => buffer.free());
  });
}
