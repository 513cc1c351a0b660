// What a run is started with; everything but the address may be left out.
import type { WebSocketFactory } from '../client/device-socket.ts';
import type { Trust } from '../client/node/trust.ts';
import type { RunListener } from './engine/events.ts';
import type { CreateAdapter } from './target/adapter.ts';
import type { Profile, TokenSource } from './target/target.ts';

export interface ContractOptions {
  /** Base URL of the target, http or https, with a path prefix if it has one. */
  readonly url: string;
  /** Where a surface is somewhere else. */
  readonly graphUrl?: string;
  readonly clientUrl?: string;
  readonly socketUrl?: string;
  /** What the target offers; `full` by default. `graph`: the POST alone. */
  readonly profile?: Profile;
  /** Without them development tokens are used: `dev.app.…`, `dev.user.…`. */
  readonly appToken?: TokenSource;
  readonly userToken?: TokenSource;
  readonly otherUserToken?: TokenSource;
  readonly otherAppToken?: TokenSource;
  /** `graph` profile: the UNSID to post to. */
  readonly unsid?: string;
  /** The application to work with, where the target knows only registered ones. Default: made up for each case. */
  readonly application?: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Maps the suite's device operations onto another protocol. */
  readonly adapter?: CreateAdapter;
  /** OpenAPI or AsyncAPI documents (paths) in place of the shipped ones of their kind. */
  readonly spec?: readonly string[];
  /** Ids of cases or requirements, `*` for any part; only these, or all but these. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** Only cases whose id, title or requirement has this text. */
  readonly grep?: string;
  /** Varies input; the same seed gives the same cases. Default 1. */
  readonly randomSeed?: number;
  /** Milliseconds for one answer (default 10,000) and for one case (three times that, and longer with a low rate). */
  readonly timeoutMs?: number;
  /** Cases under way at once. Default 8, fewer with a low rate. */
  readonly concurrency?: number;
  /** Requests a second, at most. Default: no limit on loopback, 10 elsewhere. */
  readonly rate?: number;
  /** Also cases that wait for minutes in real time. Default false. */
  readonly slow?: boolean;
  /** Ends the run at the first failure. */
  readonly bail?: boolean;
  /** Ids of cases that are known to fail. */
  readonly known?: ReadonlySet<string>;
  readonly listeners?: readonly RunListener[];
  /** Called after the target's clock was moved: tokens that were good may have expired. */
  readonly afterClockMoved?: () => void;
  /** Gives the run up; what was made is taken away all the same. */
  readonly signal?: AbortSignal;
  /** One authority more to trust for https, of every request and socket: `trustIn(pem)`. Default: as Node does. */
  readonly trust?: Trust;
  /** Default: the global `fetch`, with `trust`. */
  readonly fetch?: typeof fetch;
  /** Default: ws, with `trust`. Sockets that cases open by hand are always ws. */
  readonly webSocket?: WebSocketFactory;
}
