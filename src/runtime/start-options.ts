// Validates the start options of an emulator, for the command line and the API.

/** The emulator could not be started; the message is one line. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

export interface StartOptions {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly heartbeatSeconds?: number | undefined;
  readonly keepAliveSeconds?: number | undefined;
  readonly publicOrigin?: string | undefined;
}

export const isPort = (port: number): boolean => Number.isInteger(port) && port >= 0 && port <= 65_535;

/** An empty host would mean every address of the machine. */
export const isHost = (host: string): boolean => /^[^\s]+$/.test(host);

/** The upper limit keeps the interval within the range of timers. */
export const isHeartbeat = (seconds: number): boolean => seconds > 0 && seconds <= 86_400;

export const isKeepAlive = (seconds: number): boolean => Number.isInteger(seconds) && seconds >= 1 && seconds <= 86_400;

/** Scheme and authority of an http or https URL, without a path. */
export function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, hash, username } = new URL(text);
  return (protocol === 'http:' || protocol === 'https:') && pathname === '/' && `${search}${hash}${username}` === '';
}

/** Returns the first problem as one line; undefined if there is none. */
export function optionProblem({
  port = 0,
  host = '127.0.0.1',
  heartbeatSeconds = 30,
  keepAliveSeconds = 120,
  publicOrigin,
}: StartOptions): string | undefined {
  if (!isPort(port)) return `port ${port}: expected a whole number from 0 to 65535`;
  if (!isHost(host)) return `host '${host}': expected an address such as 127.0.0.1`;
  if (!isHeartbeat(heartbeatSeconds))
    return `heartbeat ${heartbeatSeconds}: expected a number of seconds above 0 and up to 86400 (one day)`;
  if (!isKeepAlive(keepAliveSeconds)) return `keep-alive ${keepAliveSeconds}: expected a whole number of seconds from 1 to 86400 (one day)`;
  if (publicOrigin !== undefined && !isOrigin(publicOrigin)) {
    return `public origin ${publicOrigin}: expected an origin such as https://notify.example, without a path`;
  }
  return undefined;
}
