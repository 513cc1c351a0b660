// Leads devices' sockets through the proxy: the `socketUrl` of subscriptions, and nothing else of an answer, is replaced.

/** In text: an escaped quote before the colon cannot be the end of a member's name. */
const member = /("socketUrl"\s*:\s*)("(?:[^"\\]|\\.)*")/g;

/** @param own where the device socket is on the proxy, as the app reaches it: `ws://127.0.0.1:4290/client/v1/socket` */
export function withOwnSocketUrls(text: string, own: string): string {
  return text.replace(member, (whole: string, name: string, value: string) => {
    const url = urlIn(value);
    return url ? `${name}${JSON.stringify(`${own}${url.search}`)}` : whole;
  });
}

function urlIn(literal: string): URL | undefined {
  try {
    const url = new URL(String(JSON.parse(literal)));
    return /^wss?:$/.test(url.protocol) ? url : undefined;
  } catch {
    return undefined;
  }
}

export interface SocketAddress {
  /** As the target told it; undefined: it told none. */
  readonly announcedUrl: string | undefined;
  /** `proxy.example:4290`, and other names of the proxy itself. */
  readonly ownHosts: readonly string[];
  /** The query of the handshake. */
  readonly query: string;
  /** The target is https. */
  readonly isSecure: boolean;
}

/** Where a socket is to be opened, if not below the target's own address. */
export function socketAddress({ announcedUrl, ownHosts, query, isSecure }: SocketAddress): string | undefined {
  if (announcedUrl === undefined || !URL.canParse(announcedUrl)) return undefined;
  const url = new URL(announcedUrl);
  // The token of a handshake does not leave a target that is https without encryption.
  if (isSecure && url.protocol === 'ws:') return undefined;
  // A target that tells its caller's address would send the proxy to itself.
  if (!/^wss?:$/.test(url.protocol) || ownHosts.includes(url.host)) return undefined;
  return `${url.protocol.replace('ws', 'http')}//${url.host}${url.pathname}${query === '' ? '' : `?${query}`}`;
}
