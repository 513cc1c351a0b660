// A fetch and a WebSocket that trust an additional certificate authority.
import type { WebSocketFactory } from '../device-socket.ts';
import { createNodeWebSocket } from './node-web-socket.ts';
import { secureFor } from './secure-context.ts';
import type { Trust } from './trust.ts';

/** The transport of clients and devices. */
export interface ServiceTransport {
  readonly fetch: typeof fetch;
  readonly webSocket: WebSocketFactory;
}

function trustedFetch(trust: Trust): typeof fetch {
  const load = async () => {
    const { Agent, fetch: request } = await import('undici');
    return { request, dispatcher: new Agent({ connect: secureFor(trust) }) };
  };
  let loaded: ReturnType<typeof load> | undefined;
  return async (input, init) => {
    if (input instanceof Request || !trust.isFor(String(input))) return fetch(input, init);
    loaded ??= load();
    const { request, dispatcher } = await loaded;
    // A cast at the edge: undici and Node declare the same types separately.
    return (await request(input, { ...(init as object), dispatcher })) as unknown as Response;
  };
}

/** Returns fetch and WebSocket with this trust; loads undici at the first call. */
export function trustedTransport(trust: Trust): ServiceTransport {
  return { fetch: trustedFetch(trust), webSocket: createNodeWebSocket(trust) };
}
