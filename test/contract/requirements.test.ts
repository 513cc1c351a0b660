// The whole suite against the emulator, and each requirement of the catalogue by its name; test/verify/throttling.test.ts has the one that takes a seed.
import { beforeAll, describe, expect, it } from 'vitest';
import { answerChecks } from '../../src/checks/all-checks.ts';
import { messageRequirements } from '../../src/checks/message-checks.ts';
import { loadCatalogue } from '../../src/checks/requirement.ts';
import { assertEveryRequirementHasCase } from '../../src/contract/engine/coverage.ts';
import type { Outcome, Summary } from '../../src/contract/engine/events.ts';
import { allCases } from '../../src/contract/run.ts';
import { outcomeText, useScenarioRuns } from './scenario-runs.ts';
import { useSupertest } from './supertest-fetch.ts';

const runs = useScenarioRuns();
const request = useSupertest();
const catalogue = await loadCatalogue();
const cases = await allCases({});
const checked = new Set([...Object.keys(answerChecks), ...messageRequirements]);
/** Cases that need real time run in test/verify/contract-slow.test.ts. */
const isSlow = (id: string) =>
  cases.some(({ requirement }) => requirement === id) && cases.every((one) => one.requirement !== id || one.needs.includes('slow'));
/** Throttling needs a seed. */
const isConfigured = (id: string) => id === 'throttling';
const proved = catalogue.all.filter(({ id }) => !isConfigured(id) && !isSlow(id));

let outcomes: readonly Outcome[] = [];
let summary: Summary;
beforeAll(async () => {
  ({ outcomes, summary } = await runs.run({ fetch: request }, { validateResponses: true }));
});

describe('the catalogue', () => {
  it('has a case or a check for every requirement', () => assertEveryRequirementHasCase(catalogue.all, cases, checked));

  it('is proved here but for throttling, and for a client that takes nothing for ten real seconds', () => {
    const others = catalogue.all.filter((one) => !proved.includes(one)).map(({ id }) => id);
    expect(others.sort()).toEqual(['stalled-dropped', 'throttling']);
  });
});

describe('the emulator', () => {
  it.each(proved.map(({ id, says, source }) => [`${source.map((number) => `[${number}]`).join('')} ${says} (${id})`, id] as const))(
    '%s',
    (_title, id) => {
      const own = outcomes.filter((one) => one.case.requirement === id || one.findings.some(({ requirement }) => requirement === id));
      expect(own.filter(({ kind, findings }) => kind === 'fail' || kind === 'error' || findings.length > 0).map(outcomeText)).toEqual([]);
      expect(own.filter(({ kind }) => kind === 'pass').length).toBeGreaterThan(0);
    },
  );
});

describe('the generated cases and the tables', () => {
  it('all pass, and no check finds anything', () => {
    const isOther = ({ case: { origin } }: Outcome) => origin === 'scenario';
    const own = outcomes.filter((one) => !isOther(one));
    expect(own.filter(({ kind, findings }) => kind !== 'pass' || findings.length > 0).map(outcomeText)).toEqual([]);
    expect(own.length).toBeGreaterThan(400);
  });

  it('cover every documented status that does not need a failure of the service', () => {
    const seldom = /(406|429|500|503)$/;
    // Undeclared methods and paths belong to no operation.
    const elsewhere = /405$|createSubscription (409|413)$|updateNotification 413$/;
    expect(summary.unseenStatuses.filter((one) => !seldom.test(one) && !elsewhere.test(one))).toEqual([]);
  });
});
