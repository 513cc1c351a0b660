// Runs the contract suite: target, cases, engine, summary.
import { randomBytes, randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerChecks } from '../checks/all-checks.ts';
import { declaredFor } from '../checks/declared.ts';
import { createMessageChecks, messageRequirements } from '../checks/message-checks.ts';
import { loadCatalogue } from '../checks/requirement.ts';
import { type Throttled, throttlingFindings } from '../checks/throttling.ts';
import { loadSpec } from '../documents/spec.ts';
import { isLoopbackUrl } from '../net/loopback.ts';
import type { Case } from './case.ts';
import { createCheckResults } from './engine/check-results.ts';
import { assertEveryRequirementHasCase, createCoverage, unexercised } from './engine/coverage.ts';
import { type EngineParts, infoOf, runCases } from './engine/engine.ts';
import type { Outcome, OutcomeKind, RunEvent, Summary } from './engine/events.ts';
import { createSkipReason, selectCases } from './engine/select.ts';
import { generatedCases } from './generators/generated-cases.ts';
import type { ContractOptions } from './options.ts';
import { scenarioCases } from './scenarios/scenarios.ts';
import { tableCases } from './tables/table-cases.ts';
import { buildTarget, dateOf } from './target/build-target.ts';
import { createBackoffMeter, createRateLimiter, defaultRatePerSecond } from './target/rate-limit.ts';
import { createTargetClock } from './target/target-clock.ts';
import { createTransport } from './target/transport.ts';

export interface ContractResult {
  readonly summary: Summary;
  readonly outcomes: readonly Outcome[];
}

/** Every case there is, in a fixed order. */
export async function allCases(options: Pick<ContractOptions, 'spec' | 'randomSeed'>): Promise<readonly Case[]> {
  const spec = await loadSpec({ files: options.spec ?? [] });
  return [...generatedCases(spec, options.randomSeed ?? 1), ...(await tableCases()), ...scenarioCases];
}

/**
 * Judges an implementation. Failures are in the result; it rejects only when it could not run at all.
 * @throws TypeError for an address that is no URL, DocumentError, ConnectionError when the target cannot be reached
 */
export async function runContract(options: ContractOptions): Promise<ContractResult> {
  const began = performance.now();
  const elapsed = () => performance.now();
  const given = options.signal ?? new AbortController().signal;
  const seed = options.randomSeed ?? 1;
  // Two runs that start in one moment must not take each other's users and devices.
  const prefix = `unsid-${randomBytes(5).toString('hex')}`;
  const spec = await loadSpec({ files: options.spec ?? [] });
  const catalogue = await loadCatalogue();
  const every = await allCases(options);
  assertEveryRequirementHasCase(catalogue.all, every, new Set([...Object.keys(answerChecks), ...messageRequirements]));
  const cases = selectCases(every, options);
  const book = createCheckResults(answerChecks, catalogue);
  const coverage = createCoverage(spec);
  const seen = { requestIds: new Set<string>(), postedIds: new Map<string, string | undefined>() };
  const isSlow = options.slow ?? false;
  let targetNow: () => number = Date.now;
  const pause = (ms: number, until: AbortSignal) => sleep(ms, undefined, { signal: until, ref: false });
  const rate = options.rate ?? (isLoopbackUrl(options.url) ? undefined : defaultRatePerSecond);
  const turn = createRateLimiter(rate, { pause, elapsed });
  const waits = createBackoffMeter({ pause, elapsed });
  const onThrottled = (throttled: Throttled): void => {
    const found = throttlingFindings(throttled);
    if (found) book.exercise('throttling');
    for (const finding of found ?? []) book.add(finding);
  };
  const { target, openSocket, date, silent } = await buildTarget({
    options,
    prefix,
    watch: createMessageChecks({ spec, sink: book, now: () => targetNow() }),
    pacing: { acquire: turn, pause: waits.pause, onThrottled },
    signal: given,
  });
  const signal = AbortSignal.any([given, silent]);
  // Every request that waits for its turn listens to it.
  setMaxListeners(0, signal);
  const clock = createTargetClock({
    localNow: Date.now,
    hasControl: target.controlUrl !== undefined,
    isSlow,
    afterMove: options.afterClockMoved ?? (() => undefined),
  });
  targetNow = clock.now;
  // The very first case must know the target's time already.
  clock.observe({ answer: { headers: date === undefined ? {} : { date } }, durationMs: 0 });
  const tell = async (event: RunEvent) => {
    for (const listener of options.listeners ?? []) await listener(event);
  };
  const timeoutMs = options.timeoutMs ?? 10_000;
  const transport = createTransport({
    target,
    timeoutMs,
    acquire: turn,
    pause: waits.pause,
    elapsed,
    newId: randomUUID,
  });
  const send: EngineParts['send'] = async (info, request, until) => {
    let operationId: string | undefined;
    const exchange = await transport.send(request, until, (one) => {
      clock.observe(one);
      if (request.surface === 'control') return;
      const declared = declaredFor(one, spec);
      operationId = declared.operation?.operationId;
      coverage.record(declared.operation, one.answer);
      book.record(one, { spec, declared, ...seen, now: clock.now() }, info.id);
    });
    await tell({ kind: 'exchange', case: info, exchange, ...(operationId === undefined ? {} : { operationId }) });
    return exchange;
  };
  await tell({
    kind: 'run-started',
    target: options.url,
    cases: cases.map(infoOf),
    requirements: catalogue.all,
    seed,
    at: new Date().toISOString(),
  });
  const whyNot = createSkipReason({ target, hasSocket: openSocket !== undefined, isSlow });
  const outcomes = await runCases(cases, {
    catalogue,
    listener: tell,
    results: book,
    clock,
    refreshClock: async () => {
      const date = target.controlUrl === undefined ? undefined : await dateOf(target.fetch, target.controlUrl, timeoutMs);
      if (date !== undefined) clock.observe({ answer: { headers: { date } }, durationMs: 0 });
    },
    devices: target.devices ?? noDevices(),
    openSocket: openSocket ?? noSocket,
    send,
    pause,
    elapsed,
    waitedMs: waits.waitedMs,
    skipReason: whyNot,
    known: options.known ?? new Set(),
    seed,
    prefix,
    application: options.application,
    given: {
      hasClient: target.profile === 'client' || target.profile === 'full',
      hasDevices: target.devices !== undefined,
      unsid: target.unsid,
      isApplicationGiven: options.application !== undefined,
    },
    // Cases that wait for their turn make no progress, and must not be taken for ones that hang.
    concurrency: options.concurrency ?? Math.min(8, Math.max(1, Math.floor((rate ?? 40) / 5))),
    caseTimeoutMs: Math.ceil(3 * timeoutMs + (rate === undefined ? 0 : 100_000 / rate)),
    bail: options.bail ?? false,
    signal,
  });
  const checked = book.outcomes();
  for (const outcome of checked) await tell({ kind: 'case-finished', outcome });
  const all = [...outcomes, ...checked];
  const summary: Summary = {
    ...counted(all),
    unexercised: unexercised(catalogue.all, all),
    unseenStatuses: coverage.unseenStatuses(),
    durationMs: performance.now() - began,
    isPartial: outcomes.length < cases.length,
    isSelection: cases.length < every.length,
  };
  await tell({ kind: 'run-finished', summary });
  return { summary, outcomes: all };
}

function counted(outcomes: readonly Outcome[]): Pick<Summary, 'outcomes' | 'unexpectedPasses' | 'warnings'> {
  const counts: Record<OutcomeKind, number> = { pass: 0, fail: 0, error: 0, skip: 0, known: 0 };
  for (const { kind } of outcomes) counts[kind] += 1;
  return {
    outcomes: counts,
    unexpectedPasses: outcomes.filter(({ isUnexpectedPass }) => isUnexpectedPass).length,
    warnings: outcomes.filter(({ kind, findings }) => kind === 'pass' && findings.length > 0).length,
  };
}

const noSocket: EngineParts['openSocket'] = async () => {
  throw new Error('The target has no device socket.');
};

/** Cases that need devices are skipped before they ask. */
function noDevices(): EngineParts['devices'] {
  const none = async (): Promise<never> => {
    throw new Error('The target has no devices.');
  };
  return { subscribe: none, unsubscribe: none, connect: none, list: none, changes: none, update: none, remove: none };
}
