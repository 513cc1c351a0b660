// The options of a run; all but the URL are optional.
import type { WebSocketFactory } from '../client/device-socket.ts';
import type { Trust } from '../client/node/trust.ts';
import type { RunListener } from './engine/events.ts';
import type { CreateAdapter } from './target/adapter.ts';
import type { Profile, TokenSource } from './target/target.ts';

export interface ContractOptions {
  /** Base URL of the target, http or https, with a path prefix if it has one. */
  readonly url: string;
  /** For surfaces at another address. */
  readonly graphUrl?: string;
  readonly clientUrl?: string;
  readonly socketUrl?: string;
  /** The surfaces that the target has; `full` by default. `graph`: only the POST. */
  readonly profile?: Profile;
  /** Default: development tokens, `dev.app.…` and `dev.user.…`. */
  readonly appToken?: TokenSource;
  readonly userToken?: TokenSource;
  readonly otherUserToken?: TokenSource;
  readonly otherAppToken?: TokenSource;
  /** `graph` profile: the UNSID to post to; needs `application`, and for delegated calls `userToken`, the token of its user. */
  readonly unsid?: string;
  /** The application to use, for a target that accepts only registered ones. Default: a generated one for each case. */
  readonly application?: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Maps the suite's device operations onto another protocol. */
  readonly adapter?: CreateAdapter;
  /** Paths of OpenAPI or AsyncAPI documents that replace the shipped ones of their kind. */
  readonly spec?: readonly string[];
  /** Ids of cases or requirements, with `*` as a wildcard: run only these, or all but these. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** Run only cases whose id, title or requirement contains this text. */
  readonly grep?: string;
  /** Seed of generated input: the same seed generates the same cases. Default 1. */
  readonly randomSeed?: number;
  /** Timeout in milliseconds for one response, default 10,000; a case gets three times that, and more at a low rate. */
  readonly timeoutMs?: number;
  /** Maximum number of concurrent cases. Default 8, fewer at a low rate. */
  readonly concurrency?: number;
  /** Maximum number of requests per second. Default: no limit on loopback, 10 elsewhere. */
  readonly rate?: number;
  /** Run also cases that wait for minutes in real time. Default false. */
  readonly slow?: boolean;
  /** Ends the run at the first failure. */
  readonly bail?: boolean;
  /** Ids of cases that are known to fail. */
  readonly known?: ReadonlySet<string>;
  readonly listeners?: readonly RunListener[];
  /** Called after the target's clock was advanced: tokens may have expired. */
  readonly afterClockMoved?: () => void;
  /** Aborts the run; what it created is still deleted. */
  readonly signal?: AbortSignal;
  /** An additional certificate authority to trust for https, for all requests and sockets: `trustIn(pem)`. Default: Node's authorities. */
  readonly trust?: Trust;
  /** Default: the global `fetch`, with `trust`. */
  readonly fetch?: typeof fetch;
  /** Default: ws, with `trust`. Sockets that cases open directly always use ws. */
  readonly webSocket?: WebSocketFactory;
}
