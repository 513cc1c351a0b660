// Passes an answer on while it comes; only that of a subscription is held, for its socketUrl.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type BodyTap, createBodyTap } from './body-tap.ts';
import { bodyText } from './body-text.ts';
import type { ProxyContext } from './context.ts';
import { endToEndHeaders, pairsOf, setHeaders } from './headers.ts';
import { withOwnSocketUrls } from './socket-url.ts';

export interface PendingResponse {
  readonly answer: IncomingMessage;
  readonly res: ServerResponse;
  readonly method: string;
  /** Of the app's request, without its query. */
  readonly path: string;
  /** Keeps a copy of it. */
  readonly tap: BodyTap;
  /** The Host that the app asked. */
  readonly host: string | undefined;
}

const subscriptionOperations = new Set(['createSubscription', 'listSubscriptions', 'getSubscription']);

export function forwardResponse(parts: ProxyContext, way: PendingResponse): void {
  const { answer, res, tap } = way;
  answer.on('data', (chunk: Buffer) => tap.take(chunk));
  if (containsSocketUrls(parts, way)) {
    bufferResponse(parts, way);
    return;
  }
  begin(way, []);
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

/** One that is too large to be held goes on as it is. */
function bufferResponse(parts: ProxyContext, way: PendingResponse): void {
  const { answer, res, host } = way;
  let isHeld = true;
  const held = createBodyTap({
    room: parts.room,
    maxBytes: parts.maxBytes,
    onDiscarded: (soFar) => {
      isHeld = false;
      begin(way, []);
      for (const chunk of soFar) res.write(chunk);
      stream(answer, res);
    },
  });
  answer.on('close', () => isHeld && !answer.complete && held.free());
  answer.on('data', (chunk: Buffer) => held.take(chunk));
  answer.on('end', () => {
    if (!isHeld) return;
    const copy = held.copy() ?? Buffer.alloc(0);
    const { 'content-encoding': coding } = answer.headers;
    bodyText({ copy, bytes: copy.length, coding, maxBytes: parts.maxBytes })
      .then((body) => {
        const text = body.kind === 'text' ? body.text : '';
        parts.devices.learn(jsonOf(text));
        const own = parts.ownSocketUrl?.(host);
        const led = own === undefined ? text : withOwnSocketUrls(text, own);
        const isChanged = led !== text;
        begin(way, isChanged ? ['content-length', 'content-encoding', 'etag'] : []);
        res.end(isChanged ? led : copy);
      })
      .catch(() => res.destroy())
      .finally(() => held.free());
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
