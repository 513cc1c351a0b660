// Keeps a device connected: opens the socket, and reconnects after a close with jittered back-off unless the close is final.
import type { Closing, DeviceSocket } from '../client/device-socket.ts';
import type { ClientTimer } from '../client/timer.ts';
import type { ServerMessage } from '../client/wire.ts';
import { closeCodes } from '../documents/close-codes.gen.ts';
import { DeviceError } from './device-error.ts';
import { type BackOff, backOffMs, decideOnClosing, type ReconnectDecision } from './reconnection.ts';

export type ConnectionState = 'disconnected' | 'connecting' | 'connected' | 'waiting' | 'stopped';

export interface Reconnecting {
  /** 1 for the first attempt after the close. */
  readonly attempt: number;
  /** Milliseconds until that attempt. */
  readonly delayMs: number;
}

export interface ConnectionEvents {
  message(message: ServerMessage, characters: number): void;
  invalid(reason: string): void;
  disconnected(closing: Closing): void;
  reconnecting(how: Reconnecting): void;
  /** The connection ended and will not be reopened automatically. */
  stopped(error: DeviceError): void;
}

type SocketHandlers = {
  onMessage(message: ServerMessage, characters: number): void;
  onInvalid(reason: string): void;
  onClose(closing: Closing): void;
};

export interface ConnectionOptions {
  /** Opens one socket with a currently valid token. */
  readonly open: (handlers: SocketHandlers) => Promise<DeviceSocket>;
  readonly events: ConnectionEvents;
  readonly autoReconnect: boolean;
  /** True if `open` gets a fresh token each time, so that an expired one (4401) does not stop the device. */
  readonly freshToken: boolean;
  readonly backOff: BackOff;
  readonly connectTimeoutMs: number;
  readonly timer: ClientTimer;
  readonly random: () => number;
}

export interface Connection {
  readonly state: ConnectionState;
  readonly socket: DeviceSocket | undefined;
  /** Resolves when `connected` was received; retries until the timeout. */
  connect(): Promise<void>;
  /** Closes the socket until the next `connect`; resolves when it is closed. */
  disconnect(): Promise<void>;
  /** Stops for this reason, without reconnecting. */
  fail(error: DeviceError): void;
}

/** A connection that lasted this long resets the back-off. */
const stableConnectionMs = 5000;

export function createConnection(options: ConnectionOptions): Connection {
  const { events, timer } = options;
  let state: ConnectionState = 'disconnected';
  let socket: DeviceSocket | undefined;
  /** Counts attempts, to distinguish the current socket from earlier ones. */
  let generation = 0;
  let attempt = 0;
  let connectedAt: number | undefined;
  let cancelWait = (): void => undefined;
  let settle: { resolve: () => void; reject: (error: Error) => void } | undefined;
  let closed: (() => void) | undefined;

  const stop = (error: DeviceError): void => {
    state = 'stopped';
    settle?.reject(error);
    settle = undefined;
    events.stopped(error);
  };
  const scheduleReconnect = (decision: ReconnectDecision & { retryAfterMs: number }): void => {
    if (connectedAt !== undefined && timer.now() - connectedAt >= stableConnectionMs) attempt = 0;
    const delayMs = decision.retryAfterMs + backOffMs(options.backOff, attempt, options.random);
    attempt += 1;
    state = 'waiting';
    events.reconnecting({ attempt, delayMs });
    cancelWait = timer.after(delayMs, open);
  };
  const onClosed = (closing: Closing): void => {
    socket = undefined;
    const decided = decideOnClosing(closing);
    const decision: ReconnectDecision = options.freshToken && closing.code === closeCodes.tokenExpired.code ? { retryAfterMs: 0 } : decided;
    if (state === 'connected') events.disconnected(closing);
    if ('stop' in decision) stop(decision.stop);
    else if (options.autoReconnect) scheduleReconnect(decision);
    else stop(new DeviceError('Disconnected', `The connection was lost: ${closing.code} ${closing.reason}`.trim()));
  };
  const received = (message: ServerMessage, characters: number): void => {
    if (message.type === 'connected') {
      state = 'connected';
      connectedAt = timer.now();
      settle?.resolve();
      settle = undefined;
    }
    events.message(message, characters);
  };
  const open = (): void => {
    generation += 1;
    const ownGeneration = generation;
    state = 'connecting';
    connectedAt = undefined;
    const close = (closing: Closing): void => {
      if (ownGeneration === generation) onClosed(closing);
      closed?.();
    };
    options
      .open({
        onMessage: (message, characters) => {
          if (ownGeneration === generation) received(message, characters);
        },
        onInvalid: (reason) => events.invalid(reason),
        onClose: close,
      })
      .then(
        (opened) => {
          if (ownGeneration === generation) socket = opened;
          else opened.close();
        },
        (error: unknown) => close({ code: 1006, reason: error instanceof Error ? error.message : String(error) }),
      );
  };

  const disconnect = (): Promise<void> => {
    cancelWait();
    generation += 1;
    const current = socket;
    socket = undefined;
    if (state !== 'stopped') state = 'disconnected';
    settle?.reject(new DeviceError('Disconnected', 'The device was disconnected before it was connected.'));
    settle = undefined;
    if (!current) return Promise.resolve();
    return new Promise((resolve) => {
      closed = () => {
        closed = undefined;
        resolve();
      };
      current.close();
    });
  };
  const timedOut = (): void => {
    const waiting = settle;
    settle = undefined;
    void disconnect();
    waiting?.reject(new DeviceError('Timeout', `The device did not get connected within ${options.connectTimeoutMs} ms.`));
  };
  const connect = (): Promise<void> => {
    if (state === 'connected') return Promise.resolve();
    if (settle) return Promise.reject(new DeviceError('Disconnected', 'The device is connecting already.'));
    return new Promise((resolve, reject) => {
      const cancelTimeout = timer.after(options.connectTimeoutMs, timedOut);
      settle = {
        resolve: () => {
          cancelTimeout();
          resolve();
        },
        reject: (error) => {
          cancelTimeout();
          reject(error);
        },
      };
      if (state === 'connecting') return;
      cancelWait();
      attempt = 0;
      open();
    });
  };
  return {
    get state() {
      return state;
    },
    get socket() {
      return socket;
    },
    connect,
    disconnect,
    fail(error) {
      void disconnect();
      stop(error);
    },
  };
}
