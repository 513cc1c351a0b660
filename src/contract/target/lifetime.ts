// How long a run lasts: until it is aborted, the target is silent, or its cases have ended; then nothing of it is left open.
import { setMaxListeners } from 'node:events';
import type { ContractOptions } from '../options.ts';
import { type Connection, connectionOf } from './build-target.ts';
import type { ResponseWatch } from './response-watch.ts';
import { watchSilence } from './silence.ts';

export interface Lifetime {
  /** Its requests end with the run. */
  readonly connection: Connection;
  readonly requests: ResponseWatch;
  readonly handshakes: ResponseWatch;
  /** Aborted when the run is to end, or has ended. */
  readonly signal: AbortSignal;
  /** Aborted when the run has ended. */
  readonly over: AbortSignal;
  /** Why the run was aborted; undefined if it was not. */
  stopReason(): string | undefined;
  /** Ends requests, connections and waits that the cases have left behind. */
  end(): void;
}

export function createLifetime(options: ContractOptions, elapsed: () => number): Lifetime {
  const over = new AbortController();
  const connection = connectionOf(options);
  const { fetch, requests, handshakes, signal: silent } = watchSilence(connection.fetch, { elapsed, over: over.signal });
  const stop = AbortSignal.any([...(options.signal ? [options.signal] : []), silent]);
  const signal = AbortSignal.any([stop, over.signal]);
  // Each request that waits for the rate limit, and each connection, adds a listener.
  setMaxListeners(0, signal, over.signal);
  return {
    connection: { ...connection, fetch },
    requests,
    handshakes,
    signal,
    over: over.signal,
    stopReason: () => (stop.aborted ? messageOf(stop.reason) : undefined),
    end: () => over.abort(new Error('The run is over.')),
  };
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
