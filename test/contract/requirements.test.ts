// Every requirement of the catalogue, by its name, against the emulator; throttling.test.ts has the one that takes a seed.
import { beforeAll, describe, expect, it } from 'vitest';
import { answerChecks } from '../../src/checks/all-checks.ts';
import { messageRequirements } from '../../src/checks/message-checks.ts';
import { loadCatalogue } from '../../src/checks/requirement.ts';
import { assertEveryRequirementHasCase } from '../../src/contract/engine/coverage.ts';
import type { Outcome } from '../../src/contract/engine/events.ts';
import { allCases } from '../../src/contract/run.ts';
import { toldOf, useScenarioRuns } from './scenario-runs.ts';
import { useSupertest } from './supertest-fetch.ts';

const runs = useScenarioRuns();
const request = useSupertest();
const catalogue = await loadCatalogue();
const cases = await allCases({});
const checked = new Set([...Object.keys(answerChecks), ...messageRequirements]);
const isSlow = (id: string) =>
  cases.some(({ requirement }) => requirement === id) && cases.every((one) => one.requirement !== id || one.needs.includes('slow'));
/** Nothing is throttled here unless a seed says so. */
const isConfigured = (id: string) => id === 'throttling';
const slow = catalogue.all.map(({ id }) => id).filter(isSlow);
const proved = catalogue.all.filter(({ id }) => !isConfigured(id));

let outcomes: readonly Outcome[] = [];
beforeAll(async () => {
  // What waits in real time waits beside the others, at an emulator whose clock nobody moves.
  const [all, waiting] = await Promise.all([
    runs.judge({ fetch: request }, { validateResponses: true }),
    runs.judge({ only: slow, slow: true }),
  ]);
  outcomes = [...all, ...waiting];
}, 120_000);

describe('the catalogue', () => {
  it('has a case or a check for every requirement', () => assertEveryRequirementHasCase(catalogue.all, cases, checked));

  it('is proved here but for throttling, which throttling.test.ts proves', () => expect(proved.length).toBe(catalogue.all.length - 1));
});

describe('the emulator', () => {
  it.each(proved.map(({ id, says, source }) => [`${source.map((number) => `[${number}]`).join('')} ${says} (${id})`, id] as const))(
    '%s',
    (_title, id) => {
      const own = outcomes.filter((one) => one.case.requirement === id || one.findings.some(({ requirement }) => requirement === id));
      expect(own.filter(({ kind, findings }) => kind === 'fail' || kind === 'error' || findings.length > 0).map(toldOf)).toEqual([]);
      expect(own.filter(({ kind }) => kind === 'pass').length).toBeGreaterThan(0);
    },
  );
});
