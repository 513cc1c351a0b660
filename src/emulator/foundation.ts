// What all parts of an emulator stand on: documents, log, time, ids, signals and stores. Tests may put others in their place.
import { loadSpec, type Spec } from '../documents/spec.ts';
import type { Violation } from '../domain/errors.ts';
import type { Admission, Authenticator, Clock, Ids, Log, OpenStores, Signals, Stores, Timer } from '../domain/ports.ts';
import type { SigningKeys } from '../identity/tokens/signing-keys.ts';
import { createServiceClock } from '../runtime/clock.ts';
import { createRandomIds } from '../runtime/ids.ts';
import { createLog } from '../runtime/log.ts';
import { createLocalSignals } from '../runtime/signals.ts';
import { StartError } from '../runtime/start-options.ts';
import { createTimer } from '../runtime/timer.ts';
import { openMemoryStores } from '../stores/memory.ts';
import type { EmulatorOptions } from './emulator-options.ts';

/** Parts that tests put in place of the real ones. */
export interface EmulatorParts {
  /** Documents that are loaded already; `options.spec` is not read then. */
  readonly spec: Spec;
  readonly clock: Clock;
  readonly timer: Timer;
  /** Real time, in milliseconds since 1970: certificates and the tokens of a trusted issuer are checked against it. */
  readonly realNow: () => number;
  readonly ids: Ids;
  readonly log: Log;
  readonly authenticator: Authenticator;
  readonly admission: Admission;
  readonly signingKeys: SigningKeys;
  /** Opens the stores in place of those in memory. */
  readonly openStores: OpenStores;
  /** Stands between the emulator and its stores. */
  readonly stores: (stores: Stores) => Stores;
  readonly signals: (signals: Signals) => Signals;
  readonly onViolation: (where: string, violations: readonly Violation[]) => void;
}

export interface Foundation extends Pick<EmulatorParts, 'spec' | 'clock' | 'timer' | 'realNow' | 'ids' | 'log' | 'onViolation'> {
  readonly signals: Signals;
  readonly stores: Stores;
  readonly onError: (error: unknown) => void;
}

/** The stores come last: where anything else fails there is nothing to close. @throws StartError, DocumentError */
export async function createFoundation(options: EmulatorOptions, parts: Partial<EmulatorParts>): Promise<Foundation> {
  const log = parts.log ?? createLog({ level: options.logLevel ?? 'silent', format: options.logFormat });
  const onError = (error: unknown) => log.error('unexpected', error);
  const spec = parts.spec ?? (await loadSpec({ files: options.spec ?? [] }));
  const ids = parts.ids ?? createRandomIds();
  const localSignals = createLocalSignals(onError);
  const opened = await openStores(parts.openStores ?? openMemoryStores, ids);
  return {
    spec,
    log,
    ids,
    clock: parts.clock ?? createServiceClock(),
    timer: parts.timer ?? createTimer(),
    realNow: parts.realNow ?? Date.now,
    signals: parts.signals?.(localSignals) ?? localSignals,
    stores: parts.stores?.(opened) ?? opened,
    onError,
    onViolation: parts.onViolation ?? (() => undefined),
  };
}

async function openStores(open: OpenStores, ids: Ids): Promise<Stores> {
  try {
    return await open({ ids });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`the stores cannot be opened: ${reason}`, { cause: error });
  }
}
