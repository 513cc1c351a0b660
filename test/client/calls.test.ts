// Proves that the client's method and path of each operation are those of the document.
import { expect, it } from 'vitest';
import { calls } from '../../src/client/calls.ts';
import { loadSpec } from '../../src/documents/spec.ts';

it('has, for each operation of the document, the method and path that the document gives it', async () => {
  const spec = await loadSpec();
  const declared = spec.operations.filter(({ surface }) => surface === 'notifications').map(({ operationId }) => operationId);
  expect(Object.keys(calls).sort()).toEqual([...declared].sort());
  const matched = Object.values(calls).map((call) => {
    const { method, path } = call('a/b ?');
    const match = spec.match(method, path);
    return match && 'operation' in match ? match.operation.operationId : `${method} ${path}`;
  });
  expect(matched).toEqual(Object.keys(calls));
});
