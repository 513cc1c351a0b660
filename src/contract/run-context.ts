// Connects a run to its target, and assembles what the engine needs: rate limit, clock, checks, transport, devices.
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerChecks } from '../checks/all-checks.ts';
import { declaredFor } from '../checks/declared.ts';
import { createMessageChecks } from '../checks/message-checks.ts';
import type { Catalogue } from '../checks/requirement.ts';
import { type Throttled, throttlingFindings } from '../checks/throttling.ts';
import type { Spec } from '../documents/spec.ts';
import { isLoopbackUrl } from '../net/loopback.ts';
import { type CheckResults, createCheckResults } from './engine/check-results.ts';
import { type Coverage, createCoverage } from './engine/coverage.ts';
import type { EngineParts } from './engine/engine.ts';
import type { RunEvent } from './engine/events.ts';
import { createSkipReason } from './engine/select.ts';
import type { ContractOptions } from './options.ts';
import { type BuiltTarget, buildTarget, dateOf } from './target/build-target.ts';
import { createLifetime, type Lifetime } from './target/lifetime.ts';
import { createBackoffMeter, createRateLimiter, defaultRatePerSecond, type RequestPacing } from './target/rate-limit.ts';
import type { ResponseWatch } from './target/response-watch.ts';
import type { Target } from './target/target.ts';
import { createTargetClock, type RunClock } from './target/target-clock.ts';
import { createTransport } from './target/transport.ts';

export interface RunContextOptions {
  readonly options: ContractOptions;
  readonly spec: Spec;
  readonly catalogue: Catalogue;
  readonly emit: (event: RunEvent) => Promise<void>;
}

export interface RunContext extends Pick<Lifetime, 'stopReason' | 'end'> {
  readonly engine: EngineParts;
  readonly coverage: Coverage;
}

const defaultTimeoutMs = 10_000;
const elapsed = () => performance.now();
// The timer keeps the process alive: while all requests wait, nothing else does.
const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal });

/** @throws TypeError for an invalid URL, ConnectionError if the target cannot be reached */
export async function createRunContext({ options, spec, catalogue, emit }: RunContextOptions): Promise<RunContext> {
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const rate = options.rate ?? (isLoopbackUrl(options.url) ? undefined : defaultRatePerSecond);
  // Random, so that two runs that start at the same moment do not share users and devices.
  const prefix = `unsid-${randomBytes(5).toString('hex')}`;
  const results = createCheckResults(answerChecks, catalogue);
  const coverage = createCoverage(spec);
  const backoff = createBackoffMeter({ pause, elapsed });
  const lifetime = createLifetime(options, elapsed);
  const { connection, requests, handshakes, signal, over } = lifetime;
  const pacing = { ...pacingOf(rate, backoff.pause, results), requests, handshakes };
  const limits = { timeoutMs, handshakes, over };
  let targetNow: () => number = Date.now;
  const watch = createMessageChecks({ spec, sink: results, now: () => targetNow() });
  const built = await buildTarget({ options, prefix, watch, pacing, limits, connection, signal });
  const { target, openSocket } = built;
  const clock = clockOf(options, built);
  targetNow = clock.now;
  const engine: EngineParts = {
    catalogue,
    listener: emit,
    results,
    clock,
    refreshClock: () => refreshClock(clock, target, { signal, timeoutMs }),
    devices: target.devices ?? noDevices(),
    openSocket: openSocket ?? noSocket,
    send: createSend({ target, timeoutMs, pacing, requests, spec, clock, coverage, results, emit }),
    pause,
    elapsed,
    waitedMs: backoff.waitedMs,
    skipReason: createSkipReason({ target, hasSocket: openSocket !== undefined, isSlow: options.slow ?? false }),
    known: options.known ?? new Set(),
    seed: options.randomSeed ?? 1,
    prefix,
    application: options.application,
    given: givenOf(options, target),
    // Few at a low rate: cases that wait for the rate limit make no progress, and would time out.
    concurrency: options.concurrency ?? Math.min(8, Math.max(1, Math.floor((rate ?? 40) / 5))),
    caseTimeoutMs: Math.ceil(3 * timeoutMs + (rate === undefined ? 0 : 100_000 / rate)),
    bail: options.bail ?? false,
    // Ctrl-C ends a run within about two of them; longer at a low rate, where deleting what was created takes longer.
    stopGraceMs: rate === undefined ? 1000 : Math.min(3000, 1000 + 1000 / rate),
    signal,
  };
  return { engine, coverage, stopReason: lifetime.stopReason, end: lifetime.end };
}

function pacingOf(rate: number | undefined, backoff: RequestPacing['pause'], results: CheckResults): RequestPacing {
  const onThrottled = (throttled: Throttled): void => {
    const found = throttlingFindings(throttled);
    if (found) results.exercise('throttling');
    for (const finding of found ?? []) results.add(finding);
  };
  return { acquire: createRateLimiter(rate, { pause, elapsed }), pause: backoff, onThrottled };
}

function clockOf({ slow = false, afterClockMoved }: ContractOptions, { target, date }: BuiltTarget): RunClock {
  const clock = createTargetClock({
    localNow: Date.now,
    hasControl: target.controlUrl !== undefined,
    isSlow: slow,
    afterMove: afterClockMoved ?? (() => undefined),
  });
  // The first case already needs the target's time.
  observeDate(clock, date);
  return clock;
}

async function refreshClock(clock: RunClock, { controlUrl, fetch }: Target, how: Parameters<typeof dateOf>[2]): Promise<void> {
  const date = controlUrl === undefined ? undefined : await dateOf(fetch, controlUrl, how);
  if (date !== undefined) observeDate(clock, date);
}

function observeDate(clock: RunClock, date: string | undefined): void {
  clock.observe({ answer: { headers: date === undefined ? {} : { date } }, durationMs: 0 });
}

function givenOf({ application }: ContractOptions, { profile, devices, unsid }: Target): EngineParts['given'] {
  return {
    hasClient: profile === 'client' || profile === 'full',
    hasDevices: devices !== undefined,
    unsid,
    isApplicationGiven: application !== undefined,
  };
}

interface SendParts {
  readonly target: Target;
  readonly timeoutMs: number;
  readonly pacing: RequestPacing;
  readonly requests: ResponseWatch;
  readonly spec: Spec;
  readonly clock: RunClock;
  readonly coverage: Coverage;
  readonly results: CheckResults;
  readonly emit: (event: RunEvent) => Promise<void>;
}

/** Sends the requests of cases, and runs all checks on every response. */
function createSend({ target, timeoutMs, pacing, requests, spec, clock, coverage, results, emit }: SendParts): EngineParts['send'] {
  const transport = createTransport({
    target,
    timeoutMs,
    acquire: pacing.acquire,
    requests,
    pause: pacing.pause,
    elapsed,
    newId: randomUUID,
  });
  const seen = { requestIds: new Set<string>(), postedIds: new Map<string, string | undefined>() };
  return async (info, request, signal) => {
    let operationId: string | undefined;
    const exchange = await transport.send(request, signal, (one) => {
      clock.observe(one);
      if (request.surface === 'control') return;
      const declared = declaredFor(one, spec);
      operationId = declared.operation?.operationId;
      coverage.record(declared.operation, one.answer);
      results.record(one, { spec, declared, ...seen, now: clock.now() }, info.id);
    });
    await emit({ kind: 'exchange', case: info, exchange, ...(operationId === undefined ? {} : { operationId }) });
    return exchange;
  };
}

const noSocket: EngineParts['openSocket'] = async () => {
  throw new Error('The target has no device socket.');
};

/** Cases that need devices are skipped before they call these. */
function noDevices(): EngineParts['devices'] {
  const none = async (): Promise<never> => {
    throw new Error('The target has no devices.');
  };
  return { subscribe: none, unsubscribe: none, connect: none, list: none, changes: none, update: none, remove: none };
}
