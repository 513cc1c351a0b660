// Checks the socketUrl of a subscription before a token is sent there.

/** True if the socket is unencrypted although the service uses https. */
export function isDowngraded(socketUrl: string, serviceUrl: string): boolean {
  return /^ws:/i.test(socketUrl.trim()) && /^https:/i.test(serviceUrl);
}

/** Returns the problem as a predicate ("is not a URL"); undefined if a token may be sent there. */
export function socketUrlProblem(socketUrl: string, serviceUrl: string): string | undefined {
  if (!URL.canParse(socketUrl)) return 'is not a URL';
  const { protocol, hash } = new URL(socketUrl);
  if (protocol !== 'ws:' && protocol !== 'wss:') return 'is not a ws or wss URL';
  if (hash !== '') return 'has a fragment, which no WebSocket can have';
  if (isDowngraded(protocol, serviceUrl)) return 'is not wss although the service is https: the token would be sent without encryption';
  return undefined;
}
