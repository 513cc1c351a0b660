// Proves that cases are made of the documents: deterministic, changed by a change there, and each sample on the side it is meant for.
import { describe, expect, it } from 'vitest';
import { withValue } from '../../src/checks/json-pointer.ts';
import { loadCatalogue } from '../../src/checks/requirement.ts';
import { makeBody } from '../../src/contract/generators/base-body.ts';
import { bodySchema } from '../../src/contract/generators/base-request.ts';
import { generatedCases, triedByTables } from '../../src/contract/generators/generated-cases.ts';
import { samplesOf } from '../../src/contract/generators/keyword-samples.ts';
import { memberVariations } from '../../src/contract/generators/member-variations.ts';
import { randomBody } from '../../src/contract/generators/random-body.ts';
import type { SampleContext } from '../../src/contract/generators/sample.ts';
import { isApplicationName, nodesOf } from '../../src/contract/generators/schema-node.ts';
import { tableCases } from '../../src/contract/tables/table-cases.ts';
import { loadSpec } from '../../src/documents/spec.ts';
import { jsonObjectOf } from '../../src/values/json.ts';
import { alteredCopy } from '../support/http-spec.ts';

const now = Date.parse('2026-01-31T12:34:56.789Z');
const world: SampleContext = { now, application: 'contoso.example', isApplicationGiven: false, name: (hint) => `${hint}-1` };
const shipped = loadSpec();
const idsOf = async (...changes: Parameters<typeof alteredCopy>[1][]) =>
  generatedCases(await loadSpec({ files: [alteredCopy('notifications.yaml', ...changes)] }), 1).map(({ id }) => id);

describe('generated cases', () => {
  it('are the same for the same documents and seed', async () => {
    const generated = async () => generatedCases(await loadSpec(), 7).map(({ id, requirement, title }) => [id, requirement, title]);
    expect(await generated()).toEqual(await generated());
  });

  it('have an id of their own, a requirement of the catalogue, and come from every operation', async () => {
    const spec = await shipped;
    const catalogue = await loadCatalogue();
    const cases = [...generatedCases(spec, 1), ...(await tableCases())];
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    for (const { requirement, surface } of cases) expect(catalogue.get(requirement).id, surface).toBe(requirement);
    const wanted = spec.operations.filter(({ surface }) => surface === 'notifications').map(({ operationId }) => operationId);
    expect([...new Set(cases.map(({ operationId }) => operationId))].sort()).toEqual(wanted.sort());
  });

  it('change when the documents change', async () => {
    const before = await idsOf();
    const titled = await idsOf(['title: { type: string, minLength: 1,', 'title: { type: string, minLength: 1, maxLength: 80,']);
    expect(titled.filter((id) => !before.includes(id)).sort()).toEqual(
      ['/fallbackPolicy/endpointFallback/visualContent/title', '/payload/visualContent/title'].flatMap((place) =>
        ['accepted', 'refused'].map((side) => `generated/postNotification/body${place}/maxLength/${side}`),
      ),
    );
    const required = await idsOf(['required: [targetHostName, payload]', 'required: [targetHostName, payload, groupName]']);
    expect(required).toContain('generated/postNotification/body/groupName/required/refused');
    const slashless = await idsOf(['x-trailing-slash: true', 'x-trailing-slash: false']);
    expect(before.filter((id) => !slashless.includes(id))).toEqual(['generated/postNotification/path/trailing-slash']);
  });

  it('have an accepting and a refusing side for every keyword that both can be tried of', async () => {
    const ids = generatedCases(await shipped, 1).map(({ id }) => id);
    const place = 'generated/postNotification/body';
    const keywords = [
      'displayTimeToLive/minimum',
      'displayTimeToLive/maximum',
      'displayTimeToLive/x-numeric-string',
      'priority/enum',
      'payload/anyOf',
    ];
    const more = [
      'expirationDateTime/x-future',
      'expirationDateTime/x-max-ahead',
      'expirationDateTime/format',
      'payload/rawContent/minLength',
    ];
    const others = [
      'targetPolicy/platformTypes/minItems',
      'targetPolicy/platformTypes/items',
      'targetPolicy/platformTypes/dependentSchemas',
    ];
    for (const keyword of [...keywords, ...more, ...others]) {
      for (const side of ['accepted', 'refused']) expect(ids).toContain(`${place}/${keyword}/${side}`);
    }
    expect(ids).toContain(`${place}/targetPolicy/platformTypes/0/case/accepted`);
    expect(ids).toContain('generated/listNotifications/$top/maximum/refused');
  });
});

describe('the samples of a shipped schema', async () => {
  const spec = await shipped;
  const operations = spec.operations.filter(
    ({ surface, body, operationId }) => surface === 'notifications' && body && !triedByTables.has(operationId),
  );
  const subjects = operations.map((operation) => ({
    operation,
    schema: jsonObjectOf(bodySchema(operation)),
    judge: operation.body?.media.get('application/json'),
  }));

  it.each(subjects)('of $operation.operationId are on the side they are meant for', ({ operation, schema, judge }) => {
    const faults = (body: unknown) => judge?.(structuredClone(body), now).violations.map(({ target, code }) => `${target} ${code}`);
    for (const node of nodesOf(schema, operation.rules)) {
      if (node.pointer === '') continue;
      for (const { keyword, valid, violating } of samplesOf(node)) {
        const put = (value: unknown) => withValue(makeBody(schema, world, { including: node.pointer }), node.pointer, value);
        for (const one of valid) expect(faults(put(one.make(world))), `${node.pointer} ${keyword} ${one.label}`).toEqual([]);
        for (const one of violating) expect(faults(put(one.make(world))), `${node.pointer} ${keyword} ${one.label}`).not.toEqual([]);
        if (!isApplicationName(node.name)) expect(valid.length + violating.length, `${node.pointer} ${keyword}`).toBeGreaterThan(0);
      }
    }
  });

  it.each(subjects)('of the members of $operation.operationId too', ({ operation, schema, judge }) => {
    const faults = (body: unknown) => judge?.(structuredClone(body), now).violations.length;
    for (const { pointer, keyword, including, valid, violating } of nodesOf(schema, operation.rules).flatMap(memberVariations)) {
      const base = makeBody(schema, world, including === undefined ? { isFull: true } : { including });
      for (const { label, alter } of valid) expect(faults(alter(base, world)), `${pointer} ${keyword} ${label}`).toBe(0);
      for (const { label, alter } of violating) expect(faults(alter(base, world)), `${pointer} ${keyword} ${label}`).not.toBe(0);
    }
  });

  it.each(subjects)(
    'make bodies of $operation.operationId at random, most of them valid and no two alike',
    ({ operation: { rules }, schema, judge }) => {
      const bodies = Array.from({ length: 50 }, (_, number) => randomBody({ schema, rules }, world, number));
      const valid = bodies.filter((body) => judge?.(structuredClone(body), now).violations.length === 0);
      expect(valid.length).toBeGreaterThan(30);
      expect(new Set(valid.map((body) => JSON.stringify(body))).size).toBeGreaterThan(valid.length / 4);
      expect(JSON.stringify(randomBody({ schema, rules }, world, 3))).toBe(JSON.stringify(bodies[3]));
    },
  );
});
