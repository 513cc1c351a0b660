// Puts together what the hub works on: frames, open connections, the channels of their feeds, and the expiry of their tokens.
import { createChannels } from './channels.ts';
import { createFrames } from './frames.ts';
import type { HubParts } from './hub-parts.ts';
import { createOpenConnections } from './open-connections.ts';
import type { PeerTime } from './sweep.ts';
import { createTokenExpiry } from './token-expiry.ts';

export function createHubState(
  { rules, delivery, clock, push, validate, validateEnvelope, wakeBy, onError }: HubParts,
  peerTime: PeerTime,
) {
  const { maxUnsentBytes, maxEmbeddedBytes } = rules.limits;
  const frames = createFrames({ maxEmbeddedBytes, validate, validateEnvelope });
  /** Work in progress: each resolves when it has ended. */
  const busy = new Set<() => Promise<void>>();
  const channels = createChannels({
    delivery,
    frames,
    clock,
    push,
    maxUnsentBytes,
    onFailure: (connection, error) => connections.fail(connection, error),
    busy,
  });
  const tokenExpiry = createTokenExpiry({
    wakeBy,
    busy,
    onExpired: (connection) => connections.close(connection, 'tokenExpired', 'the token has expired'),
  });
  const connections = createOpenConnections({
    closeCodes: rules.closeCodes,
    delivery,
    peerTime,
    onDetached: (connection) => {
      if (connection.tokenEnd) tokenExpiry.withdraw(connection.tokenEnd);
      channels.remove(connection);
    },
    onError,
  });
  return { frames, busy, channels, tokenExpiry, connections };
}
