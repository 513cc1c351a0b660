// What a wrong or a merely different implementation is made of: hooks between a device or app server and a real emulator.
import type { Frame } from './frames.ts';
import type { JsonObject, WireAnswer, WireRequest } from './http-message.ts';
import type { Ledger } from './ledger.ts';

type Result<Value> = Value | undefined | Promise<Value | undefined>;

/** An object is sent as JSON text, text as it is, bytes as they are (whole frames). */
export type Outgoing = JsonObject | string | Buffer;

/** Opens the socket although nobody serves it, and closes it with this code. */
export interface OpenAndClose {
  readonly closeCode: number;
}

export interface ClientMessage {
  readonly isBinary: boolean;
  readonly data: Buffer;
  /** What it holds when it is an object of JSON. */
  readonly json: JsonObject | undefined;
}

/** One device's line: the device on one end, the emulator on the other. */
export interface Connection {
  readonly unsid: string;
  /** Authorization as the device sent it, also when it came as `access_token`. */
  readonly authorization: string;
  /** The cursor that the device named. */
  readonly cursor: string | undefined;
  /** 1 for the first connection of this UNSID. */
  readonly number: number;
  /** The device takes nothing: bytes wait for it. */
  readonly isBlocked: () => boolean;
  /** To the device. */
  readonly send: (...outgoing: readonly Outgoing[]) => void;
  /** To the emulator. */
  readonly toServer: (...outgoing: readonly Outgoing[]) => void;
  /** Answers the emulator's ping in the device's place. */
  readonly answerPing: (payload?: Buffer) => void;
  /** Ends it: to the device with this code, to the emulator by a cut. */
  readonly close: (code: number) => void;
  /** Ends it without a close frame. */
  readonly cut: () => void;
}

export interface UpstreamCall {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly json?: unknown;
}

/** What hooks can reach beside the message in their hands. */
export interface Wire {
  /** Who subscribed and who posted what, as the emulator answered it. */
  readonly ledger: Ledger;
  /** Open lines. */
  readonly connections: ReadonlySet<Connection>;
  /** A request of the hook's own to the emulator. */
  readonly upstream: (call: UpstreamCall) => Promise<WireAnswer>;
  /** Sends a request of the client's (changed or not) to the emulator. */
  readonly forward: (request: WireRequest) => Promise<WireAnswer>;
  /** Connects a device for a moment, naming this cursor: it counts as acknowledged. */
  readonly acknowledge: (device: { readonly unsid: string; readonly authorization: string }, cursor: string) => Promise<void>;
  /** The service clock. */
  readonly now: () => number;
  readonly advance: (seconds: number) => Promise<void>;
  /** Runs it later, unless the wire has stopped. */
  readonly later: (delayMs: number, run: () => void) => void;
}

/** All optional; undefined as a result leaves the message as it is, byte by byte. */
export interface Hooks {
  /** Changes a request, or answers it without asking the emulator. */
  readonly request?: (request: WireRequest, wire: Wire) => Result<WireRequest | WireAnswer>;
  /** `request` is the client's, before any change. */
  readonly answer?: (answer: WireAnswer, request: WireRequest, wire: Wire) => Result<WireAnswer>;
  readonly handshake?: (request: WireRequest, wire: Wire) => Result<WireRequest | WireAnswer | OpenAndClose>;
  /** The emulator's answer to a handshake: 101, or a refusal. */
  readonly handshaken?: (answer: WireAnswer, request: WireRequest, wire: Wire) => Result<WireAnswer>;
  readonly opened?: (connection: Connection, wire: Wire) => void;
  /** What the device is sent instead; an empty list drops the message. */
  readonly serverMessage?: (message: JsonObject, connection: Connection, wire: Wire) => readonly Outgoing[] | undefined;
  readonly clientMessage?: (message: ClientMessage, connection: Connection, wire: Wire) => readonly Outgoing[] | undefined;
  /** `drop`: the device never sees it, and the emulator thinks that it was answered. */
  readonly serverPing?: (ping: Frame, connection: Connection, wire: Wire) => 'drop' | undefined;
  /** The device has answered a ping. */
  readonly pong?: (connection: Connection) => void;
  /** Another code; or the line is kept open, or cut. */
  readonly closing?: (code: number, connection: Connection, wire: Wire) => number | 'keep' | 'cut' | undefined;
  /** Before the control surface moves the clock so many seconds; it may have moved a part of it itself, and says what is left. */
  readonly advancing?: (seconds: number, wire: Wire) => Promise<number>;
  /** After the clock has moved. */
  readonly advanced?: (seconds: number, wire: Wire) => void | Promise<void>;
  /** What is read from the emulator is taken at once, however slow the device is. */
  readonly takesAll?: boolean;
  /** What a device sends, its end included, reaches the emulator so much later. */
  readonly upDelayMs?: number;
}
