// Runs cases against a target and emits events: concurrently, except for cases that would interfere with others.
import { setMaxListeners } from 'node:events';
import type { Exchange, HttpRequest } from '../../checks/exchange.ts';
import { CaseSkipped, ContractFailure, type Finding, type TranscriptLine } from '../../checks/failure.ts';
import type { Catalogue } from '../../checks/requirement.ts';
import { createRandom, hash } from '../../values/random.ts';
import type { Case, CaseContext, Given } from '../case.ts';
import type { DeviceAdapter } from '../target/adapter.ts';
import type { OpenRawSocket } from '../target/raw-socket.ts';
import type { RunClock } from '../target/target-clock.ts';
import type { CheckResults } from './check-results.ts';
import { type CleanUps, createCleanUps } from './clean-ups.ts';
import type { CaseInfo, Outcome, RunListener } from './events.ts';
import { aborted, settledBefore, type TimeoutParts, timeoutExcludingBackoff } from './timeouts.ts';
import { type TraceCall, traceDevices, traceSockets } from './traced-devices.ts';

export interface EngineParts extends TimeoutParts {
  readonly catalogue: Catalogue;
  readonly listener: RunListener;
  /** Collects the findings of the checks on all exchanges. */
  readonly results: CheckResults;
  readonly clock: RunClock;
  /** Measures the target's clock now. */
  readonly refreshClock: () => Promise<void>;
  readonly devices: DeviceAdapter;
  readonly openSocket: OpenRawSocket;
  /** Sends a request of a case and records the exchange. */
  readonly send: (info: CaseInfo, request: HttpRequest, signal: AbortSignal) => Promise<Exchange>;
  readonly elapsed: () => number;
  /** States why this case cannot run on this target; undefined if it can. */
  readonly skipReason: (one: Case) => string | undefined;
  /** Ids of cases that are known to fail. */
  readonly known: ReadonlySet<string>;
  readonly seed: number;
  /** Prefix of all generated names. */
  readonly prefix: string;
  readonly application: string | undefined;
  readonly given: Given;
  readonly concurrency: number;
  /** Timeout for a case in milliseconds; `slow` and `clock` cases get ten times that, and at least ten minutes. */
  readonly caseTimeoutMs: number;
  readonly bail: boolean;
}

/** Smaller differences are measurement errors: the clock is known to about a second. */
const externalMoveMs = 5000;
const maxAttempts = 3;

/** Returns all outcomes in the order in which cases finished. Cases that advance the clock run last and one at a time; those that only wait run concurrently. */
export async function runCases(cases: readonly Case[], parts: EngineParts): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const isAlone = (one: Case) => one.needs.includes('clock') && parts.clock.isMoved;
  const stopped = () => parts.signal.aborted || (parts.bail && outcomes.some(({ kind }) => kind === 'fail' || kind === 'error'));
  const work = async (queue: Case[]): Promise<void> => {
    for (let one = queue.shift(); one !== undefined && !stopped(); one = queue.shift()) {
      outcomes.push(await runCase(one, parts));
    }
  };
  const together = cases.filter((one) => !isAlone(one));
  await Promise.all(Array.from({ length: parts.concurrency }, () => work(together)));
  await work(cases.filter(isAlone));
  return outcomes;
}

export function infoOf({ id, requirement, title, surface, operationId, origin }: Case): CaseInfo {
  return { id, requirement, title, surface, origin, ...(operationId === undefined ? {} : { operationId }) };
}

async function runCase(one: Case, parts: EngineParts): Promise<Outcome> {
  const info = infoOf(one);
  const began = parts.elapsed();
  await parts.listener({ kind: 'case-started', case: info });
  const reason = parts.skipReason(one);
  const result = reason === undefined ? await retryIfClockMoved(one, info, parts) : skipped(reason);
  const outcome: Outcome = { case: info, ...applyKnownFailures(result, parts, one.id), durationMs: parts.elapsed() - began };
  await parts.listener({ kind: 'case-finished', outcome });
  return outcome;
}

const skipped = (reason: string): Result => ({ kind: 'skip', reason, findings: [] });

/** If another client has moved the target's clock during a case, its failure is not the target's: the case is retried. */
async function retryIfClockMoved(one: Case, info: CaseInfo, parts: EngineParts): Promise<Result> {
  const { clock, refreshClock, signal } = parts;
  for (let number = 1; number <= maxAttempts; number += 1) {
    const before = clock.externalMs();
    const result = await attempt(one, info, { ...parts, attempt: number });
    if (!clock.isMoved || signal.aborted || (result.kind !== 'fail' && result.kind !== 'error')) return result;
    await refreshClock();
    if (Math.abs(clock.externalMs() - before) < externalMoveMs) return result;
  }
  return { kind: 'error', reason: "Another client keeps moving the target's clock, so that the case has no verdict.", findings: [] };
}

type Result = Pick<Outcome, 'kind' | 'reason' | 'findings' | 'isUnexpectedPass'>;

/** Turns failures of known cases into `known`; violations of SHOULD requirements alone do not fail a case. */
function applyKnownFailures(result: Result, { known, catalogue }: EngineParts, id: string): Result {
  const breaksMust = result.findings.some(({ requirement }) => catalogue.get(requirement).level === 'MUST');
  const kind = result.kind === 'fail' && !breaksMust ? 'pass' : result.kind;
  if (!known.has(id)) return { ...result, kind };
  return kind === 'fail' ? { ...result, kind: 'known' } : { ...result, kind, ...(kind === 'pass' ? { isUnexpectedPass: true } : {}) };
}

async function attempt(one: Case, info: CaseInfo, parts: AttemptParts): Promise<Result> {
  const isLong = one.needs.some((need) => need === 'slow' || need === 'clock');
  const timeoutMs = isLong ? Math.max(600_000, 10 * parts.caseTimeoutMs) : parts.caseTimeoutMs;
  const caseTimeout = new AbortController();
  const signal = AbortSignal.any([parts.signal, caseTimeout.signal]);
  // A case may have many devices that wait concurrently, each with a listener on this signal.
  setMaxListeners(0, signal);
  const tooLong = timeoutExcludingBackoff(timeoutMs, parts, signal).then(
    () => caseTimeout.abort(new Error(`The case took longer than ${timeoutMs / 1000} s.`)),
    () => undefined,
  );
  const cleanUps = createCleanUps();
  const transcript: TranscriptLine[] = [];
  // Clean-up must run even if the run is aborted, so it gets its own signal.
  const abortScope = { signal };
  const context = contextOf({ one, info, parts, abortScope, cleanUps, transcript });
  const running = one.run(context);
  try {
    await Promise.race([running, aborted(signal)]);
    return { kind: 'pass', findings: [] };
  } catch (error) {
    return resultOf(error, transcript);
  } finally {
    caseTimeout.abort();
    // Wait for pending requests: they may create resources that have to be deleted.
    await settledBefore((unneeded) => parts.pause(parts.caseTimeoutMs / 3, unneeded), running, parts);
    await cleanUpWith(cleanUps, abortScope, parts);
    await tooLong;
  }
}

/** Waits for each action, but no more once the case's timeout has passed, or an action has not ended soon after the run was aborted. */
async function cleanUpWith(cleanUps: CleanUps, abortScope: { signal: AbortSignal }, parts: AttemptParts): Promise<void> {
  const cleaning = new AbortController();
  const { signal } = cleaning;
  setMaxListeners(0, signal);
  abortScope.signal = signal;
  const tooLong = timeoutExcludingBackoff(parts.caseTimeoutMs, parts, signal).then(
    () => cleaning.abort(),
    () => undefined,
  );
  await cleanUps.run(async (acting) => {
    if (!signal.aborted && !(await settledBefore(() => tooLong, acting, parts))) cleaning.abort();
  });
  cleaning.abort();
}

function resultOf(error: unknown, transcript: readonly TranscriptLine[]): Result {
  if (error instanceof ContractFailure) {
    const finding: Finding = transcript.length > 0 && !error.finding.transcript ? { ...error.finding, transcript } : error.finding;
    return { kind: 'fail', findings: [finding] };
  }
  const reason = error instanceof Error ? error.message : String(error);
  return { kind: error instanceof CaseSkipped ? 'skip' : 'error', reason, findings: [] };
}

interface AttemptParts extends EngineParts {
  /** Starts at 1; a retried case uses different names. */
  readonly attempt: number;
}

interface ContextParts {
  readonly one: Case;
  readonly info: CaseInfo;
  readonly parts: AttemptParts;
  readonly abortScope: { readonly signal: AbortSignal };
  readonly cleanUps: CleanUps;
  readonly transcript: TranscriptLine[];
}

function contextOf({ one, info, parts, abortScope, cleanUps, transcript }: ContextParts): CaseContext {
  const random = createRandom(parts.seed, one.id);
  const began = parts.elapsed();
  let names = 0;
  const namePrefix = `${parts.prefix}-${hash(one.id).toString(36)}${parts.attempt === 1 ? '' : `-${parts.attempt}`}`;
  const send = (request: HttpRequest) => parts.send(info, request, abortScope.signal);
  const pause = (ms: number) => parts.pause(ms, abortScope.signal);
  const traceCall: TraceCall = async (call) => parts.listener({ kind: 'device-call', case: info, call });
  return {
    send,
    devices: traceDevices(parts.devices, traceCall),
    openSocket: traceSockets(parts.openSocket, traceCall),
    clock: parts.clock.forCase(send, pause),
    // Must be less than the case's timeout: a message that does not arrive is a failure, a case that times out an error.
    arrivalTimeoutMs: parts.caseTimeoutMs / 3,
    pause,
    name: (hint) => {
      names += 1;
      return `${namePrefix}-${hint}-${names}`;
    },
    application: parts.application ?? `${namePrefix}.example`,
    given: parts.given,
    random,
    fail: (finding) => {
      throw new ContractFailure({ requirement: one.requirement, ...finding });
    },
    note: (who, what) => void transcript.push({ atMs: Math.round(parts.elapsed() - began), who, what }),
    cleanUp: cleanUps.add,
    signal: abortScope.signal,
  };
}
