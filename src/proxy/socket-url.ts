// Rewrites the `socketUrl` of subscriptions so that devices connect through the proxy; the rest of a response is unchanged.

/** Matches in the JSON text: an escaped quote cannot end a member's name. */
const member = /("socketUrl"\s*:\s*)("(?:[^"\\]|\\.)*")/g;

/** @param own the URL of the device socket on the proxy: `ws://127.0.0.1:4290/client/v1/socket` */
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
  /** The `socketUrl` in the target's response; undefined if there was none. */
  readonly announcedUrl: string | undefined;
  /** The proxy's own host names: `proxy.example:4290`. */
  readonly ownHosts: readonly string[];
  /** The query of the handshake. */
  readonly query: string;
  /** The target is https. */
  readonly isSecure: boolean;
}

/** Returns the URL to open a socket at; undefined: at the target's own address. */
export function socketAddress({ announcedUrl, ownHosts, query, isSecure }: SocketAddress): string | undefined {
  if (announcedUrl === undefined || !URL.canParse(announcedUrl)) return undefined;
  const url = new URL(announcedUrl);
  // The token of a handshake must not be sent unencrypted if the target is https.
  if (isSecure && url.protocol === 'ws:') return undefined;
  // A target that derives socketUrl from the Host header would make the proxy connect to itself.
  if (!/^wss?:$/.test(url.protocol) || ownHosts.includes(url.host)) return undefined;
  return `${url.protocol.replace('ws', 'http')}//${url.host}${url.pathname}${query === '' ? '' : `?${query}`}`;
}
