// The types of a case: one test of an implementation, with the requirement that it proves and the context that it runs in.
import type { Exchange, HttpRequest } from '../checks/exchange.ts';
import type { Finding } from '../checks/failure.ts';
import type { Surface } from '../checks/requirement.ts';
import type { DeviceAdapter } from './target/adapter.ts';
import type { OpenRawSocket } from './target/raw-socket.ts';

/** What a case needs of a target; the case is skipped, with a reason, on a target that lacks it. */
export type Need =
  /** The client surface of `openapi/notifications.yaml` over HTTP. */
  | 'client'
  /** Devices that receive messages, through any adapter. */
  | 'devices'
  /** Direct access to the device socket of `openapi/devices.asyncapi.yaml`. */
  | 'socket'
  /** The token of the user whose UNSID is posted to; it is not known if only the UNSID was given. */
  | 'ownUser'
  /** A second user's token. */
  | 'otherUser'
  /** A second app server's token. */
  | 'otherApp'
  /** A clock that can be advanced (control surface). */
  | 'clock'
  /** The case waits in real time, for minutes; it runs only with `--slow`. */
  | 'slow';

export interface Case {
  /** Unique and stable: used by reports, `--only` and known failures. */
  readonly id: string;
  /** The requirement that it proves; its findings may name others too. */
  readonly requirement: string;
  /** A sentence. */
  readonly title: string;
  readonly surface: Surface;
  readonly operationId?: string;
  readonly needs: readonly Need[];
  /** The source of the case. */
  readonly origin: 'document' | 'table' | 'scenario';
  /**
   * @throws ContractFailure if the target violates a requirement, CaseSkipped if the case cannot run; anything else is an error of the suite or the connection
   */
  run(context: CaseContext): Promise<void>;
}

/** The target's time, and how to advance it. */
export interface TargetClock {
  /** Milliseconds since 1970 by the target's clock: measured from its `Date` header, accurate to about a second. */
  now(): number;
  /** Advances the target's clock by the control surface, or, with `--slow`, waits. @throws CaseSkipped if neither is possible */
  pass(seconds: number): Promise<void>;
}

/** Properties of the target that decide how a case creates its fixtures. */
export interface Given {
  /** Subscriptions and notifications can be created and deleted over HTTP. */
  readonly hasClient: boolean;
  /** Devices can be subscribed through the adapter. */
  readonly hasDevices: boolean;
  /** The UNSID to post to, for a target without a way to subscribe. */
  readonly unsid: string | undefined;
  /** The application was given as an option: the target may know no other. */
  readonly isApplicationGiven: boolean;
}

export interface CaseContext {
  /** Sends a request and records the exchange; all checks run on every response. */
  send(request: HttpRequest): Promise<Exchange>;
  /** The target's devices. */
  readonly devices: DeviceAdapter;
  /** Direct access to the device socket, without the adapter; only with the need `socket`. */
  readonly openSocket: OpenRawSocket;
  readonly clock: TargetClock;
  /** Maximum time in milliseconds for an expected message to arrive. */
  readonly arrivalTimeoutMs: number;
  /** Waits in real time; aborted with the case. */
  pause(ms: number): Promise<void>;
  /** A unique name with the run's prefix: `unsid-7f3k-<hint>-12`. */
  name(hint: string): string;
  /** The application of this case: its own, or the one that the options name. */
  readonly application: string;
  readonly given: Given;
  /** Deterministic random numbers of this case, at least 0 and less than 1. */
  random(): number;
  /** @throws ContractFailure */
  fail(finding: Omit<Finding, 'requirement'> & { readonly requirement?: string }): never;
  /** Adds a line to the transcript, which is reported with a failure. */
  note(who: string, what: string): void;
  /** Registers an action to run after the case, whatever its outcome, in reverse order; `last`: after all others, e.g. for a subscription that they depend on. */
  cleanUp(action: () => Promise<unknown>, when?: 'last'): void;
  /** Aborted when the case times out or the run is aborted. */
  readonly signal: AbortSignal;
}
