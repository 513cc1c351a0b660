// A second opinion: Prism's validation proxy sees the generated cases, and wherever it judges otherwise a table says why.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { allCases, type ContractResult, runContract } from '../../src/contract/run.ts';
import { composeEmulator, type Emulator } from '../../src/emulator.ts';
import { disagreementsOf, isRefused, type Seen } from './prism/disagreements.ts';
import { explanationOf, hindranceOf, isOfCase, like, loadTable, sentText } from './prism/explanations.ts';
import { type PrismProxy, startProxy } from './prism/proxy.ts';
import { disagreementsTable } from './prism/report.ts';
import { createWitness, testimonyOf } from './prism/witness.ts';

const table = loadTable();
const only = ['generated/*'];
const seen: Seen[] = [];
let emulator: Emulator;
let proxy: PrismProxy;
let result: ContractResult;
let caseIds: readonly string[];

beforeAll(async () => {
  emulator = await composeEmulator({}, {});
  proxy = await startProxy(emulator.url);
  caseIds = (await allCases({})).flatMap(({ id, origin }) => (origin === 'document' ? [id] : []));
  result = await runContract({
    url: proxy.url,
    profile: 'client',
    only,
    // Prism needs more time than the service.
    timeoutMs: 60_000,
    fetch: createWitness(proxy.url, emulator.url),
    listeners: [
      (event) => {
        if (event.kind === 'exchange') seen.push({ caseId: event.case.id, exchange: event.exchange, operationId: event.operationId });
      },
    ],
  });
});
afterAll(async () => {
  await proxy?.stop();
  await emulator?.stop();
});

const withheld = () =>
  seen.flatMap((one) => {
    const testimony = testimonyOf(one.exchange);
    return 'withheld' in testimony ? [{ one, hindrance: hindranceOf(table, one, testimony.withheld) }] : [];
  });
const disagreements = () => seen.flatMap(disagreementsOf).map((one) => ({ one, explanation: explanationOf(table, one) }));
const shown = ({ exchange }: Seen) => sentText(exchange).slice(0, 1000);
const unique = (ids: readonly string[]) => [...new Set(ids)].sort();

describe("Prism's validation proxy", () => {
  it('is passed by every generated case', () => {
    const others = result.outcomes.filter(({ kind, findings }) => kind !== 'pass' || findings.length > 0);
    expect(others.map(({ case: { id }, kind, reason, findings }) => [id, kind, reason, findings])).toEqual([]);
    const generated = result.outcomes.filter(({ case: { origin } }) => origin === 'document');
    expect(generated.map(({ case: { id } }) => id).sort()).toEqual(caseIds.toSorted());
    expect(caseIds.length).toBeGreaterThan(200);
  });

  it('sees each of them, and all of its requests unless the table says why it cannot carry one', () => {
    const hidden = withheld();
    expect(hidden.filter(({ hindrance }) => hindrance === undefined).map(({ one }) => [one.caseId, shown(one)])).toEqual([]);
    const hiddenExchanges = new Set(hidden.map(({ one }) => one.exchange));
    expect(unique(seen.filter(({ exchange }) => !hiddenExchanges.has(exchange)).map(({ caseId }) => caseId))).toEqual(caseIds.toSorted());
    const hindered = caseIds.filter((id) => table.withheld.some((one) => isOfCase(one, id)));
    expect(unique(hidden.map(({ one }) => one.caseId))).toEqual(hindered.toSorted());
  });

  it('agrees with the suite on each request and answer, unless the table says why not', () => {
    const reported = disagreements();
    console.log(disagreementsTable({ table, seen, caseIds, disagreements: reported, withheld: withheld() }));
    const unexplained = reported.filter(({ explanation }) => explanation === undefined);
    expect(unexplained.map(({ one }) => [one.caseId, one.about, one.prism, shown(one)])).toEqual([]);
  });

  it('has really judged: most of what breaks the documents it has reported itself', () => {
    const refused = seen.filter((one) => isRefused(one) && !('withheld' in testimonyOf(one.exchange)));
    const reportedResponses = refused.filter(({ exchange }) => {
      const testimony = testimonyOf(exchange);
      return 'violations' in testimony && testimony.violations.some(({ place }) => /^request\b/.test(place));
    });
    expect(reportedResponses.length / refused.length).toBeGreaterThan(0.8);
    expect(reportedResponses.length).toBeGreaterThan(300);
  });

  it('would have reported answers that break the documents', async () => {
    const wrong = createServer((_, response) => {
      response.writeHead(201, { 'content-type': 'application/json', 'odata-version': '3.0' }).end('{"id":42}');
    });
    await new Promise<void>((resolve) => wrong.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void wrong.close());
    const other = await startProxy(`http://127.0.0.1:${(wrong.address() as AddressInfo).port}`);
    onTestFinished(() => other.stop());
    const headers = { authorization: 'Bearer dev.app.contoso', 'x-uns-id': 'x', 'content-type': 'application/json' };
    const body = JSON.stringify({ targetHostName: 'contoso.example', payload: { rawContent: 'x' } });
    const answer = await fetch(`${other.url}/beta/me/notifications`, { method: 'POST', headers, body });
    const reported = answer.headers.get('sl-violations') ?? '';
    for (const what of ["must have required property 'payload'", 'body property id must be string', 'odata-version', 'request-id']) {
      expect(reported).toContain(what);
    }
  });
});

describe('the table of explanations', () => {
  it('has no entry and no case that nothing needs', () => {
    const all = [
      ...disagreements().map(({ one, explanation }) => ({ caseId: one.caseId, id: explanation?.id })),
      ...withheld().map(({ one, hindrance }) => ({ caseId: one.caseId, id: hindrance?.id })),
    ];
    const needless = [...table.disagreements, ...table.withheld].flatMap(({ id, cases }) =>
      cases.filter((pattern) => !all.some((one) => one.id === id && like(pattern)(one.caseId))).map((pattern) => `${id}: ${pattern}`),
    );
    expect(needless).toEqual([]);
  });

  it('is reported in docs/contract-proof.md, entry by entry', () => {
    const page = readFileSync(new URL('../../docs/contract-proof.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id]) => id);
    expect(rows).toEqual([...table.disagreements, ...table.withheld].map(({ id }) => id));
  });
});
