// Forwards HTTP requests to the emulator and responses to the client, as changed by the hooks.
import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Hooks, UpstreamCall, Wire } from './hooks.ts';
import { at, headerOf, jsonOf, type WireAnswer, type WireRequest } from './http-message.ts';
import type { Ledger } from './ledger.ts';
import { isControl } from './operations.ts';

export interface Upstream {
  /** Sends the request unchanged. */
  readonly forward: (request: WireRequest) => Promise<WireAnswer>;
  readonly call: (call: UpstreamCall) => Promise<WireAnswer>;
  readonly stop: () => void;
}

export function createUpstream(origin: () => string, ledger: Ledger): Upstream {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });

  function forward(request: WireRequest): Promise<WireAnswer> {
    const { hostname, port } = new URL(origin());
    const { method, path, query, headers, body } = request;
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest({ agent, hostname, port, method, path: `${path}${query}`, headers: [...headers] });
      outgoing.on('response', (incoming) => {
        readAll(incoming).then((whole) => {
          const answer = { status: incoming.statusCode ?? 502, headers: incoming.rawHeaders, body: whole };
          ledger.note(request, answer);
          resolve(answer);
        }, reject);
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  async function call({ method, path, headers = {}, json }: UpstreamCall): Promise<WireAnswer> {
    const [bare = '/', ...query] = path.split('?');
    const body = json === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(json));
    const own = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
    const typed = json === undefined ? [] : ['Content-Type', 'application/json', 'Content-Length', String(body.length)];
    return forward({
      method: method ?? (json === undefined ? 'GET' : 'POST'),
      path: bare,
      query: query.length > 0 ? `?${query.join('?')}` : '',
      headers: ['Host', new URL(origin()).host, ...own, ...typed],
      body,
    });
  }

  return { forward, call, stop: () => agent.destroy() };
}

/** Answers one request of a client. */
export async function carry(incoming: IncomingMessage, outgoing: ServerResponse, { hooks, wire }: { hooks: Hooks; wire: Wire }) {
  const request = requestOf(incoming, await readAll(incoming));
  const answer = isControl(request) ? await control(request, hooks, wire) : await ordinary(request, hooks, wire);
  outgoing.sendDate = false;
  outgoing.writeHead(answer.status, [...answer.headers]);
  outgoing.end(answer.body);
}

async function ordinary(request: WireRequest, hooks: Hooks, wire: Wire): Promise<WireAnswer> {
  const changed = (await hooks.request?.(request, wire)) ?? request;
  const answer = 'status' in changed ? changed : await wire.forward(changed);
  return (await hooks.answer?.(answer, request, wire)) ?? answer;
}

async function control(request: WireRequest, hooks: Hooks, wire: Wire): Promise<WireAnswer> {
  const seconds = Number(at(jsonOf(request), 'seconds') ?? 0);
  const isAdvance = request.path.endsWith('/clock/advance');
  if (!isAdvance || !(hooks.advancing || hooks.advanced)) return wire.forward(request);
  const left = (await hooks.advancing?.(seconds, wire)) ?? seconds;
  const body = Buffer.from(JSON.stringify({ seconds: left }));
  const headers = request.headers.map((each, index) => {
    return index % 2 === 1 && request.headers[index - 1]?.toLowerCase() === 'content-length' ? String(body.length) : each;
  });
  const answer = await wire.forward({ ...request, headers, body });
  await hooks.advanced?.(seconds, wire);
  return answer;
}

export function requestOf(incoming: IncomingMessage, body: Buffer): WireRequest {
  const [path = '/', ...query] = (incoming.url ?? '/').split('?');
  return {
    method: incoming.method ?? 'GET',
    path,
    query: query.length > 0 ? `?${query.join('?')}` : '',
    headers: incoming.rawHeaders,
    body,
  };
}

export async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The token of a handshake, from the header or the query, as an Authorization header. */
export function authorizationOf(request: WireRequest): string {
  const token = new URLSearchParams(request.query.slice(1)).get('access_token');
  return headerOf(request, 'authorization') ?? (token === null ? '' : `Bearer ${token}`);
}
