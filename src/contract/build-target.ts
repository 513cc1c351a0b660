// Makes a target of the options: origins, credentials, adapter, and whether its clock can be moved.
import type { AdapterDevice, SuiteUser } from './adapter.ts';
import type { ContractOptions } from './options.ts';
import { createProtocolAdapter } from './protocol-adapter.ts';
import type { Target, TokenSource } from './target.ts';

export interface BuildTargetParts {
  readonly options: ContractOptions;
  /** Before every name that is made up: users of a run are its own. */
  readonly prefix: string;
  readonly webSocket: NonNullable<ContractOptions['webSocket']>;
  /** Socket messages as they came, for the checks. */
  readonly onMessage: (device: AdapterDevice, message: unknown) => void;
  readonly signal: AbortSignal;
}

export interface BuiltTarget {
  readonly target: Target;
  readonly hasSocket: boolean;
  /** What the target's clock said when it was asked first; undefined: it did not say. */
  readonly date: string | undefined;
}

/** @throws TypeError for what is no URL, Error when the target cannot be reached at all */
export async function buildTarget({ options, prefix, webSocket, onMessage, signal }: BuildTargetParts): Promise<BuiltTarget> {
  const base = baseOf(options.url);
  const clientUrl = baseOf(options.clientUrl ?? options.url);
  const profile = options.profile ?? 'full';
  const request = options.fetch ?? fetch;
  const credentials = {
    app: options.appToken ?? `dev.app.${prefix}-server`,
    otherApp: options.otherAppToken ?? (options.appToken === undefined ? `dev.app.${prefix}-other` : undefined),
    user: options.userToken ?? `dev.user.${prefix}-adele`,
    otherUser: options.otherUserToken ?? (options.userToken === undefined ? `dev.user.${prefix}-bert` : undefined),
  };
  const token = async (user: SuiteUser): Promise<string> => {
    const source: TokenSource | undefined = credentials[user];
    if (source === undefined) throw new Error(`The target has no credentials for ${user}.`);
    return typeof source === 'string' ? source : await source();
  };
  const socketUrl = options.socketUrl === undefined ? undefined : baseOf(options.socketUrl);
  const hasDevices = profile === 'devices' || profile === 'full';
  const { hasControl, date } = await ask(request, base, signal);
  const own = { clientUrl, socketUrl: socketUrl ?? clientUrl, token, fetch: request };
  const devices = options.adapter
    ? await options.adapter(own)
    : hasDevices
      ? createProtocolAdapter({ clientUrl, socketUrl, token, fetch: request, webSocket, onMessage })
      : undefined;
  const { otherApp, otherUser, ...needed } = credentials;
  const target: Target = {
    graphUrl: baseOf(options.graphUrl ?? options.url),
    clientUrl,
    socketUrl: socketUrl ?? clientUrl,
    controlUrl: hasControl ? base : undefined,
    profile,
    credentials: { ...needed, ...(otherApp === undefined ? {} : { otherApp }), ...(otherUser === undefined ? {} : { otherUser }) },
    headers: lowerCased(options.headers ?? {}),
    unsid: options.unsid,
    application: options.application,
    fetch: request,
    devices,
  };
  return { target, hasSocket: hasDevices && options.adapter === undefined, date };
}

function baseOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) throw new TypeError(`${url} is not an http or https URL.`);
  return `${parsed.origin}${parsed.pathname.replace(/\/+$/, '')}`;
}

function lowerCased(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Only this project's emulator has the control surface; whatever else answers there has not, but tells its time. */
async function ask(request: typeof fetch, base: string, signal: AbortSignal): Promise<{ hasControl: boolean; date: string | undefined }> {
  const answer = await request(`${base}/_emulator/v1/health`, { redirect: 'manual', signal });
  const date = answer.headers.get('date') ?? undefined;
  const body: unknown = await answer.json().catch(() => undefined);
  const isReady = typeof body === 'object' && body !== null && Reflect.get(body, 'status') === 'ready';
  return { hasControl: answer.status === 200 && isReady, date };
}
