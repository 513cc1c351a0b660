// The composition root: builds clock, ids, stores, service, HTTP and sockets for one emulator, and starts and stops it.
import type { IncomingMessage, Server } from 'node:http';
import { loadSpec, type Spec } from './documents/spec.ts';
import type { Violation } from './domain/errors.ts';
import type { Caller } from './domain/model.ts';
import type { Admission, Authenticator, Clock, Ids, Signals, Stores, Timer } from './domain/ports.ts';
import { createActivityLog } from './emulator/activity-log.ts';
import type { Emulator } from './emulator/emulator-face.ts';
import type { EmulatorOptions } from './emulator/emulator-options.ts';
import { httpsFaultOf } from './emulator/https-options.ts';
import { startServers } from './emulator/servers.ts';
import { createHttpApp } from './http/app.ts';
import { beginRequest } from './http/context.ts';
import { createHandlers } from './http/handlers/handlers.ts';
import { refuseOnSocket, serveIgnoringUpgrade } from './http/server.ts';
import { createCallers } from './identity/callers.ts';
import type { SigningKeys } from './identity/tokens/signing-keys.ts';
import { createServiceClock } from './runtime/clock.ts';
import { createRandomIds } from './runtime/ids.ts';
import { createLog, type Log } from './runtime/log.ts';
import { createLocalSignals } from './runtime/signals.ts';
import { faultOf, StartError } from './runtime/start-options.ts';
import { createTimer } from './runtime/timer.ts';
import { nextTurn } from './runtime/turn.ts';
import { version } from './runtime/version.ts';
import { createScheduler } from './service/scheduler.ts';
import { createService } from './service/service.ts';
import { createHub } from './socket/hub.ts';
import { createMessageValidator } from './socket/message-validator.ts';
import { attachSockets } from './socket/upgrade.ts';
import { createMemoryStores } from './stores/memory.ts';

export type { Emulator } from './emulator/emulator-face.ts';
export type { EmulatorOptions } from './emulator/emulator-options.ts';
export type { HttpsOptions } from './emulator/https-options.ts';

/** Parts that tests put in place of the real ones. */
export interface EmulatorParts {
  /** Documents that are loaded already; `options.spec` is not read then. */
  readonly spec: Spec;
  readonly clock: Clock;
  readonly timer: Timer;
  /** Real time, in milliseconds since 1970: certificates and the tokens of a trusted issuer are judged by it. */
  readonly realNow: () => number;
  readonly ids: Ids;
  readonly log: Log;
  readonly authenticator: Authenticator;
  readonly admission: Admission;
  readonly signingKeys: SigningKeys;
  readonly stores: (stores: Stores) => Stores;
  readonly signals: (signals: Signals) => Signals;
  readonly onViolation: (where: string, faults: readonly Violation[]) => void;
}

/** As the control surface has it. */
const mostSeconds = 31_536_000;

/**
 * Starts an emulator in this process. Several live side by side and know nothing of each other.
 * @throws StartError, DocumentError, SeedError, KeySetError
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  return composeEmulator(options, {});
}

export async function composeEmulator(options: EmulatorOptions, parts: Partial<EmulatorParts>): Promise<Emulator> {
  const fault = faultOf(options) ?? httpsFaultOf(options);
  if (fault !== undefined) throw new StartError(fault);
  const log = parts.log ?? createLog({ level: options.logLevel ?? 'silent', format: options.logFormat });
  const onError = (error: unknown) => log.error('unexpected', error);
  const onViolation = parts.onViolation ?? (() => undefined);
  const spec = parts.spec ?? (await loadSpec({ files: options.spec ?? [] }));
  const clock = parts.clock ?? createServiceClock();
  const timer = parts.timer ?? createTimer();
  const ids = parts.ids ?? createRandomIds();
  const localSignals = createLocalSignals(onError);
  const signals = parts.signals?.(localSignals) ?? localSignals;
  const memory = createMemoryStores({ ids });
  const stores = parts.stores?.(memory) ?? memory;
  const callers = await createCallers(options, {
    ...parts,
    grants: stores.grants,
    clock,
    realNow: parts.realNow ?? Date.now,
    ids,
    lifetimes: spec.identityLifetimes,
    warn: log.warn,
  });
  const { registry, authenticator, admission, identity } = callers;
  const activity =
    log.events &&
    createActivityLog({
      events: log.events,
      monotonicNow: timer.now,
      subscriptionsOf: (feed) => stores.subscriptions.ofFeed(feed, clock.now()),
      defer: setImmediate,
    });
  const scheduler = createScheduler({ clock, timer, turn: nextTurn, onError });
  const { wakeBy } = scheduler;
  const service = createService({
    stores,
    clock,
    ids,
    signals,
    registry,
    lifetimes: spec.lifetimes,
    maxPageBytes: spec.maxPageBytes,
    wakeBy,
    activity,
  });
  const validateResponses = options.validateResponses ?? false;
  const judge = validateResponses ? createMessageValidator(spec.socket.checkServerMessage, onViolation) : undefined;
  const { push = 'embed', heartbeatSeconds } = options;
  const hub = createHub({
    rules: spec.socket,
    delivery: service.delivery,
    signals,
    clock,
    timer,
    ids,
    push,
    heartbeatSeconds,
    validate: judge,
    wakeBy,
    onError,
  });
  scheduler.addSource(service.due);
  scheduler.addSource(hub.tokenExpiry);

  let isDraining = false;
  const startedAt = clock.now();
  const reset = () =>
    scheduler.replace(async () => {
      await stores.reset();
      callers.reset();
      signals.publish({ kind: 'reset' });
      clock.reset();
    });
  const control = { startedAt, stores, hub, clock, reset, advance: (seconds: number) => scheduler.advance(seconds * 1000), version };
  const handlers = createHandlers({ service, identity, clock, socketPath: spec.socket.path, control });
  const answering = {
    spec,
    clock,
    timer,
    ids,
    log,
    version,
    publicOrigin: options.publicOrigin,
    validateResponses,
    draining: () => isDraining,
    onViolation,
  };
  const app = createHttpApp({ ...answering, handlers, authenticator, admission });
  const handshakeCallers = new WeakMap<IncomingMessage, Caller>();
  const attach = (server: Server) =>
    attachSockets(server, {
      socket: spec.socket,
      hub,
      authenticator,
      admission,
      clock,
      subscriptionOf: service.subscriptions.own,
      refuse: (req, socket, refusal) => {
        const request = beginRequest(answering, req, socket);
        refuseOnSocket(answering, socket, { req, request, refusal, caller: handshakeCallers.get(req) });
      },
      serveIgnoringUpgrade: (req, socket, head) => serveIgnoringUpgrade(server, req, socket, head),
      onCaller: log.events && ((req, caller) => void handshakeCallers.set(req, caller)),
      draining: () => isDraining,
      onError,
    });
  const { stop: stopServers, ...where } = await startServers(options, {
    app,
    attachSockets: attach,
    timer,
    realNow: parts.realNow ?? Date.now,
    log,
  }).catch(async (error: unknown) => {
    hub.stop();
    await scheduler.stop();
    throw error;
  });

  let stopped: Promise<void> | undefined;
  const stop = async () => {
    isDraining = true;
    const sockets = hub.count();
    hub.closeAll();
    await scheduler.stop();
    await stopServers(hub.stop);
    hub.stop();
    await activity?.flush();
    log.events?.write({ event: 'stopped', sockets });
  };
  return {
    ...where,
    advance: async (seconds) => {
      if (!(seconds >= 0 && seconds <= mostSeconds))
        throw new RangeError(`seconds: expected a number from 0 to ${mostSeconds}, not ${seconds}`);
      if (isDraining) throw new Error('The emulator has been stopped.');
      await control.advance(seconds);
    },
    reset,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}
