// Builds a target from the options: origins, credentials, adapter, and whether its clock can be advanced.
import { discardBody, readText } from '../../client/body.ts';
import { connectionError } from '../../client/connection-error.ts';
import type { WebSocketFactory } from '../../client/device-socket.ts';
import { nodeWebSocket } from '../../client/node/node-web-socket.ts';
import { trustedTransport } from '../../client/node/trusted-transport.ts';
import { startTimeout } from '../../client/timeout.ts';
import { jsonIn, memberOf } from '../../values/json.ts';
import type { ContractOptions } from '../options.ts';
import type { SuiteUser } from './adapter.ts';
import { createProtocolAdapter, socketPath, type WatchConnection } from './protocol-adapter.ts';
import type { ConnectionLimits } from './protocol-connection.ts';
import { fetchWithRetryAfter, type RequestPacing, retryAfterRefusal } from './rate-limit.ts';
import type { OpenRawSocket } from './raw-socket.ts';
import { createSocketOpener } from './socket-opener.ts';
import type { Target, TokenSource } from './target.ts';

export interface BuildTargetParts {
  readonly options: ContractOptions;
  /** Prefix of all generated names, so that each run has its own users. */
  readonly prefix: string;
  /** Receives all raw socket messages. */
  readonly watch: WatchConnection;
  /** Devices share the rate limit of cases. */
  readonly pacing: RequestPacing;
  readonly limits: ConnectionLimits;
  readonly connection: Connection;
  /** Aborted when the run is to end, or has ended. */
  readonly signal: AbortSignal;
}

/** How requests and handshakes reach the target. */
export interface Connection {
  readonly fetch: typeof fetch;
  readonly webSocket: WebSocketFactory;
}

export function connectionOf({ trust, ...options }: ContractOptions): Connection {
  const own = trust ? trustedTransport(trust) : { fetch, webSocket: nodeWebSocket };
  return { fetch: options.fetch ?? own.fetch, webSocket: options.webSocket ?? own.webSocket };
}

export interface BuiltTarget {
  readonly target: Target;
  /** Undefined if the devices use another protocol, or there are none. */
  readonly openSocket: OpenRawSocket | undefined;
  /** The `Date` header of the target's first response; undefined if it had none. */
  readonly date: string | undefined;
}

/** @throws TypeError for an invalid URL, or a UNSID without its application, ConnectionError if the target cannot be reached */
export async function buildTarget({ options, prefix, watch, pacing, limits, connection, signal }: BuildTargetParts): Promise<BuiltTarget> {
  if (options.unsid !== undefined && options.application === undefined)
    throw new TypeError('The option unsid needs the option application: that to which the UNSID belongs.');
  const base = baseOf(options.url);
  const clientUrl = baseOf(options.clientUrl ?? options.url);
  const profile = options.profile ?? 'full';
  const { trust } = options;
  const { fetch: request, webSocket } = connection;
  const { timeoutMs } = limits;
  const credentials = {
    app: options.appToken ?? `dev.app.${prefix}-server`,
    otherApp: options.otherAppToken ?? (options.appToken === undefined ? `dev.app.${prefix}-other` : undefined),
    user: options.userToken ?? `dev.user.${prefix}-adele`,
    otherUser: options.otherUserToken ?? (options.userToken === undefined ? `dev.user.${prefix}-bert` : undefined),
  };
  const token = async (caller: SuiteUser | 'app'): Promise<string> => {
    const source: TokenSource | undefined = credentials[caller];
    if (source === undefined) throw new Error(`There is no token for ${caller}.`);
    return typeof source === 'string' ? source : await source();
  };
  const socketUrl = options.socketUrl === undefined ? undefined : baseOf(options.socketUrl);
  const hasDevices = profile === 'devices' || profile === 'full';
  const { hasControl, date } = await probeControl(request, base, { signal, timeoutMs });
  const headers = lowerCased(options.headers ?? {});
  const devicesFetch = withHeaders(fetchWithRetryAfter(request, pacing, signal), headers);
  const own = { clientUrl, socketUrl: socketUrl ?? clientUrl, token, fetch: devicesFetch };
  const builtIn =
    hasDevices && !options.adapter
      ? createProtocolAdapter({
          clientUrl,
          socketUrl,
          token,
          fetch: devicesFetch,
          webSocket: withHandshakeHeaders(webSocket, headers),
          limits,
          watch,
          retry: (connect) => retryAfterRefusal(`GET ${socketPath}`, connect, pacing, signal),
        })
      : undefined;
  const devices = options.adapter ? await options.adapter(own) : builtIn;
  const openSocket =
    builtIn && createSocketOpener({ socketUrlOf: builtIn.socketUrlOf, token, headers, trust, watch, pacing, limits, signal });
  const { otherApp, otherUser, ...needed } = credentials;
  const target: Target = {
    graphUrl: baseOf(options.graphUrl ?? options.url),
    clientUrl,
    socketUrl: socketUrl ?? clientUrl,
    controlUrl: hasControl ? base : undefined,
    profile,
    credentials: { ...needed, ...(otherApp === undefined ? {} : { otherApp }), ...(otherUser === undefined ? {} : { otherUser }) },
    headers,
    unsid: options.unsid,
    // With the client surface, cases post to UNSIDs that they subscribe themselves.
    isUserOfUnsid: options.unsid === undefined || options.userToken !== undefined || profile === 'client' || profile === 'full',
    application: options.application,
    fetch: request,
    devices,
  };
  return { target, openSocket, date };
}

/** `--header` applies to every request, including those of devices. */
function withHeaders(request: typeof fetch, headers: Readonly<Record<string, string>>): typeof fetch {
  return (input, init) => {
    const all = new Headers(headers);
    new Headers(init?.headers).forEach((value, name) => {
      all.set(name, value);
    });
    return request(input, { ...init, headers: all });
  };
}

function withHandshakeHeaders(webSocket: WebSocketFactory, headers: Readonly<Record<string, string>>): WebSocketFactory {
  return {
    tokenIn: webSocket.tokenIn,
    open: (request, handlers) => webSocket.open({ ...request, headers: { ...headers, ...request.headers } }, handlers),
  };
}

function baseOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) throw new TypeError(`${url} is not an http or https URL.`);
  return `${parsed.origin}${parsed.pathname.replace(/\/+$/, '')}`;
}

function lowerCased(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

const maxHealthBytes = 65_536;

interface ProbeLimits {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** The `Date` header of the target; undefined if it has none. */
export async function dateOf(request: typeof fetch, controlUrl: string, { signal, timeoutMs }: ProbeLimits): Promise<string | undefined> {
  const timeout = startTimeout(timeoutMs);
  const ending = AbortSignal.any([signal, timeout.signal]);
  const answer = await request(`${controlUrl}/_emulator/v1/health`, { signal: ending }).catch(() => undefined);
  timeout.stop();
  if (answer) discardBody(answer);
  return answer?.headers.get('date') ?? undefined;
}

/** Only this project's emulator has the control surface; any other response still has a date. */
async function probeControl(
  request: typeof fetch,
  base: string,
  { signal, timeoutMs }: ProbeLimits,
): Promise<{ hasControl: boolean; date: string | undefined }> {
  const timeout = startTimeout(timeoutMs);
  const ending = AbortSignal.any([signal, timeout.signal]);
  const failed = (error: unknown): never => {
    signal.throwIfAborted();
    throw connectionError(base, error);
  };
  try {
    const answer = await request(`${base}/_emulator/v1/health`, { redirect: 'manual', signal: ending }).catch(failed);
    const date = answer.headers.get('date') ?? undefined;
    // Only the body of another service can be too large, or break off.
    const body = jsonIn(await readText(answer, maxHealthBytes).catch(() => (ending.aborted ? failed(ending.reason) : '')));
    return { hasControl: answer.status === 200 && memberOf(body, 'status') === 'ready', date };
  } finally {
    timeout.stop();
  }
}
