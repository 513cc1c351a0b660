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

describe('a target whose clock cannot be moved', () => {
  /** Nothing but the contract: the control surface is the emulator's own. */
  const withoutControl: typeof fetch = async (input, init) =>
    new URL(String(input)).pathname.startsWith('/_emulator/') ? new Response(null, { status: 404 }) : fetch(input, init);
  const only = scenarioCases.filter(({ needs }) => needs.includes('clock')).map(({ id }) => id);

  it('is judged in real time with --slow, as far as five minutes reach; what takes days is skipped with the reason', async () => {
    const outcomes = await runs.judge({ only, slow: true, fetch: withoutControl, concurrency: only.length });
    const scenarios = outcomes.filter(({ case: { origin } }) => origin === 'scenario');
    const skipped = scenarios.filter(({ kind }) => kind === 'skip');
    expect(scenarios.filter(({ kind }) => kind !== 'pass' && kind !== 'skip').map(toldOf)).toEqual([]);
    expect(skipped.map(({ case: { id } }) => id).sort()).toEqual([
      'scenario/expiry-removes/seven-days',
      'scenario/subscription-expires/socket',
      'scenario/subscription-expires/unsid',
    ]);
    for (const { reason } of skipped) expect(reason).toMatch(/^needs \d+ days to pass/);
    expect(outcomes.filter(({ findings }) => findings.length > 0).map(toldOf)).toEqual([]);
  }, 400_000);

  it('skips them all without --slow, and says how to have them', async () => {
    const outcomes = await runs.judge({ only, fetch: withoutControl });
    expect(new Set(outcomes.map(({ kind, reason }) => `${kind}: ${reason}`))).toEqual(
      new Set(["skip: the target's clock cannot be moved; --slow waits in real time"]),
    );
  });
});
