// Signals within one process: each reaches every listener, even if another listener fails.
import type { Signal, Signals } from '../domain/ports.ts';

export function createLocalSignals(onError: (error: unknown) => void): Signals {
  const listeners = new Set<(signal: Signal) => void>();
  return {
    publish: (signal) => {
      for (const listener of [...listeners]) {
        try {
          listener(signal);
        } catch (error) {
          onError(error);
        }
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
