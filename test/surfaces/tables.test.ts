// Proves that the case tables are complete and well-formed; graph.test.ts and client.test.ts run them.
import { describe, expect, it } from 'vitest';
import { readTables } from '../../src/contract/tables/case-table.ts';
import { loadSpec } from '../../src/documents/spec.ts';

const tables = readTables();

describe('the case tables', () => {
  it('have a table for every operation of the Graph and client surfaces', async () => {
    const { operations } = await loadSpec();
    const wanted = operations.filter(({ surface }) => surface === 'notifications').map(({ operationId }) => operationId);
    expect(tables.map(({ operationId }) => operationId).sort()).toEqual(wanted.sort());
  });

  it('name every case once, with a number that it proves', () => {
    const ids = tables.flatMap(({ cases }) => cases.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    for (const one of tables.flatMap(({ cases }) => cases)) expect(one.requirement.join(), one.id).toMatch(/^[FDR]\d+/);
  });

  it('hold both what is accepted and what is refused', () => {
    for (const { operationId, cases } of tables) {
      const statuses = cases.flatMap((one) => one.expect.status);
      expect(Math.min(...statuses), operationId).toBeLessThan(300);
      expect(Math.max(...statuses), operationId).toBeGreaterThanOrEqual(400);
    }
  });
});
