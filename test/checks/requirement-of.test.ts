// Every operation of the shipped documents has its own requirement; without one neither a run nor a proxy starts.
import { describe, expect, it } from 'vitest';
import { assertRequirements, requirementOf } from '../../src/checks/requirement-of.ts';
import { generatedCases } from '../../src/contract/generators/generated-cases.ts';
import { loadSpec, type Spec } from '../../src/documents/spec.ts';
import { createObserver } from '../../src/proxy/observer.ts';

const spec = await loadSpec();
const [some] = spec.operations.filter(({ surface }) => surface === 'notifications');
const withNew = (isShipped: boolean): Spec => ({
  ...spec,
  documents: spec.documents.map((one) => ({ ...one, isShipped: isShipped || one.kind !== 'notifications' })),
  operations: [...spec.operations, ...(some ? [{ ...some, operationId: 'archiveNotifications', path: '/client/v1/archive' }] : [])],
});
const message = 'No requirement is known for archiveNotifications: add a row to requirement-of.ts.';

describe('an operation without a requirement', () => {
  it('is not among the shipped ones', () => expect(() => assertRequirements(spec)).not.toThrow());

  it('is reported by name when cases are generated, and when a proxy starts', async () => {
    expect(() => generatedCases(withNew(true), 1)).toThrow(message);
    const starting = createObserver({
      spec: withNew(true),
      listener: () => undefined,
      onTraffic: undefined,
      maxBytes: 1,
      maxBufferedBytes: 1,
    });
    await expect(starting).rejects.toThrow(message);
  });

  it("is accepted in a user's own document, against whose statuses it is validated", () => {
    expect(() => assertRequirements(withNew(false))).not.toThrow();
    expect(requirementOf({ operationId: 'archiveNotifications', location: '', keyword: 'base', side: 'valid' })).toBe('answer-status');
  });
});
