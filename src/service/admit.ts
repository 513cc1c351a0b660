// Lets a caller in, at both edges the same way: token, then kind and scopes, then admission, then whether the service still takes calls.
import { Refusal } from '../domain/errors.ts';
import type { Caller } from '../domain/model.ts';
import type { Admission, Authenticator } from '../domain/ports.ts';
import { authorise, type SecurityAlternative } from '../domain/security.ts';

export interface AdmitParts {
  readonly authenticator: Authenticator;
  readonly admission: Pick<Admission, 'admit'>;
  /** Shutting down: no caller is let in any more. */
  readonly draining: () => boolean;
}

export interface AdmitRequest {
  readonly token: string | undefined;
  readonly security: readonly SecurityAlternative[];
  readonly operationId: string;
  /** Gets the caller, also one that is refused afterwards. */
  readonly onCaller?: ((caller: Caller) => void) | undefined;
}

/** @throws Refusal 401, then 403 for kind or scopes, then that of admission, then Unavailable */
export async function admit(parts: AdmitParts, { token, security, operationId, onCaller }: AdmitRequest): Promise<Caller> {
  const caller = await parts.authenticator.authenticate(token);
  if (caller instanceof Refusal) throw caller;
  onCaller?.(caller);
  const refusal = authorise(caller, security) ?? (await parts.admission.admit({ caller, operationId }));
  if (refusal) throw refusal;
  refuseWhenDraining(parts);
  return caller;
}

/** @throws Refusal */
export function refuseWhenDraining({ draining }: Pick<AdmitParts, 'draining'>): void {
  if (draining()) throw new Refusal('Unavailable', 'The service is shutting down.', { retryAfterSeconds: 1 });
}
