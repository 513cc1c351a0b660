// Connections of the built-in adapter that cannot even begin.
import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { nodeWebSocket } from '../../src/client/node/node-web-socket.ts';
import { connect } from '../../src/contract/target/protocol-connection.ts';
import { createResponseWatch } from '../../src/contract/target/response-watch.ts';

const device = { user: 'user', application: 'contoso.example', deviceId: 'phone', platform: 'iOS', unsid: 'unsid' } as const;
const handshakes = createResponseWatch({ what: 'WebSocket handshakes', elapsed: () => 0, onSilent: () => undefined });
afterEach(() => vi.useRealTimers());

describe('a connection whose socket cannot be opened, for example because the target has given an invalid socketUrl', () => {
  it('is rejected with the reason, and leaves nothing that the end of the run or a timer would find', async () => {
    vi.useFakeTimers();
    const over = new AbortController();
    const limits = { timeoutMs: 10_000, over: over.signal, handshakes };
    const parts = {
      limits,
      device,
      webSocket: nodeWebSocket,
      onMessage: () => undefined,
      socketUrl: 'no URL',
      cursor: undefined,
      token: 'token',
    };
    await expect(connect(parts)).rejects.toThrow();
    expect(getEventListeners(over.signal, 'abort')).toEqual([]);
    over.abort(new Error('The run is over.'));
    expect(vi.getTimerCount()).toBe(0);
  });
});
