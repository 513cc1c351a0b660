// The dependencies of sign-in and token requests.
import type { Admission, Clock, GrantStore, Ids } from '../domain/ports.ts';
import type { Registrations } from './registry/registrations.ts';
import type { SigningKeys } from './tokens/signing-keys.ts';

/** In milliseconds, from the identity document. */
export interface IdentityLifetimes {
  readonly accessToken: number;
  readonly authorizationCode: number;
  readonly refreshToken: number;
  readonly deviceCode: number;
  /** Polling interval of a client that waits for a device sign-in. */
  readonly deviceCodeInterval: number;
  readonly session: number;
}

export interface IdentityContext {
  readonly registrations: Registrations;
  readonly signingKeys: SigningKeys;
  readonly grants: GrantStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly lifetimes: IdentityLifetimes;
  readonly admission: Pick<Admission, 'admitTokenRequest'>;
}
