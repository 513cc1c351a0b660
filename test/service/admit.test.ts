// A caller is let in by the same steps in the same order at both edges; the first that refuses decides.
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/domain/errors.ts';
import type { Caller } from '../../src/domain/model.ts';
import { admit } from '../../src/service/admit.ts';
import { user } from '../support/core.ts';

const steps = ['TokenInvalid', 'MissingScope', 'CallerBlocked', 'Unavailable'] as const;
const security = [{ caller: 'user' as const, scopes: ['Notifications.ReadWrite.CreatedByApp'] }];

/** The steps from this one on refuse. */
function setUp(from: number) {
  const refuses = (step: (typeof steps)[number]) => steps.indexOf(step) >= from;
  const caller: Caller = { ...user('adele'), scopes: refuses('MissingScope') ? new Set() : user('adele').scopes };
  const seen: Caller[] = [];
  const parts = {
    authenticator: { authenticate: async () => (refuses('TokenInvalid') ? new Refusal('TokenInvalid', 'no') : caller) },
    admission: { admit: async () => (refuses('CallerBlocked') ? new Refusal('CallerBlocked', 'no') : undefined) },
    draining: () => refuses('Unavailable'),
  };
  const request = { token: 'token', security, operationId: 'postNotification', onCaller: (known: Caller) => seen.push(known) };
  return { admitted: admit(parts, request), caller, seen };
}

describe('admission', () => {
  it.each(steps.map((step, index) => [step, index] as const))('[F18] refuses with %s before what comes after it', async (step, index) => {
    const { admitted, seen, caller } = setUp(index);
    await expect(admitted).rejects.toMatchObject({ kind: step });
    expect(seen).toEqual(step === 'TokenInvalid' ? [] : [caller]);
  });

  it('lets in a caller that nothing refuses', async () => {
    const { admitted, caller } = setUp(steps.length);
    expect(await admitted).toBe(caller);
  });
});
