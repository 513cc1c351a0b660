// Authenticates and admits callers: token, scopes, admission.
import type { IncomingHttpHeaders } from 'node:http';
import type { Operation } from '../documents/operation.ts';
import { Refusal } from '../domain/errors.ts';
import type { Caller } from '../domain/model.ts';
import { bearerToken } from '../net/bearer.ts';
import { admit, refuseWhenDraining } from '../service/admit.ts';
import type { HttpDeps } from './context.ts';

/** The raw header, if the document allows Basic authentication and the header uses it. */
export function basicCredentials({ basic }: Operation, { authorization }: IncomingHttpHeaders): string | undefined {
  return basic !== 'ignored' && /^Basic /i.test(authorization ?? '') ? authorization : undefined;
}

/**
 * The caller; undefined if no token is required, or if the handler authenticates the request.
 * @param basic the Basic credentials of the request
 * @param seen receives the caller, even if it is refused
 * @throws Refusal 401, then 403 for kind or scopes, then the refusal of admission
 */
export async function admitCaller(
  deps: HttpDeps,
  operation: Operation,
  { authorization }: IncomingHttpHeaders,
  basic: string | undefined,
  seen?: (caller: Caller) => void,
): Promise<Caller | undefined> {
  const isOtherwiseKnown = operation.security.length === 0 || basic !== undefined;
  if (operation.basic === 'required' && basic === undefined) {
    throw new Refusal('TokenMissing', 'Name and secret are missing: this call needs Basic authentication.');
  }
  if (isOtherwiseKnown) {
    refuseWhenDraining(deps);
    return undefined;
  }
  const { security, operationId } = operation;
  return admit(deps, { token: bearerToken(authorization), security, operationId, onCaller: seen });
}
