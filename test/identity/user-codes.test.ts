// Device sign-ins by what a person types: found in any spelling, settled once.
import { describe, expect, it } from 'vitest';
import { createUserCodes, userCodeKey } from '../../src/identity/login/user-codes.ts';
import { createGrantStore } from '../../src/stores/grants.ts';
import { createTestClock } from '../support/time.ts';

const lifetimeMs = 900_000;

async function waiting() {
  const clock = createTestClock(1_000_000);
  const grants = createGrantStore();
  const expiresAt = clock.now() + lifetimeMs;
  await grants.change('device', 'd', clock.now(), () => ({
    clientId: 'phone',
    tenant: 'common',
    scope: 'openid',
    userCode: 'HJKM-7Q2W',
    state: 'pending',
    expiresAt,
  }));
  await grants.change('userCode', 'HJKM7Q2W', clock.now(), () => ({ deviceCode: 'd', expiresAt }));
  const lifetimes = { accessToken: 0, authorizationCode: 0, refreshToken: 0, deviceCode: lifetimeMs, deviceCodeInterval: 0, session: 0 };
  return { clock, codes: createUserCodes({ grants, clock, lifetimes }), record: () => grants.get('device', 'd', 0) };
}

describe('a user code', () => {
  it.each(['HJKM-7Q2W', 'hjkm7q2w', ' HJKM 7Q2W\t', 'hj-km-7q-2w', 'HJKM—7Q2W'])('[F37] is one whatever it is typed like: %s', (typed) => {
    expect(userCodeKey(typed)).toBe('HJKM7Q2W');
  });

  it('[F37] is settled by the first of two who answer at the same time', async () => {
    const { codes, record } = await waiting();
    const [first, second] = [await codes.find('HJKM7Q2W'), await codes.find('HJKM7Q2W')];
    await codes.settle(first, { state: 'declined' });
    await expect(codes.settle(second, { state: 'approved', oid: 'adele' })).rejects.toMatchObject({ kind: 'DeviceCodeInvalid' });
    expect(await record()).toMatchObject({ state: 'declined' });
  });

  it('[F37] is not settled at the moment it expires', async () => {
    const { clock, codes, record } = await waiting();
    const device = await codes.find('HJKM7Q2W');
    clock.moveTo(clock.now() + lifetimeMs);
    await expect(codes.settle(device, { state: 'approved', oid: 'adele' })).rejects.toMatchObject({ kind: 'DeviceCodeExpired' });
    expect(await record()).toMatchObject({ state: 'pending' });
  });

  it('[F37] is refused as expired for as long again as it lived, and as unknown after that', async () => {
    const { clock, codes } = await waiting();
    clock.moveTo(clock.now() + 2 * lifetimeMs - 1);
    await expect(codes.find('HJKM7Q2W')).rejects.toMatchObject({ kind: 'DeviceCodeExpired' });
    clock.moveTo(clock.now() + 1);
    await expect(codes.find('HJKM7Q2W')).rejects.toMatchObject({ kind: 'DeviceCodeInvalid' });
  });
});
