// How a service is reached when one authority more is trusted: a fetch and a WebSocket that know it.
import type { WebSocketFactory } from '../device-socket.ts';
import { createNodeWebSocket } from './node-web-socket.ts';
import { secureFor } from './secure-context.ts';
import type { Trust } from './trust.ts';

/** How a service is reached: what clients and devices take. */
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
    // The edge: the package's types and Node's name the same things twice.
    return (await request(input, { ...(init as object), dispatcher })) as unknown as Response;
  };
}

/** fetch and WebSocket that trust so; the package that it takes is loaded with the first call. */
export function trustedTransport(trust: Trust): ServiceTransport {
  return { fetch: trustedFetch(trust), webSocket: createNodeWebSocket(trust) };
}
