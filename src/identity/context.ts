// The dependencies of sign-in and token requests.
import type { Admission, Clock, GrantStore, IdentityLifetimes, Ids } from '../domain/ports.ts';
import type { Registrations } from './registry/registrations.ts';
import type { SigningKeys } from './tokens/signing-keys.ts';

export interface IdentityContext {
  readonly registrations: Registrations;
  readonly signingKeys: SigningKeys;
  readonly grants: GrantStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly lifetimes: IdentityLifetimes;
  readonly admission: Pick<Admission, 'admitTokenRequest'>;
}
