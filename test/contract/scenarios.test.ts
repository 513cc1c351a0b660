// The scenarios against an emulator that pushes signals alone; with notifications in its pushes they are among requirements.test.ts.
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../src/checks/requirement.ts';
import type { Outcome } from '../../src/contract/engine/events.ts';
import { scenarioCases } from '../../src/contract/scenarios/scenarios.ts';
import { outcomeText, useScenarioRuns } from './scenario-runs.ts';

const runs = useScenarioRuns();
/** Those in which a push is waited for in each of its forms; test/verify/scenarios-signals.test.ts has the rest. */
const pushed = [
  'fan-out',
  'fan-out-content',
  'targeting',
  'change-to-others',
  'deletion-to-others',
  'acknowledged',
  'resumed',
  'large-signal',
  'backlog',
];
const sample = scenarioCases.filter(({ needs, requirement }) => pushed.includes(requirement) && !needs.includes('slow'));

describe('the scenarios', () => {
  it('have ids of their own and name requirements that there are', async () => {
    const catalogue = await loadCatalogue();
    expect(new Set(scenarioCases.map(({ id }) => id)).size).toBe(scenarioCases.length);
    for (const { requirement } of scenarioCases) expect(catalogue.get(requirement).id).toBe(requirement);
  });

  it('prove every requirement of devices, and those of the client surface that one request cannot show', async () => {
    const ofOneRequest = ['subscribe-request', 'user-token-required', 'history-parameters', 'history-unsid-required'];
    const proved = new Set(scenarioCases.map(({ requirement }) => requirement));
    const bare = (await loadCatalogue()).all.filter(({ id, surface }) => surface !== 'graph' && !proved.has(id)).map(({ id }) => id);
    expect(bare.sort()).toEqual(ofOneRequest.sort());
  });
});

describe('the emulator, with signals alone,', () => {
  let outcomes: readonly Outcome[] = [];
  beforeAll(async () => {
    outcomes = await runs.judge({ only: sample.map(({ id }) => id) }, { push: 'signal', validateResponses: true });
  });

  it.each(sample.map(({ id, requirement, title }) => [id, requirement, title] as const))('passes %s: [%s] %s', (id) => {
    const outcome = outcomes.find((one) => one.case.id === id);
    expect(outcome && outcomeText(outcome)).toBe(`pass ${id}`);
  });

  it('passes the checks on all its answers and messages', () => {
    const checks = outcomes.filter(({ case: { origin } }) => origin === 'check');
    expect(checks.map(({ case: { requirement } }) => requirement)).toEqual(expect.arrayContaining(['socket-connected', 'socket-schema']));
    expect(checks.filter(({ kind, findings }) => kind !== 'pass' || findings.length > 0).map(outcomeText)).toEqual([]);
  });
});
