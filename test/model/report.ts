// Runs the plan of a seed and describes what failed: the fewest steps that show it, what came of each, and what was expected.
import { generate } from './generate.ts';
import { runPlan } from './run.ts';
import { type Shrunk, shrink } from './shrink.ts';
import type { PushMode } from './steps.ts';
import type { Host } from './world.ts';

export function reportOf({ plan, outcome }: Shrunk, before: number): string {
  const { seed, mode, push, devices, steps } = plan;
  const violations = outcome.violations.map(
    ({ kind, device, expected, came }) => `${kind} (${device}): expected ${expected}; came ${came}`,
  );
  return [
    `seed ${seed} (${mode}, ${push}), ${before} steps reduced to ${steps.length}; a position is written @n`,
    ...devices.map(({ name, platform, feed }) => `  ${name}: ${platform}, feed ${feed}`),
    ...outcome.trace.map((line) => `  ${line}`),
    ...violations,
  ].join('\n');
}

/** The report of the first fault that a seed shows; empty when it shows none. */
export async function findFault(seed: number, count: number, hostOf: (push: PushMode) => Promise<Host>): Promise<string> {
  const plan = generate(seed, count);
  const host = await hostOf(plan.push);
  const outcome = await runPlan(plan, host);
  if (outcome.violations.length === 0) return '';
  return reportOf(await shrink({ plan, outcome }, host), count);
}
