// The implementation under test: addresses, credentials, capabilities.
import type { DeviceAdapter } from './adapter.ts';

export type Profile = 'graph' | 'client' | 'devices' | 'full';

/** A bearer token, or a function that returns one for each call. */
export type TokenSource = string | (() => string | Promise<string>);

export interface Credentials {
  readonly app: TokenSource;
  readonly user?: TokenSource;
  readonly otherUser?: TokenSource;
  readonly otherApp?: TokenSource;
}

export interface Target {
  /** Origins with path prefix, without trailing slash; usually all the same. */
  readonly graphUrl: string;
  readonly clientUrl: string;
  /** The device socket's origin, http or https. */
  readonly socketUrl: string;
  /** Origin of the control surface; undefined if the target has none. */
  readonly controlUrl: string | undefined;
  readonly profile: Profile;
  readonly credentials: Credentials;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** `graph` profile: the UNSID to post to, for a target without client surface. */
  readonly unsid: string | undefined;
  /** The user's token is that of the UNSID that is posted to. */
  readonly isUserOfUnsid: boolean;
  /** The application to use; undefined: the suite generates its own. */
  readonly application: string | undefined;
  readonly fetch: typeof fetch;
  readonly devices: DeviceAdapter | undefined;
}
