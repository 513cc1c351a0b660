// The scenarios that wait in real time: long backlogs, clients that stall, heartbeats that are missed.
import { describe, expect, it } from 'vitest';
import { scenarioCases } from '../../src/contract/scenarios/scenarios.ts';
import { toldOf, useScenarioRuns } from '../contract/scenario-runs.ts';

const runs = useScenarioRuns();

describe('the emulator', () => {
  it('[R6][R7] passes every scenario that is slow', async () => {
    const only = scenarioCases.filter(({ needs }) => needs.includes('slow')).map(({ id }) => id);
    const outcomes = await runs.judge({ only, slow: true });
    const scenarios = outcomes.filter(({ case: { origin } }) => origin === 'scenario');
    expect(scenarios.map(({ case: { id } }) => id).sort()).toEqual([...only].sort());
    expect(scenarios.filter(({ kind }) => kind !== 'pass').map(toldOf)).toEqual([]);
  }, 300_000);
});
