// What a case is: one thing that an implementation is asked, with the requirement it proves.
import type { Exchange, HttpRequest } from '../checks/exchange.ts';
import type { Finding } from '../checks/failure.ts';
import type { Surface } from '../checks/requirement.ts';
import type { DeviceAdapter } from './target/adapter.ts';
import type { OpenRawSocket } from './target/raw-socket.ts';

/** What a case needs of a target; one that lacks it skips the case, and says so. */
export type Need =
  /** The client surface of `openapi/notifications.yaml` over HTTP. */
  | 'client'
  /** Devices that get messages, by whatever adapter. */
  | 'devices'
  /** The device socket of `openapi/devices.asyncapi.yaml` itself. */
  | 'socket'
  /** A second user's token. */
  | 'otherUser'
  /** A second app server's token. */
  | 'otherApp'
  /** The target's clock can be moved (control surface). */
  | 'clock'
  /** Waits in real time, for minutes; only with `--slow`. */
  | 'slow';

export interface Case {
  /** Unique and stable: reports, `--only` and known failures name it. */
  readonly id: string;
  /** The requirement it proves; its findings may name others too. */
  readonly requirement: string;
  /** A sentence. */
  readonly title: string;
  readonly surface: Surface;
  readonly operationId?: string;
  readonly needs: readonly Need[];
  /** Where the case comes from. */
  readonly origin: 'document' | 'table' | 'scenario';
  /**
   * @throws ContractFailure when the target is wrong, CaseSkipped when it cannot be judged; anything else is an error of suite or line
   */
  run(context: CaseContext): Promise<void>;
}

/** The target's time, and how to let it pass. */
export interface TargetClock {
  /** Milliseconds since 1970 by the target's clock: measured from its `Date` header, exact to about a second. */
  now(): number;
  /** Lets so much time pass: by the control surface, or, with `--slow`, by waiting. @throws CaseSkipped */
  pass(seconds: number): Promise<void>;
}

/** What a case must know of the target to make what it needs. */
export interface Given {
  /** Subscriptions and notifications can be made and taken away over HTTP. */
  readonly hasClient: boolean;
  /** Devices can be subscribed through the adapter. */
  readonly hasDevices: boolean;
  /** The UNSID to post to, where nobody can subscribe. */
  readonly unsid: string | undefined;
  /** The application was given: the target may know no other. */
  readonly isApplicationGiven: boolean;
}

export interface CaseContext {
  /** Sends and records; every answer is looked at by all checks. */
  send(request: HttpRequest): Promise<Exchange>;
  /** The devices' side of the target. */
  readonly devices: DeviceAdapter;
  /** The device socket itself, with nothing in between; only with the need `socket`. */
  readonly openSocket: OpenRawSocket;
  readonly clock: TargetClock;
  /** Milliseconds that something which must come may take to come. */
  readonly arrivalTimeoutMs: number;
  /** Waits in real time; given up with the case. */
  pause(ms: number): Promise<void>;
  /** A name nobody else uses, with the run's prefix: `unsid-7f3k-<hint>-12`. */
  name(hint: string): string;
  /** The application that this case works with: its own, or the one the target is set to. */
  readonly application: string;
  readonly given: Given;
  /** Deterministic numbers from 0 to below 1, of this case. */
  random(): number;
  /** @throws ContractFailure */
  fail(finding: Omit<Finding, 'requirement'> & { readonly requirement?: string }): never;
  /** Adds a line to the transcript, which is told with a failure. */
  note(who: string, what: string): void;
  /** Run after the case, however it ended, the last first; `last`: after all others, such as the end of a subscription that they need. */
  cleanUp(action: () => Promise<unknown>, when?: 'last'): void;
  /** Aborted when the case takes too long or the run is given up. */
  readonly signal: AbortSignal;
}
