// Judges behind the traffic what went by, one after the other, and keeps what was found.
import { createMeasuredClock, type MeasuredClock } from '../checks/measured-clock.ts';
import { loadCatalogue } from '../checks/requirement.ts';
import { assertRequirements } from '../checks/requirement-of.ts';
import type { Spec } from '../documents/spec.ts';
import { createTapRoom } from './body-tap.ts';
import type { ProxyListener, ProxySummary } from './events.ts';
import { createFindings } from './findings.ts';
import { isJudged, judgeExchange } from './judge-exchange.ts';
import { createKnownDevices } from './known-devices.ts';
import type { PassParts } from './pass-parts.ts';
import type { PassedExchange } from './passed.ts';
import { createSeenIds } from './seen-ids.ts';
import { exchangeEvent, type TrafficListener } from './traffic.ts';

export interface WatchOptions {
  readonly spec: Spec;
  readonly listener: ProxyListener;
  readonly onTraffic: TrafficListener | undefined;
  /** Larger bodies are passed on and not judged. */
  readonly mostBytes: number;
  /** Copies of all bodies together. */
  readonly mostHeldBytes: number;
}

/** What passing needs, but for the line and the proxy's own names. */
export type WatchParts = Omit<PassParts, 'line' | 'ownSocketUrl' | 'ownHosts'>;

export interface Watch {
  readonly parts: WatchParts;
  /** Resolves when all that went by is judged. */
  settled(): Promise<void>;
  summary(): ProxySummary;
}

/** So many different reasons are said. */
const mostReasons = 50;

export async function createWatch({ spec, listener, onTraffic, mostBytes, mostHeldBytes }: WatchOptions): Promise<Watch> {
  assertRequirements(spec);
  const findings = createFindings(await loadCatalogue(), (finding) => listener({ kind: 'finding', finding }));
  const count = { requests: 0, sockets: 0, messages: 0, failed: 0, unjudged: 0 };
  const reasons = new Set<string>();
  const onUnjudged = (reason: string) => {
    count.unjudged += 1;
    if (reasons.has(reason) || reasons.size >= mostReasons) return;
    reasons.add(reason);
    listener({ kind: 'unjudged', reason });
  };
  const clock = createMeasuredClock(Date.now);
  const judging = createJudging({ spec, clock, mostBytes, onUnjudged, add: findings.add });
  const parts: WatchParts = {
    spec,
    room: createTapRoom(mostHeldBytes),
    mostBytes,
    devices: createKnownDevices(),
    elapsed: () => performance.now(),
    now: clock.now,
    count,
    add: findings.add,
    failed: (event) => {
      count.failed += 1;
      listener({ kind: 'failed', ...event });
    },
    onUnjudged,
    onTraffic,
    judge: (passed) => {
      onTraffic?.(exchangeEvent({ ...passed, status: passed.answer.status }));
      return judging.judge(passed);
    },
  };
  return {
    parts,
    settled: judging.settled,
    summary: () => ({ ...count, findings: findings.all(), untold: findings.untold }),
  };
}

interface JudgingParts extends Pick<WatchParts, 'spec' | 'mostBytes' | 'onUnjudged' | 'add'> {
  readonly clock: MeasuredClock;
}

/** One at a time: what is decoded takes memory. */
function createJudging({ spec, clock, mostBytes, onUnjudged, add }: JudgingParts): Pick<WatchParts, 'judge'> & Pick<Watch, 'settled'> {
  const seen = createSeenIds();
  let last: Promise<void> = Promise.resolve();
  let number = 0;
  const judgeOne = async (passed: PassedExchange, now: number): Promise<void> => {
    number += 1;
    const found = await judgeExchange({ spec, passed, number, now, seen, mostBytes, onUnjudged });
    for (const finding of found) add(finding);
    seen.trim();
  };
  return {
    judge(passed) {
      const { date } = passed.answer.headers;
      clock.observe({ answer: { headers: date === undefined ? {} : { date } }, durationMs: 0 });
      if (!isJudged(spec, passed.method, passed.path)) return Promise.resolve();
      const now = clock.now();
      // What cannot be judged must not end what it only watches.
      last = last
        .then(() => judgeOne(passed, now))
        .catch((error: unknown) => onUnjudged(`an exchange that could not be judged: ${reasonOf(error)}`));
      return last;
    },
    async settled() {
      await last;
    },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
