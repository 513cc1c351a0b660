// The HTTP side alone: stub handlers over test time, on a free port, with raw exchanges for what no client would send.
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { loadSpec } from '../../src/documents/spec.ts';
import type { Refusal, Violation } from '../../src/domain/errors.ts';
import { Refusal as RefusalError } from '../../src/domain/errors.ts';
import type { Caller } from '../../src/domain/model.ts';
import { createHttpApp, createServer } from '../../src/http/app.ts';
import type { HttpDeps } from '../../src/http/context.ts';
import type { Call, HandlerResult, Handlers, OperationId } from '../../src/http/handler.ts';
import { createSequenceIds } from './ids.ts';
import { createTestClock, createTestTimer } from './time.ts';

export const shippedSpec = await loadSpec();

const exampleId = '3407d93c-77f7-4bc0-8fbf-46221a7bed72';
export const createdBody = {
  '@odata.context': "https://graph.microsoft.com/beta/$metadata#users('gnstest%40contoso.com')/notifications/$entity",
  displayTimeToLive: null,
  expirationDateTime: '2019-08-30T00:25:55.329Z',
  groupName: null,
  id: exampleId,
  priority: 'High',
  payload: {},
};

export interface HttpAppOptions extends Partial<Omit<HttpDeps, 'handlers'>> {
  readonly handlers?: Partial<{ [Id in OperationId]: (call: Call<Id>) => Promise<HandlerResult> }>;
}

export interface HttpApp {
  readonly server: Server;
  readonly url: string;
  readonly port: number;
  readonly calls: { readonly operationId: string; readonly call: Call }[];
  readonly violations: { readonly where: string; readonly faults: readonly Violation[] }[];
  readonly errors: string[];
  readonly stop: () => Promise<void>;
}

const callers: Readonly<Record<string, Caller>> = {
  'dev.app.server': { kind: 'app', clientId: 'server' },
  'dev.user.adele': {
    kind: 'user',
    userId: 'adele',
    upn: 'adele@contoso.com',
    clientId: undefined,
    scopes: new Set(['Notifications.ReadWrite.CreatedByApp']),
  },
  'dev.user.noscope': { kind: 'user', userId: 'noscope', upn: 'noscope@contoso.com', clientId: undefined, scopes: new Set() },
};

async function authenticate(token: string | undefined): Promise<Caller | Refusal> {
  if (token === undefined) return new RefusalError('TokenMissing', 'Access token is missing.');
  return callers[token] ?? new RefusalError('TokenInvalid', 'The token is not valid.');
}

/** Every operation answers 204 or what the options say; the Graph one 201. */
export async function startHttpApp(options: HttpAppOptions = {}): Promise<HttpApp> {
  const calls: HttpApp['calls'] = [];
  const violations: HttpApp['violations'] = [];
  const errors: string[] = [];
  const stub = (operationId: string) => async (call: Call) => {
    calls.push({ operationId, call });
    const own = (options.handlers as Record<string, ((call: Call) => Promise<HandlerResult>) | undefined> | undefined)?.[operationId];
    if (own) return own(call);
    if (operationId !== 'postNotification') return { status: 204 };
    return { status: 201, headers: { Location: `${call.origin()}/beta/me/activities/${exampleId}` }, body: createdBody };
  };
  const handlers = Object.fromEntries(shippedSpec.operations.map(({ operationId }) => [operationId, stub(operationId)]));
  const app = createHttpApp({
    spec: shippedSpec,
    authenticator: { authenticate },
    admission: { admit: async () => undefined },
    clock: createTestClock(),
    timer: createTestTimer(),
    ids: createSequenceIds(),
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: (message) => errors.push(message) },
    version: '0.0.0',
    validateResponses: true,
    draining: () => false,
    onViolation: (where, faults) => violations.push({ where, faults }),
    ...options,
    handlers: handlers as unknown as Handlers,
  });
  const server = createServer(app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    if (server.listening) await once(server, 'close');
  };
  return { server, url: `http://127.0.0.1:${port}`, port, calls, violations, errors, stop };
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  readonly text: string;
}

/** Sends these bytes and reads until the server ends the connection. */
export async function exchangeRaw(port: number, ...parts: readonly (string | Buffer)[]): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => {});
  for (const part of parts) socket.write(part);
  await new Promise((resolve) => socket.once('close', resolve));
  return parseAnswer(Buffer.concat(chunks).toString('utf8'));
}

export function parseAnswer(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]));
  return { status: Number(first.split(' ')[1]), headers, body: rest.join('\r\n\r\n'), text };
}
