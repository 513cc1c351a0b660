// The scenarios that wait in real time: long backlogs, clients that stall, heartbeats that are missed.
import { describe, expect, it } from 'vitest';
import type { Need } from '../../src/contract/case.ts';
import { scenarioCases } from '../../src/contract/scenarios/scenarios.ts';
import { outcomeText, useScenarioRuns } from '../contract/scenario-runs.ts';

const runs = useScenarioRuns();

/** Nothing but the contract: the control surface is the emulator's own. */
const withoutControl: typeof fetch = async (input, init) =>
  new URL(String(input)).pathname.startsWith('/_emulator/') ? new Response(null, { status: 404 }) : fetch(input, init);
const needing = (need: Need) => scenarioCases.filter(({ needs }) => needs.includes(need)).map(({ id }) => id);

// Most of it is waiting: the tests wait beside each other.
describe.concurrent('in real time', () => {
  it('[R6][R7] the emulator passes every scenario that is slow', async () => {
    const only = needing('slow');
    const outcomes = await runs.judge({ only, slow: true });
    const scenarios = outcomes.filter(({ case: { origin } }) => origin === 'scenario');
    expect(scenarios.map(({ case: { id } }) => id).sort()).toEqual([...only].sort());
    expect(scenarios.filter(({ kind }) => kind !== 'pass').map(outcomeText)).toEqual([]);
  }, 400_000);

  it('a target whose clock cannot be moved is judged as far as five minutes reach; what takes days is skipped with the reason', async () => {
    const only = needing('clock');
    const outcomes = await runs.judge({ only, slow: true, fetch: withoutControl, concurrency: only.length });
    const scenarios = outcomes.filter(({ case: { origin } }) => origin === 'scenario');
    const skipped = scenarios.filter(({ kind }) => kind === 'skip');
    expect(scenarios.filter(({ kind }) => kind !== 'pass' && kind !== 'skip').map(outcomeText)).toEqual([]);
    expect(skipped.map(({ case: { id } }) => id).sort()).toEqual([
      'scenario/expiry-removes/seven-days',
      'scenario/subscribe-renewed/lives-on',
      'scenario/subscribe-renewed/longer',
      'scenario/subscription-expires/socket',
      'scenario/subscription-expires/unsid',
    ]);
    for (const { reason } of skipped) expect(reason).toMatch(/^needs \d+ days to pass/);
    expect(outcomes.filter(({ findings }) => findings.length > 0).map(outcomeText)).toEqual([]);
  }, 400_000);

  it('cases that need time are all skipped without --slow, and say how to have them', async () => {
    const outcomes = await runs.judge({ only: needing('clock'), fetch: withoutControl });
    expect(new Set(outcomes.map(({ kind, reason }) => `${kind}: ${reason}`))).toEqual(
      new Set(["skip: the target's clock cannot be moved; --slow waits in real time"]),
    );
  });
});
