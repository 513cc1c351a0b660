// The emulator as its caller sees it: addresses, control of the clock, reset and stop.

/** An emulator that runs in this process. */
export interface Emulator {
  /** Where this machine reaches it, e.g. `http://127.0.0.1:4280`; the https one when http is off. */
  readonly url: string;
  /** Where it serves https, e.g. `https://localhost:4281`. */
  readonly httpsUrl: string | undefined;
  /** Path of the authority's certificate that clients have to trust; undefined without https or with your own certificate. */
  readonly caFile: string | undefined;
  /**
   * Moves the service clock forward, by at most a year; resolves when all that fell due on the way is done and pushed.
   * @throws RangeError for anything else, Error when the emulator has been stopped
   */
  advance(seconds: number): Promise<void>;
  /** Forgets all subscriptions and notifications; the clock goes back to real time. */
  reset(): Promise<void>;
  /** Closes sockets with 1001, finishes what is under way and frees the port. May be called again. */
  stop(): Promise<void>;
}
