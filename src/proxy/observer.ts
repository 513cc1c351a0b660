// Validates forwarded exchanges in the background, one at a time, and stores the findings.
import { createMeasuredClock, type MeasuredClock } from '../checks/measured-clock.ts';
import { loadCatalogue } from '../checks/requirement.ts';
import { assertRequirements } from '../checks/requirement-of.ts';
import type { Spec } from '../documents/spec.ts';
import { createTapRoom } from './body-tap.ts';
import type { ProxyContext } from './context.ts';
import type { ProxyListener, ProxySummary } from './events.ts';
import { createFindings } from './findings.ts';
import type { ForwardedExchange } from './forwarded-exchange.ts';
import { createKnownDevices } from './known-devices.ts';
import { createSeenIds } from './seen-ids.ts';
import { exchangeEvent, type TrafficListener } from './traffic.ts';
import { isValidated, validateExchange } from './validate-exchange.ts';

export interface ObserverOptions {
  readonly spec: Spec;
  readonly listener: ProxyListener;
  readonly onTraffic: TrafficListener | undefined;
  /** Larger bodies are forwarded without validation. */
  readonly maxBytes: number;
  /** Maximum total size of the copies of bodies. */
  readonly maxBufferedBytes: number;
}

/** The context of forwarding without the target and the proxy's own names. */
export type ObserverContext = Omit<ProxyContext, 'upstream' | 'ownSocketUrl' | 'ownHosts'>;

export interface Observer {
  readonly parts: ObserverContext;
  /** Resolves when all forwarded exchanges are validated. */
  settled(): Promise<void>;
  summary(): ProxySummary;
}

/** Maximum number of different reasons that are reported. */
const maxReasons = 50;

export async function createObserver({ spec, listener, onTraffic, maxBytes, maxBufferedBytes }: ObserverOptions): Promise<Observer> {
  assertRequirements(spec);
  const findings = createFindings(await loadCatalogue(), (finding) => listener({ kind: 'finding', finding }));
  const count = { requests: 0, sockets: 0, messages: 0, failed: 0, unchecked: 0 };
  const reasons = new Set<string>();
  const onUnchecked = (reason: string) => {
    count.unchecked += 1;
    if (reasons.has(reason) || reasons.size >= maxReasons) return;
    reasons.add(reason);
    listener({ kind: 'unchecked', reason });
  };
  const clock = createMeasuredClock(Date.now);
  const queue = createValidationQueue({ spec, clock, maxBytes, onUnchecked, add: findings.add });
  const parts: ObserverContext = {
    spec,
    room: createTapRoom(maxBufferedBytes),
    maxBytes,
    devices: createKnownDevices(),
    elapsed: () => performance.now(),
    now: clock.now,
    count,
    add: findings.add,
    failed: (event) => {
      count.failed += 1;
      listener({ kind: 'failed', ...event });
    },
    onUnchecked,
    onTraffic,
    validate: (forwarded) => {
      onTraffic?.(exchangeEvent({ ...forwarded, status: forwarded.answer.status }));
      return queue.validate(forwarded);
    },
  };
  return {
    parts,
    settled: queue.settled,
    summary: () => ({ ...count, findings: findings.all(), omitted: findings.omitted }),
  };
}

interface ValidationQueueParts extends Pick<ObserverContext, 'spec' | 'maxBytes' | 'onUnchecked' | 'add'> {
  readonly clock: MeasuredClock;
}

/** One at a time, since decoding takes memory. */
function createValidationQueue({
  spec,
  clock,
  maxBytes,
  onUnchecked,
  add,
}: ValidationQueueParts): Pick<ObserverContext, 'validate'> & Pick<Observer, 'settled'> {
  const seen = createSeenIds();
  let last: Promise<void> = Promise.resolve();
  let number = 0;
  const validateOne = async (forwarded: ForwardedExchange, now: number): Promise<void> => {
    number += 1;
    const found = await validateExchange({ spec, forwarded, number, now, seen, maxBytes, onUnchecked });
    for (const finding of found) add(finding);
    seen.trim();
  };
  return {
    validate(forwarded) {
      const { date } = forwarded.answer.headers;
      clock.observe({ answer: { headers: date === undefined ? {} : { date } }, durationMs: 0 });
      if (!isValidated(spec, forwarded.method, forwarded.path)) return Promise.resolve();
      const now = clock.now();
      // An error of the validation must not affect the traffic.
      last = last
        .then(() => validateOne(forwarded, now))
        .catch((error: unknown) => onUnchecked(`an exchange whose validation failed: ${reasonOf(error)}`));
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
