// Takes steps out of a failing plan as long as it still fails in the same way.
import { type Outcome, runPlan } from './run.ts';
import type { Plan } from './steps.ts';
import type { Host } from './world.ts';

export interface Shrunk {
  readonly plan: Plan;
  readonly outcome: Outcome;
}

const sameKind = (one: Outcome, other: Outcome): boolean => one.violations[0]?.kind === other.violations[0]?.kind;

/** Large parts first, then smaller ones, then devices; never more than `maxRuns` runs. */
export async function shrink(failing: Shrunk, host: Host, maxRuns = 300): Promise<Shrunk> {
  let smallest = failing;
  let runs = 0;
  const stillFails = async (plan: Plan): Promise<boolean> => {
    if (runs >= maxRuns) return false;
    runs += 1;
    const outcome = await runPlan(plan, host);
    if (outcome.violations.length === 0 || !sameKind(outcome, failing.outcome)) return false;
    smallest = { plan, outcome };
    return true;
  };
  // Steps that wait for each other are easier to follow, and fail the same way each time.
  await stillFails({ ...failing.plan, mode: 'serial' });
  for (let size = Math.ceil(failing.plan.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < smallest.plan.steps.length; ) {
      const steps = smallest.plan.steps.filter((_, index) => index < start || index >= start + size);
      if (!(await stillFails({ ...smallest.plan, steps }))) start += size;
    }
  }
  for (const device of failing.plan.devices) {
    await stillFails({ ...smallest.plan, devices: smallest.plan.devices.filter((one) => one !== device) });
  }
  return smallest;
}
