// The pipeline of every request, from the request line to the response.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import express from 'express';
import type { Operation } from '../documents/operation.ts';
import { validateParameters } from '../documents/parameters.ts';
import { Refusal } from '../domain/errors.ts';
import { SignInRefusal } from '../identity/errors.ts';
import { requestTarget } from '../net/request-target.ts';
import { admitCaller, basicCredentials } from './callers.ts';
import { beginRequest, type HttpDeps, keepAliveSecondsOf, type RequestContext, withClientRequestId } from './context.ts';
import { createDispatch, type Dispatch } from './dispatch.ts';
import { errorResult } from './errors.ts';
import type { HandlerResult } from './handler.ts';
import { rawParameters, refuseViolations, sentNames } from './parameters.ts';
import { isPreflight, preflightResponse } from './preflight.ts';
import { ClientGone, takeBody } from './request-body.ts';
import { createRequestNotes, type RequestNotes } from './request-log.ts';
import type { RequestSource } from './request-source.ts';
import { refuseUncomputedHeaders } from './required-headers.ts';
import { commonHeaders, type HttpResponse, validatedResponse } from './response.ts';
import type { HttpApp } from './server.ts';
import { refusalForUnmatched } from './unmatched.ts';
import { writeResponse } from './write.ts';

interface Exchange {
  readonly req: RequestSource;
  readonly socket: Duplex;
  request: RequestContext;
  /** Set once the request is matched. */
  operation: Operation | undefined;
  /** The operations of the path, if none has the method. */
  neighbours: readonly Operation[] | undefined;
  /** Undefined if requests are not logged. */
  readonly notes: RequestNotes | undefined;
}

export { createServer } from './server.ts';

/** @throws Error that names an operation of the shipped documents without a handler; DocumentError that names a header without a value */
export function createHttpApp(deps: HttpDeps): HttpApp {
  const dispatch = createDispatch(deps.spec.operations, deps.handlers);
  refuseUncomputedHeaders(deps.spec, (operationId) => Object.hasOwn(deps.handlers, operationId));
  const app = express();
  for (const setting of ['x-powered-by', 'etag', 'query parser']) app.disable(setting);
  app.use((req: IncomingMessage, res: ServerResponse) => serve(deps, dispatch, req, res));
  return Object.assign(app, { responseDeps: deps });
}

async function serve(deps: HttpDeps, dispatch: Dispatch, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const exchange = beginExchange(deps, req, req.socket);
  const { notes } = exchange;
  try {
    if (isPreflight(req)) {
      const response = preflightResponse(deps.spec, req, requestTarget(req.url).path, commonHeaders(deps, exchange.request));
      // Only in the detailed log, because the request that follows is logged anyway.
      if (deps.log.events?.isDetailed) notes?.write({ ...exchange, response });
      return writeResponse(req, res, response, { isLast: deps.draining(), keepAliveSeconds: keepAliveSecondsOf(deps) });
    }
    const response = await respond(deps, exchange, () => handle(deps, dispatch, exchange));
    if (response) writeResponse(req, res, response, { isLast: deps.draining(), keepAliveSeconds: keepAliveSecondsOf(deps) });
    else req.socket.destroy();
  } catch (error) {
    if (error instanceof ClientGone) notes?.write({ ...exchange, response: undefined, reason: 'the client went away' });
    else deps.log.error(`${requestName(req)} could not be answered`, error);
    req.socket.destroy();
  }
}

function beginExchange(deps: HttpDeps, req: RequestSource, socket: Duplex): Exchange {
  const notes = deps.log.events && createRequestNotes(deps.log.events, deps.timer, req);
  return { req, socket, request: beginRequest(deps, req, socket), operation: undefined, neighbours: undefined, notes };
}

/** The response of a request, whether it came alone or in a batch. */
async function respond(deps: HttpDeps, exchange: Exchange, run: () => Promise<HandlerResult>): Promise<HttpResponse | undefined> {
  const result = await run().catch((error: unknown) => resultForError(deps, exchange, error));
  const response = validatedResponse(deps, exchange, result);
  exchange.notes?.write({ ...exchange, response, ...(response ? {} : { reason: 'every response would violate the documents' }) });
  return response;
}

/** A request of a batch. */
async function serveInBatch(deps: HttpDeps, dispatch: Dispatch, outer: Exchange, given: BatchedSource): Promise<HttpResponse> {
  const exchange = beginExchange(deps, given.source, outer.socket);
  const response = await respond(deps, exchange, async () => {
    if (given.refusal) throw given.refusal;
    return handle(deps, dispatch, exchange, outer.operation);
  });
  if (response) return response;
  throw new Error(`${requestName(given.source)} has no response that the documents allow`);
}

interface BatchedSource {
  readonly source: RequestSource;
  readonly refusal: Refusal | undefined;
}

/** @param batch the operation of the batch that the request is part of */
async function handle(deps: HttpDeps, dispatch: Dispatch, exchange: Exchange, batch?: Operation): Promise<HandlerResult> {
  const { req, request, notes } = exchange;
  const { path, query } = requestTarget(req.url);
  const method = req.method ?? 'GET';
  const match = deps.spec.match(method, path);
  if (!match || 'allow' in match) {
    exchange.neighbours = match?.operations;
    throw refusalForUnmatched(deps.spec, { method, path, allow: match?.allow });
  }
  const { operation, pathParameters } = match;
  exchange.operation = operation;
  exchange.request = withClientRequestId(operation, request);
  if (operation === batch) throw new Refusal('InvalidParameter', 'A batch cannot be part of a batch.');
  const authorization = basicCredentials(operation, req.headers);
  const caller = await admitCaller(deps, operation, req.headers, authorization, notes?.caller);
  const raw = rawParameters(req, operation, pathParameters, query);
  const { values, violations } = validateParameters(operation.parameters, raw, deps.clock.now(), sentNames(req, query));
  refuseViolations(violations);
  const body = await takeBody(req, operation.body, () => deps.clock.now(), notes?.body);
  const { origin, isSecure, requestId } = exchange.request;
  return dispatch(operation, {
    body,
    parameters: values,
    caller,
    origin,
    isSecure,
    requestId,
    authorization,
    inBatch: { headers: req.headers, serve: (source, refusal) => serveInBatch(deps, dispatch, exchange, { source, refusal }) },
    concerns: notes?.subject,
  });
}

/** Turns an error into the error response of its surface; an unexpected one is logged, without details in the response. */
function resultForError(deps: HttpDeps, exchange: Exchange, error: unknown): HandlerResult {
  const { req, request, notes } = exchange;
  if (error instanceof ClientGone) throw error;
  notes?.error(error);
  if (error instanceof Refusal || error instanceof SignInRefusal) return errorResult(error, exchange, deps.clock.now());
  deps.log.error(`${requestName(req)} failed (request-id ${request.requestId})`, error);
  return errorResult(new Refusal('Internal', 'The service failed.'), exchange, deps.clock.now());
}

/** Without the query, which may hold a token. */
function requestName({ method, url }: RequestSource): string {
  return `${method} ${requestTarget(url).path}`;
}
