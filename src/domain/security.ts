// Decides whether a caller keeps what an operation asks for: the kind of its token and its scopes (F17, F23, D4).
import { Refusal } from './errors.ts';
import type { Caller } from './model.ts';

/** One way to be allowed in: a kind of caller, and the scopes that a user token must have all of. */
export interface SecurityAlternative {
  readonly caller: 'app' | 'user';
  readonly scopes: readonly string[];
}

/** App-only tokens need no permission (F17), so their scopes are not looked at. Undefined: the caller may. */
export function authorise(caller: Caller, alternatives: readonly SecurityAlternative[]): Refusal | undefined {
  if (alternatives.length === 0) return undefined;
  const own = alternatives.filter((alternative) => alternative.caller === caller.kind);
  if (caller.kind === 'app')
    return own.length > 0 ? undefined : new Refusal('UserTokenRequired', 'This call needs a user token; an app-only one is not enough.');
  if (own.some(({ scopes }) => scopes.every((scope) => caller.scopes.has(scope)))) return undefined;
  const wanted = own.map(({ scopes }) => scopes.join(' and ')).join(', or ');
  return new Refusal('MissingScope', wanted === '' ? 'A user token is not accepted here.' : `The token lacks the scope ${wanted}.`);
}
