// The parts of a faulty target or legal variation: hooks between a device or app server and a real emulator.
import type { Frame } from './frames.ts';
import type { JsonObject, WireAnswer, WireRequest } from './http-message.ts';
import type { Ledger } from './ledger.ts';

type Result<Value> = Value | undefined | Promise<Value | undefined>;

/** An object is sent as JSON text, text and bytes (whole frames) unchanged. */
export type Outgoing = JsonObject | string | Buffer;

/** Opens the socket without the emulator, and closes it with this code. */
export interface OpenAndClose {
  readonly closeCode: number;
}

export interface ClientMessage {
  readonly isBinary: boolean;
  readonly data: Buffer;
  /** The parsed data if it is a JSON object. */
  readonly json: JsonObject | undefined;
}

/** A device's connection: the device at one end, the emulator at the other. */
export interface Connection {
  readonly unsid: string;
  /** The Authorization header of the device, also if the token was sent as `access_token`. */
  readonly authorization: string;
  /** The cursor that the device named. */
  readonly cursor: string | undefined;
  /** 1 for the first connection of this UNSID. */
  readonly number: number;
  /** The device does not read: bytes are pending. */
  readonly isBlocked: () => boolean;
  /** To the device. */
  readonly send: (...outgoing: readonly Outgoing[]) => void;
  /** To the emulator. */
  readonly toServer: (...outgoing: readonly Outgoing[]) => void;
  /** Answers the emulator's ping on behalf of the device. */
  readonly answerPing: (payload?: Buffer) => void;
  /** Closes the device's end with this code, and cuts the emulator's. */
  readonly close: (code: number) => void;
  /** Cuts both ends without a close frame. */
  readonly cut: () => void;
}

export interface UpstreamCall {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly json?: unknown;
}

/** What hooks can access in addition to their message. */
export interface Wire {
  /** Subscriptions and notifications, as the emulator answered them. */
  readonly ledger: Ledger;
  /** Open connections. */
  readonly connections: ReadonlySet<Connection>;
  /** Sends an additional request to the emulator. */
  readonly upstream: (call: UpstreamCall) => Promise<WireAnswer>;
  /** Sends the client's request, changed or not, to the emulator. */
  readonly forward: (request: WireRequest) => Promise<WireAnswer>;
  /** Connects a device briefly with this cursor, which acknowledges it. */
  readonly acknowledge: (device: { readonly unsid: string; readonly authorization: string }, cursor: string) => Promise<void>;
  /** The service clock. */
  readonly now: () => number;
  readonly advance: (seconds: number) => Promise<void>;
  /** Runs it later, unless the wire has stopped. */
  readonly later: (delayMs: number, run: () => void) => void;
}

/** All hooks are optional; a hook that returns undefined leaves the message unchanged, byte by byte. */
export interface Hooks {
  /** Changes a request, or answers it without the emulator. */
  readonly request?: (request: WireRequest, wire: Wire) => Result<WireRequest | WireAnswer>;
  /** `request` is the client's, before any change. */
  readonly answer?: (answer: WireAnswer, request: WireRequest, wire: Wire) => Result<WireAnswer>;
  readonly handshake?: (request: WireRequest, wire: Wire) => Result<WireRequest | WireAnswer | OpenAndClose>;
  /** The emulator's response to a handshake: 101, or a refusal. */
  readonly handshaken?: (answer: WireAnswer, request: WireRequest, wire: Wire) => Result<WireAnswer>;
  readonly opened?: (connection: Connection, wire: Wire) => void;
  /** Returns what the device is sent instead; an empty list drops the message. */
  readonly serverMessage?: (message: JsonObject, connection: Connection, wire: Wire) => readonly Outgoing[] | undefined;
  readonly clientMessage?: (message: ClientMessage, connection: Connection, wire: Wire) => readonly Outgoing[] | undefined;
  /** `drop`: the device never gets the ping, and the emulator gets a pong. */
  readonly serverPing?: (ping: Frame, connection: Connection, wire: Wire) => 'drop' | undefined;
  /** The device has answered a ping. */
  readonly pong?: (connection: Connection) => void;
  /** Returns another code, or whether to keep the connection open or cut it. */
  readonly closing?: (code: number, connection: Connection, wire: Wire) => number | 'keep' | 'cut' | undefined;
  /** Called before the control surface moves the clock; it may move it partly itself, and returns the remaining seconds. */
  readonly advancing?: (seconds: number, wire: Wire) => Promise<number>;
  /** Called after the clock has moved. */
  readonly advanced?: (seconds: number, wire: Wire) => void | Promise<void>;
  /** Reads everything from the emulator at once, however slow the device is. */
  readonly takesAll?: boolean;
  /** Delay of everything that a device sends to the emulator, its close included. */
  readonly upDelayMs?: number;
}
