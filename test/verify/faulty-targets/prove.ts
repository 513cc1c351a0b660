// Runs the suite against one implementation behind a wire, and returns the requirements that it found broken.
import type { Outcome } from '../../../src/contract/engine/events.ts';
import type { ContractOptions } from '../../../src/contract/options.ts';
import { runContract } from '../../../src/contract/run.ts';
import type { FaultyTarget } from '../../faulty-targets/faults/fault.ts';
import type { Hooks } from '../../faulty-targets/wire/hooks.ts';
import { startWire } from '../../faulty-targets/wire/wire.ts';

export interface Implementation {
  readonly options?: FaultyTarget['options'];
  readonly create: () => Hooks;
  readonly advanceSeconds?: number;
}

export interface Proof {
  /** Requirements that were found broken, without duplicates. */
  readonly broken: readonly string[];
  readonly outcomes: readonly Outcome[];
}

export async function prove({ options, create, advanceSeconds }: Implementation, contract: Omit<ContractOptions, 'url'>): Promise<Proof> {
  const { url, emulator, stop } = await startWire({ hooks: create(), ...(options ? { options } : {}) });
  try {
    if (advanceSeconds !== undefined) await emulator.advance(advanceSeconds);
    const { outcomes } = await runContract({ url, timeoutMs: 3000, ...contract });
    return { broken: [...new Set(outcomes.flatMap(({ findings }) => findings.map(({ requirement }) => requirement)))].sort(), outcomes };
  } finally {
    await stop();
  }
}

/** Cases that call every operation, validly and not, for requirements that only the checks on every response cover. */
const sample = [
  'post-created',
  'post-types',
  'subscribe-*',
  'history-lists',
  'history-parameters',
  'notification-get',
  'update-states',
  'delete-removes',
  'unsubscribe',
  'subscription-*',
];

/** The cases of the requirement that the fault breaks, or the sample if the requirement has checks only. */
export function casesFor({ requirement, also = [] }: FaultyTarget, hasCases: (requirement: string) => boolean): readonly string[] {
  const own = [requirement, ...also].filter(hasCases);
  return own.length > 0 ? own : sample;
}
