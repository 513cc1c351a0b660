// Lets the suite judge one implementation behind a wire, and tells which requirements it found broken.
import type { Outcome } from '../../../src/contract/engine/events.ts';
import type { ContractOptions } from '../../../src/contract/options.ts';
import { runContract } from '../../../src/contract/run.ts';
import type { Mutant } from '../../faulty-targets/faults/fault.ts';
import type { Hooks } from '../../faulty-targets/wire/hooks.ts';
import { startWire } from '../../faulty-targets/wire/wire.ts';

export interface Implementation {
  readonly options?: Mutant['options'];
  readonly create: () => Hooks;
  readonly advanceSeconds?: number;
}

export interface Judgement {
  /** Requirements that were found broken, each once. */
  readonly broken: readonly string[];
  readonly outcomes: readonly Outcome[];
}

export async function judge({ options, create, advanceSeconds }: Implementation, asked: Omit<ContractOptions, 'url'>): Promise<Judgement> {
  const { url, emulator, stop } = await startWire({ hooks: create(), ...(options ? { options } : {}) });
  try {
    if (advanceSeconds !== undefined) await emulator.advance(advanceSeconds);
    const { outcomes } = await runContract({ url, timeoutMs: 3000, ...asked });
    return { broken: [...new Set(outcomes.flatMap(({ findings }) => findings.map(({ requirement }) => requirement)))].sort(), outcomes };
  } finally {
    await stop();
  }
}

/** A sample of every operation's calls, valid and not: what checks on every answer need to see their breaches. */
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

/** The cases of the requirement that is broken; for one that only checks look after, a sample of all. */
export function casesFor({ requirement, also = [] }: Mutant, hasCases: (requirement: string) => boolean): readonly string[] {
  const own = [requirement, ...also].filter(hasCases);
  return own.length > 0 ? own : sample;
}
