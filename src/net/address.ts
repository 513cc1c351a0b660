// The addresses that a server is asked to listen at: their spellings, where a client can connect then, and who else can.
import { isIPv6 } from 'node:net';
import { isLoopbackHost, isUnspecifiedHost } from './loopback.ts';

const defaultHost = '127.0.0.1';

/** The addresses to listen at. Without another choice, this machine at both families: some clients try only one of them for `localhost`. */
export function listenHosts(host: string | undefined): readonly [string, ...string[]] {
  return host === undefined || host === 'localhost' ? [defaultHost, '::1'] : [listenHost(host)];
}

/** Without the brackets of URLs; every IPv4 address is 0.0.0.0, also where it is written as an IPv6 address. */
export function listenHost(host: string = defaultHost): string {
  const bare = /^\[(.*:.*)\]$/.exec(host)?.[1] ?? host;
  return isIPv6(bare) && isUnspecifiedHost(bare) && new URL(`http://[${bare}]`).hostname !== '[::]' ? '0.0.0.0' : bare;
}

/** Host and port for a URL that a client can connect to: every address of the machine is none, but 127.0.0.1 is among them. */
export function reachableAt({ address, port }: { readonly address: string; readonly port: number }): string {
  const host = isUnspecifiedHost(address) ? defaultHost : address;
  return `${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

/** A warning that other machines can connect, and to what: nothing keeps them out. Undefined if they cannot. */
export function exposureOf(address: string, consequence: string): string | undefined {
  if (isLoopbackHost(address)) return undefined;
  const where = isUnspecifiedHost(address) ? 'every address of this machine' : address;
  return `listening at ${where}: every machine that can reach it can use ${consequence}`;
}
