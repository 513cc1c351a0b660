// Every scenario against an emulator that pushes signals alone; a sample of them is in test/contract/scenarios.test.ts.
import { expect, it } from 'vitest';
import { scenarioCases } from '../../src/contract/scenarios/scenarios.ts';
import { outcomeText, useScenarioRuns } from '../contract/scenario-runs.ts';

const runs = useScenarioRuns();
const quick = scenarioCases.filter(({ needs }) => !needs.includes('slow')).map(({ id }) => id);

it('the emulator passes every scenario with signals alone, and all checks', async () => {
  const outcomes = await runs.judge({ only: quick }, { push: 'signal', validateResponses: true });
  expect(outcomes.filter(({ case: { origin } }) => origin === 'scenario')).toHaveLength(quick.length);
  expect(outcomes.filter(({ kind, findings }) => kind !== 'pass' || findings.length > 0).map(outcomeText)).toEqual([]);
});
