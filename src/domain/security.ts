// Decides whether a caller keeps what an operation asks for: what its token is for, its kind and its scopes (F17, F23, F43, F44, D4).
import { Refusal } from './errors.ts';
import type { Caller, TokenResource } from './model.ts';

/** One way to be allowed in: a kind of caller, and the scopes that a user token must have all of. */
export interface SecurityAlternative {
  readonly caller: 'app' | 'user';
  readonly scopes: readonly string[];
  /** What the token may be for; undefined: for anything. */
  readonly resources?: readonly TokenResource[];
}

const resourceNames: Readonly<Record<TokenResource, string>> = { graph: 'Microsoft Graph', activity: 'the activity service' };

/** App-only tokens need no permission (F17), so their scopes are not looked at. Undefined: the caller may. */
export function authorise(caller: Caller, alternatives: readonly SecurityAlternative[]): Refusal | undefined {
  if (alternatives.length === 0) return undefined;
  const ofResource = alternatives.filter((alternative) => isFor(caller, alternative));
  if (ofResource.length === 0) return otherResource(alternatives);
  const own = ofResource.filter((alternative) => alternative.caller === caller.kind);
  if (caller.kind === 'app')
    return own.length > 0 ? undefined : new Refusal('UserTokenRequired', 'This call needs a user token; an app-only one is not enough.');
  if (own.some(({ scopes }) => scopes.every((scope) => hasScope(caller.scopes, scope)))) return undefined;
  const wanted = own.map(({ scopes }) => scopes.join(' and ')).join(', or ');
  return new Refusal('MissingScope', wanted === '' ? 'A user token is not accepted here.' : `The token lacks the scope ${wanted}.`);
}

function isFor({ resource }: Caller, { resources }: SecurityAlternative): boolean {
  return resource === undefined || resources === undefined || resources.includes(resource);
}

/** Without case (F44); the documented spelling, which most tokens have, is found at once. */
function hasScope(scopes: ReadonlySet<string>, scope: string): boolean {
  if (scopes.has(scope)) return true;
  const wanted = scope.toLowerCase();
  return [...scopes].some((one) => one.toLowerCase() === wanted);
}

function otherResource(alternatives: readonly SecurityAlternative[]): Refusal {
  const accepted = [...new Set(alternatives.flatMap(({ resources = [] }) => resources))].map((resource) => resourceNames[resource]);
  return new Refusal(
    'TokenInvalid',
    `The access token is not valid: it is for another resource (aud); ask for a token for ${accepted.join(' or ')}.`,
  );
}
