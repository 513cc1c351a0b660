// Forwards a request to the target and its response to the app, and has the complete exchange validated.
import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { failureReason } from '../client/connection-error.ts';
import { localTarget, requestTarget } from '../net/request-target.ts';
import { type BodyTap, createBodyTap } from './body-tap.ts';
import type { ProxyContext } from './context.ts';
import { errorResponse } from './error-response.ts';
import { forwardResponse } from './forward-response.ts';
import { endToEndHeaders, pairsOf, setHeaders } from './headers.ts';

interface PendingRequest {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly method: string;
  /** Path with query. */
  readonly local: string;
  readonly hasBody: boolean;
  readonly tap: BodyTap;
  readonly began: number;
}

/** May be retried if the connection breaks, since they change nothing. */
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

export function forwardRequest(parts: ProxyContext, req: IncomingMessage, res: ServerResponse): void {
  parts.count.requests += 1;
  const { headers, method = 'GET' } = req;
  const hasBody = headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
  const tap = createBodyTap(parts);
  req.on('error', () => undefined);
  res.on('error', () => undefined);
  req.on('data', (chunk: Buffer) => tap.take(chunk));
  const pending = { req, res, method, local: localTarget(req.url), hasBody, tap, began: parts.elapsed() };
  attempt(parts, pending, !hasBody && safeMethods.has(method));
}

function attempt(parts: ProxyContext, pending: PendingRequest, isReusing: boolean): void {
  const { req, res, method, local } = pending;
  const upstream = parts.upstream.open({ method, path: local, isReusing });
  let answered = false;
  res.once('close', () => {
    if (!res.writableFinished) upstream.destroy();
  });
  upstream.on('response', (answer) => {
    answered = true;
    receiveResponse(parts, pending, answer);
  });
  upstream.on('continue', () => res.writeContinue());
  upstream.on('error', (error) => {
    // After an early response the target does not read the rest of the body.
    req.unpipe(upstream);
    if (!answered) pending.tap.free();
    if (answered || res.destroyed) req.resume();
    else if (isReusing && upstream.reusedSocket) attempt(parts, pending, false);
    else refuse(parts, pending, error);
  });
  sendHeadersAndBody(pending, upstream);
}

function sendHeadersAndBody({ req, hasBody }: PendingRequest, upstream: ClientRequest): void {
  setHeaders(upstream, endToEndHeaders(req.rawHeaders, ['host']));
  const { headers } = req;
  if (headers['transfer-encoding'] !== undefined) upstream.setHeader('Transfer-Encoding', 'chunked');
  else if (headers['content-length'] === undefined) {
    // Without a body in the request, the forwarded one must not announce one either.
    upstream.removeHeader('transfer-encoding');
    upstream.removeHeader('content-length');
  }
  if (!hasBody) {
    upstream.end();
    return;
  }
  upstream.flushHeaders();
  req.on('end', () => {
    if (req.rawTrailers.length > 0) upstream.addTrailers(pairsOf(req.rawTrailers).map(([name, value]): [string, string] => [name, value]));
  });
  req.pipe(upstream);
}

function receiveResponse(parts: ProxyContext, pending: PendingRequest, answer: IncomingMessage): void {
  const { req, res, method, local, began, tap: requestTap } = pending;
  const { path, query } = requestTarget(local);
  const tap = createBodyTap(parts);
  let isValidating = false;
  const free = () => {
    requestTap.free();
    tap.free();
  };
  answer.on('error', () => undefined);
  answer.on('close', () => {
    if (!answer.complete && !res.destroyed) {
      parts.failed({ how: 'cut', request: `${method} ${path}`, reason: 'the target closed the connection before the end of its response' });
      res.destroy();
    }
    if (!isValidating) free();
  });
  answer.on('end', () => {
    if (!answer.complete) return;
    isValidating = true;
    const validated = parts.validate({
      method,
      path,
      query,
      targetUrl: `${parts.upstream.url}${local}`,
      headers: req.headers,
      body: { bytes: requestTap.bytes, copy: requestTap.copy(), isWhole: req.complete },
      answer: {
        status: answer.statusCode ?? 0,
        headers: answer.headers,
        body: { bytes: tap.bytes, copy: tap.copy(), isWhole: true },
      },
      durationMs: parts.elapsed() - began,
      isHandshake: false,
    });
    validated.finally(free);
  });
  forwardResponse(parts, { answer, res, method, path, tap, host: req.headers.host });
}

function refuse(parts: ProxyContext, { req, res, method, local }: PendingRequest, error: Error): void {
  const reason = failureReason(error);
  parts.failed({ how: 'unreachable', request: `${method} ${requestTarget(local).path}`, reason });
  const { headers, body } = errorResponse({
    status: 502,
    code: 'BadGateway',
    message: `The target did not respond to the proxy: ${reason}.`,
  });
  res.sendDate = false;
  res.writeHead(502, [...headers]);
  res.end(body);
  req.resume();
}
