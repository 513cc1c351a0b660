// Rewrites the parameters of listing notifications before they reach the emulator.
import type { Hooks, Wire } from './hooks.ts';
import { type WireRequest, withParameters } from './http-message.ts';
import { operationOf } from './operations.ts';

/** Rewrites the parameters if `change` returns true. */
export function asking(change: (parameters: URLSearchParams, request: WireRequest, wire: Wire) => boolean): Hooks {
  return {
    request: (request, wire) => {
      if (operationOf(request) !== 'listNotifications') return undefined;
      let isChanged = false;
      const changed = withParameters(request, (parameters) => {
        isChanged = change(parameters, request, wire);
      });
      return isChanged ? changed : undefined;
    },
  };
}

export function replacing(
  parameters: URLSearchParams,
  name: string,
  isReplaced: (value: string) => boolean,
  by: string | undefined,
): boolean {
  const value = parameters.get(name);
  if (value === null || !isReplaced(value)) return false;
  if (by === undefined) parameters.delete(name);
  else parameters.set(name, by);
  return true;
}

/** Requests the page with other filters. */
export const instead = (isMeant: (parameters: URLSearchParams) => boolean, change: (parameters: URLSearchParams) => void): Hooks =>
  asking((parameters) => {
    if (!isMeant(parameters)) return false;
    change(parameters);
    return true;
  });
