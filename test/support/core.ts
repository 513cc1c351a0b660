// The emulator without HTTP and sockets: service, stores and hub over test time, with devices whose lines are arrays.
import type { ServerMessage } from '../../src/documents/socket-spec.ts';
import { loadSpec } from '../../src/documents/spec.ts';
import type { NotificationRequest } from '../../src/domain/content.ts';
import type { Caller, PlatformType, Subscription, UserCaller } from '../../src/domain/model.ts';
import type { Signals, Stores } from '../../src/domain/ports.ts';
import { createRegistry } from '../../src/identity/registry/registry.ts';
import type { Seed } from '../../src/identity/registry/seed.ts';
import { createLocalSignals } from '../../src/runtime/signals.ts';
import { nextTurn } from '../../src/runtime/turn.ts';
import { createScheduler } from '../../src/service/scheduler.ts';
import { createService } from '../../src/service/service.ts';
import type { Connection, SocketRules } from '../../src/socket/connection.ts';
import { createHub } from '../../src/socket/hub.ts';
import { createInbox } from '../../src/socket/inbox.ts';
import { createMemoryStores } from '../../src/stores/memory.ts';
import { createSequenceIds } from './ids.ts';
import { createTestClock, createTestTimer, settle } from './time.ts';

export interface CoreOptions {
  readonly seed?: Seed;
  readonly push?: 'embed' | 'signal';
  readonly heartbeatSeconds?: number;
  readonly limits?: Partial<SocketRules['limits']>;
  /** Stands between the service and the memory store. */
  readonly stores?: (stores: Stores) => Stores;
  /** Stands between the core and the signals of this process. */
  readonly signals?: (signals: Signals) => Signals;
}

export interface TestDevice {
  readonly subscription: Subscription;
  readonly connection: Connection;
  readonly messages: ServerMessage[];
  readonly pings: () => number;
  readonly closed: () => { code: number; reason: string } | undefined;
  readonly terminated: () => boolean;
  readonly isPaused: () => boolean;
  /** Sends text, or an ack of this cursor. */
  readonly send: (text: string) => Promise<void>;
  readonly ack: (cursor: string) => Promise<void>;
  /** Ends the line from the device's side. */
  readonly cut: () => void;
  /** From now on the device takes nothing, until it takes all. */
  readonly stopReading: () => void;
  readonly readAll: () => Promise<void>;
  /** Bytes that wait. */
  readonly unsent: () => number;
}

export const user = (alias: string): UserCaller => ({
  kind: 'user',
  userId: alias,
  upn: `${alias}@contoso.com`,
  clientId: undefined,
  scopes: new Set(['Notifications.ReadWrite.CreatedByApp']),
});
export const appServer: Caller = { kind: 'app', clientId: 'server' };
export const application = 'contoso.example';

const spec = await loadSpec();

export function createCore(options: CoreOptions = {}) {
  const clock = createTestClock();
  const timer = createTestTimer();
  const ids = createSequenceIds();
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const local = createLocalSignals(onError);
  const signals = options.signals?.(local) ?? local;
  const memory = createMemoryStores({ ids });
  const stores = options.stores?.(memory) ?? memory;
  const scheduler = createScheduler({ clock, timer, signals, turn: nextTurn, onError });
  const registry = createRegistry(options.seed ?? {});
  const service = createService({
    stores,
    clock,
    ids,
    turn: nextTurn,
    signals,
    registry,
    lifetimes: spec.lifetimes,
    maxPageBytes: spec.maxPageBytes,
    maxViewBytes: spec.maxViewBytes,
  });
  const rules = { ...spec.socket, limits: { ...spec.socket.limits, ...options.limits } };
  let judgedMessages = 0;
  const judge = (message: unknown) => {
    judgedMessages += 1;
    const faults = spec.socket.checkServerMessage(message);
    if (faults.length > 0) throw new Error(`the documents forbid ${JSON.stringify(message)}: ${JSON.stringify(faults)}`);
  };
  const hub = createHub({
    rules,
    delivery: service.delivery,
    signals,
    clock,
    timer,
    push: options.push ?? 'embed',
    heartbeatSeconds: options.heartbeatSeconds,
    validate: judge,
    wakeBy: scheduler.wakeBy,
    onError,
  });
  scheduler.addSource(service.due);
  scheduler.addSource(hub.tokenExpiry);

  async function subscribe(alias: string, platform: PlatformType, deviceId = `${alias}-${platform}`): Promise<Subscription> {
    return (await service.subscriptions.subscribe(user(alias), { application, deviceId, platform })).subscription;
  }

  async function connect(subscription: Subscription, cursor?: string, tokenExpiresAt?: number): Promise<TestDevice> {
    const messages: ServerMessage[] = [];
    const fresh = await service.subscriptions.own(user(subscription.feed.userId), subscription.unsid);
    let waiting: Buffer[] = [];
    let drained: (() => void)[] = [];
    let isReading = true;
    let isOpen = true;
    let isPaused = false;
    let isTerminated = false;
    let pings = 0;
    let taken = 0;
    let closed: { code: number; reason: string } | undefined;
    const unsent = () => waiting.reduce((sum, { length }) => sum + length, 0);
    const take = (frame: Buffer) => {
      taken += frame.length;
      messages.push(JSON.parse(payloadOf(frame)) as ServerMessage);
    };
    const line = {
      isOpen: () => isOpen,
      unsentBytes: unsent,
      write: (frame: Buffer) => {
        if (isReading) take(frame);
        else waiting.push(frame);
      },
      whenDrained: (run: () => void) => {
        drained.push(run);
      },
      cork: () => undefined,
      uncork: () => undefined,
      drainToken: () => String(taken),
      ping: () => {
        pings += 1;
      },
      pong: () => undefined,
      close: (code: number, reason: string) => {
        closed ??= { code, reason };
        isOpen = false;
      },
      terminate: () => {
        isTerminated = true;
        isOpen = false;
        if (connection) hub.onClosed(connection);
      },
    };
    const connection: Connection | undefined = await hub.open({ subscription: fresh, cursor, writer: line, tokenExpiresAt });
    if (!connection) throw new Error('the line was closed before its session was open');
    const inbox = createInbox({
      connection,
      hub,
      onError,
      pause: () => {
        isPaused = true;
      },
      resume: () => {
        isPaused = false;
      },
    });
    const send = (text: string) => {
      inbox.accept(Buffer.from(text), false);
      return settle();
    };
    await settle();
    return {
      subscription: fresh,
      connection,
      messages,
      send,
      unsent,
      pings: () => pings,
      closed: () => closed,
      terminated: () => isTerminated,
      isPaused: () => isPaused,
      ack: (to) => send(JSON.stringify({ type: 'ack', cursor: to })),
      cut: () => {
        isOpen = false;
        hub.onClosed(connection);
      },
      stopReading: () => {
        isReading = false;
      },
      readAll: async () => {
        isReading = true;
        while (waiting.length > 0) {
          const frames = waiting;
          waiting = [];
          for (const frame of frames) take(frame);
          const runs = drained;
          drained = [];
          for (const run of runs) run();
          await settle();
        }
      },
    };
  }

  const request = (more: Partial<NotificationRequest> = {}): NotificationRequest => ({
    targetHostName: application,
    payload: { rawContent: 'Hello' },
    ...more,
  });

  return {
    clock,
    timer,
    ids,
    signals,
    stores,
    scheduler,
    service,
    hub,
    errors,
    subscribe,
    connect,
    request,
    settle,
    /** How many messages were serialised so far. */
    judged: () => judgedMessages,
    /** Publishes to the user of this subscription and lets the fan-out happen. */
    publish: async (to: Subscription, more: Partial<NotificationRequest> = {}) => {
      const { notification } = await service.publish(appServer, { unsid: to.unsid }, request(more));
      await settle();
      return notification;
    },
    /** Moves the service clock; what falls due happens. */
    advance: async (seconds: number) => {
      await scheduler.advance(seconds * 1000);
      await settle();
    },
  };
}

/** Undoes the framing of a server's text message. */
function payloadOf(frame: Buffer): string {
  const short = (frame[1] ?? 0) & 0x7f;
  const start = short < 126 ? 2 : short === 126 ? 4 : 10;
  return frame.subarray(start).toString('utf8');
}

export const notificationsOf = (device: TestDevice) => device.messages.filter((message) => message.type === 'notification');
export type Core = ReturnType<typeof createCore>;
