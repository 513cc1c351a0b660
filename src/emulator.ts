// The composition root: builds clock, ids, stores, service, HTTP and sockets for one emulator, and starts and stops it.
import type { Fault } from './domain/errors.ts';
import type { Admission, Authenticator, Clock, Ids, Signals, Stores, Timer } from './domain/ports.ts';
import { createHttpApp } from './http/app.ts';
import { createHandlers } from './http/handlers/handlers.ts';
import { serveAsOrdinaryRequest } from './http/ordinary-request.ts';
import { beginRequest } from './http/request-context.ts';
import { answerOnSocket, createServer } from './http/server.ts';
import { createCallers } from './identity/callers.ts';
import type { TrustedIssuer } from './identity/foreign-issuers.ts';
import type { Seed } from './identity/seed.ts';
import type { SigningKeys } from './identity/signing-keys.ts';
import { createServiceClock } from './runtime/clock.ts';
import { createRandomIds } from './runtime/ids.ts';
import { closeServer, listen } from './runtime/listen.ts';
import { createLog, type Log, type LogLevel } from './runtime/log.ts';
import { createLocalSignals } from './runtime/signals.ts';
import { faultOf, StartError } from './runtime/start-options.ts';
import { createTimer } from './runtime/timer.ts';
import { version } from './runtime/version.ts';
import { createScheduler } from './service/scheduler.ts';
import { createService } from './service/service.ts';
import { createHub } from './socket/hub.ts';
import { createMessageJudge } from './socket/message-judge.ts';
import { attachSockets } from './socket/upgrade.ts';
import { loadSpec, type Spec } from './spec/spec.ts';
import { createMemoryStores } from './stores/memory.ts';

/** What an emulator is started with; everything may be left out. */
export interface EmulatorOptions {
  /** TCP port; 0 (the default) takes a free one. */
  readonly port?: number;
  /** Address to listen on. Default `127.0.0.1`: only this machine. */
  readonly host?: string;
  /** OpenAPI or AsyncAPI documents (paths) that replace the shipped ones of their kind. */
  readonly spec?: readonly string[];
  /** Seed file (path to YAML or JSON) or its content: users, applications, clients, block list (F18, F30). */
  readonly seed?: string | Seed;
  /** `strict` accepts nothing but signed tokens; `relaxed` (default) development tokens too. */
  readonly auth?: 'relaxed' | 'strict';
  /** Another issuer whose tokens are accepted too; they are judged by real time. */
  readonly trustedIssuer?: TrustedIssuer;
  /** `embed` (default) pushes notifications; `signal` only tells that something changed (F24). */
  readonly push?: 'embed' | 'signal';
  /** Seconds between two pings (R7). Default: the document's, 30. */
  readonly heartbeatSeconds?: number;
  /** Origin of the URLs in answers, e.g. `https://notify.example`. Default: the one each request came to. */
  readonly publicOrigin?: string;
  /** Judges every answer and socket message by the documents and never sends what they forbid. Default false. */
  readonly validateResponses?: boolean;
  /** What is logged on stderr. Default `silent`. */
  readonly logLevel?: LogLevel;
}

/** Parts that tests put in place of the real ones. */
export interface EmulatorParts {
  /** Documents that are loaded already; `options.spec` is not read then. */
  readonly spec: Spec;
  readonly clock: Clock;
  /** Real time, for the tokens of a trusted issuer. */
  readonly realNow: () => number;
  readonly timer: Timer;
  readonly ids: Ids;
  readonly log: Log;
  readonly authenticator: Authenticator;
  readonly admission: Admission;
  readonly signingKeys: SigningKeys;
  readonly stores: (stores: Stores) => Stores;
  readonly signals: (signals: Signals) => Signals;
  readonly onViolation: (where: string, faults: readonly Fault[]) => void;
}

/** An emulator that runs in this process. */
export interface Emulator {
  /** Where it listens, e.g. `http://127.0.0.1:4280`. */
  readonly url: string;
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
  const fault = faultOf(options);
  if (fault !== undefined) throw new StartError(fault);
  const log = parts.log ?? createLog(options.logLevel ?? 'silent');
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
  const scheduler = createScheduler({ clock, timer, onError });
  const { wakeBy } = scheduler;
  const service = createService({ stores, clock, ids, signals, registry, lifetimes: spec.lifetimes, wakeBy });
  const validateResponses = options.validateResponses ?? false;
  const judge = validateResponses ? createMessageJudge(spec.socket.checkServerMessage, onViolation) : undefined;
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
    judge,
    wakeBy,
    onError,
  });
  scheduler.addSource(service.due);
  scheduler.addSource(hub.tokenExpiry);

  let isDraining = false;
  const startedAt = clock.now();
  const reset = async () => {
    await stores.reset();
    callers.reset();
    signals.publish({ kind: 'reset' });
    clock.reset();
    await scheduler.rearm();
  };
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
  const server = createServer(app);
  const handshakes = attachSockets(server, {
    socket: spec.socket,
    hub,
    authenticator,
    admission,
    clock,
    subscriptionOf: service.subscriptions.own,
    refuse: (req, socket, refusal) => {
      log.info(`${req.method} ${spec.socket.path} refused: ${refusal.kind}`);
      answerOnSocket(answering, socket, beginRequest(answering, req, socket), refusal);
    },
    serveOrdinary: (req, socket, head) => serveAsOrdinaryRequest(server, req, socket, head),
    draining: () => isDraining,
    onError,
  });
  const url = await listen(server, options.host ?? '127.0.0.1', options.port ?? 0).catch(async (error: unknown) => {
    hub.stop();
    await scheduler.stop();
    throw error;
  });
  log.debug(`listening at ${url}`);

  let stopped: Promise<void> | undefined;
  const stop = async () => {
    isDraining = true;
    hub.closeAll();
    await scheduler.stop();
    await closeServer(server, () => {
      handshakes.cut();
      hub.stop();
    });
    hub.stop();
  };
  return {
    url,
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
