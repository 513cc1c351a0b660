// What sign-in and tokens are made with.
import type { Admission, Clock, GrantStore, Ids } from '../domain/ports.ts';
import type { Registrations } from './registry/registrations.ts';
import type { SigningKeys } from './tokens/signing-keys.ts';

/** In milliseconds; the identity document says how long. */
export interface IdentityLifetimes {
  readonly accessToken: number;
  readonly authorizationCode: number;
  readonly refreshToken: number;
  readonly deviceCode: number;
  /** Between two questions of a client that waits. */
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
