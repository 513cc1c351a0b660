// The implementation under test: where it is, who calls, what it can.
import type { DeviceAdapter } from './adapter.ts';

export type Profile = 'graph' | 'client' | 'devices' | 'full';

/** A bearer token, or how to get a fresh one for each call. */
export type TokenSource = string | (() => string | Promise<string>);

export interface Credentials {
  readonly app: TokenSource;
  readonly user?: TokenSource;
  readonly otherUser?: TokenSource;
  readonly otherApp?: TokenSource;
}

export interface Target {
  /** Origins with a path prefix, without a slash at the end; usually all the same. */
  readonly graphUrl: string;
  readonly clientUrl: string;
  /** http or https: the device socket's origin. */
  readonly socketUrl: string;
  /** Where the control surface is; undefined: the target has none. */
  readonly controlUrl: string | undefined;
  readonly profile: Profile;
  readonly credentials: Credentials;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** `graph` profile: the UNSID to post to, where the target has no client surface. */
  readonly unsid: string | undefined;
  /** The application to work with; undefined: the suite makes up its own. */
  readonly application: string | undefined;
  readonly fetch: typeof fetch;
  readonly devices: DeviceAdapter | undefined;
}
