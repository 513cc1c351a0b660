// Every requirement of the catalogue, by its name, against the emulator; those that take minutes are proved in the slow gate.
import { beforeAll, describe, expect, it } from 'vitest';
import { answerChecks } from '../../src/contract/checks/all-checks.ts';
import { messageRequirements } from '../../src/contract/checks/message-checks.ts';
import { insistOnCases } from '../../src/contract/coverage.ts';
import type { Outcome } from '../../src/contract/events.ts';
import { loadCatalogue } from '../../src/contract/requirement.ts';
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
const fast = catalogue.all.filter(({ id }) => !isSlow(id) && !isConfigured(id));

let outcomes: readonly Outcome[] = [];
beforeAll(async () => {
  outcomes = await runs.judge({ fetch: request }, { validateResponses: true });
}, 120_000);

describe('the catalogue', () => {
  it('has a case or a check for every requirement', () => insistOnCases(catalogue.all, cases, checked));

  it('is proved fast but for what takes minutes', () => expect(fast.length).toBeGreaterThan(135));
});

describe('the emulator', () => {
  it.each(fast.map(({ id, says, source }) => [`${source.map((number) => `[${number}]`).join('')} ${says} (${id})`, id] as const))(
    '%s',
    (_title, id) => {
      const own = outcomes.filter((one) => one.case.requirement === id || one.findings.some(({ requirement }) => requirement === id));
      expect(own.filter(({ kind, findings }) => kind === 'fail' || kind === 'error' || findings.length > 0).map(toldOf)).toEqual([]);
      expect(own.filter(({ kind }) => kind === 'pass').length).toBeGreaterThan(0);
    },
  );
});
