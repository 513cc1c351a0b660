// Narrows the caller of an operation to what the operation's security promises.
import { Refusal } from '../../domain/errors.ts';
import type { Caller, UserCaller } from '../../domain/model.ts';

/** An operation whose document asks for no token has no caller: only a changed document can bring that about. */
export function callerOf({ caller }: { readonly caller: Caller | undefined }): Caller {
  if (caller) return caller;
  throw new Refusal('TokenMissing', 'This operation needs an access token.');
}

export function userOf(call: { readonly caller: Caller | undefined }): UserCaller {
  const caller = callerOf(call);
  if (caller.kind === 'user') return caller;
  throw new Refusal('UserTokenRequired', 'This operation needs a user token.');
}
