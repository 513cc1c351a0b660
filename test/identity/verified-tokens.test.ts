// The memory of verified tokens: what it saves, what it never saves, and that it stays small; and sockets whose token ends.
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/domain/errors.ts';
import type { Clock } from '../../src/domain/ports.ts';
import { createRegistrations } from '../../src/identity/registry/registrations.ts';
import type { TokenVerifier } from '../../src/identity/tokens/jwt-verifier.ts';
import type { SigningKeys } from '../../src/identity/tokens/signing-keys.ts';
import { createTokenVerifier } from '../../src/identity/tokens/token-verifier.ts';
import { createVerifiedTokenCache, type VerifiedTokenCacheLimits } from '../../src/identity/tokens/verified-token-cache.ts';
import { application, type SubscriptionBody, useEmulators } from '../support/emulator.ts';
import { createForeignSigner, signingKeysOf, unsigned } from '../support/forged-tokens.ts';
import { errorOf } from '../support/http-call.ts';
import { connectSocket, refusedHandshake } from '../support/socket-device.ts';
import { createTestClock, startInstant } from '../support/time.ts';
import { createTestIssuer } from '../support/token-issuer.ts';

const issuer = await createTestIssuer();
const registrations = createRegistrations({ tenants: [{ domain: 'contoso.example', id: '0f7e2c3a-5d1b-4b6e-8f4a-9c2d1e0b7a11' }] });

/** Counts how often a token is really verified. */
function createMemory(keys: SigningKeys = issuer.signingKeys, limits: VerifiedTokenCacheLimits = {}, clock: Clock = createTestClock()) {
  const verifier = createTokenVerifier({ registrations, signingKeys: keys, clock, publicOrigin: undefined });
  let verifications = 0;
  const counting: TokenVerifier = {
    verify: (token) => {
      verifications += 1;
      return verifier.verify(token);
    },
  };
  return { clock, tokens: createVerifiedTokenCache(counting, limits), verifications: () => verifications };
}

describe('a verified token', () => {
  it('[D20] is verified once, however often it comes', async () => {
    const { tokens, verifications } = createMemory();
    const token = await issuer.appToken();
    const [first, second] = [await tokens.callerOf(token), await tokens.callerOf(token)];
    expect(first).toMatchObject({ kind: 'app', expiresAt: Math.floor(startInstant / 1000) * 1000 + 3_600_000 });
    expect(second).toEqual(first);
    expect(verifications()).toBe(1);
  });

  it('[D20] is verified once when it comes many times together', async () => {
    const { tokens, verifications } = createMemory();
    const token = await issuer.appToken();
    const callers = await Promise.all(Array.from({ length: 20 }, () => tokens.callerOf(token)));
    expect(callers.every((caller) => !(caller instanceof Refusal))).toBe(true);
    expect(verifications()).toBe(1);
  });

  it('[D20] is refused from its last second on, and then forgotten', async () => {
    const { clock, tokens } = createMemory();
    const token = await issuer.appToken({ lifetimeMs: 60_000 });
    await tokens.callerOf(token);
    const end = Math.floor(startInstant / 1000) * 1000 + 60_000;
    clock.moveTo(end - 1);
    expect(await tokens.callerOf(token)).toMatchObject({ kind: 'app' });
    clock.moveTo(end);
    expect(await tokens.callerOf(token)).toMatchObject({ kind: 'TokenExpired' });
    expect(tokens.count()).toBe(0);
    expect(await tokens.callerOf(token)).toMatchObject({ kind: 'TokenExpired' });
  });

  it('[D20] is not valid yet when the clock is set back behind its beginning', async () => {
    const { clock, tokens } = createMemory();
    clock.moveTo(startInstant + 7_200_000);
    const token = await issuer.appToken({ issuedAt: clock.now() });
    expect(await tokens.callerOf(token)).toMatchObject({ kind: 'app' });
    clock.reset();
    expect(await tokens.callerOf(token)).toMatchObject({ kind: 'TokenInvalid', message: expect.stringContaining('not valid yet') });
  });

  it('[D20] is verified again when keys have changed, and all others with it', async () => {
    const [old, young] = [await createForeignSigner(), await createForeignSigner()];
    let current = signingKeysOf(old, 'one');
    const changing: SigningKeys = {
      sign: (claims) => current.sign(claims),
      publicKeys: () => current.publicKeys(),
      verificationKey: (kid) => current.verificationKey(kid),
    };
    const owner = await createTestIssuer(changing);
    const { tokens, verifications } = createMemory(changing);
    const [token, other] = [await owner.appToken(), await owner.appToken()];
    await tokens.callerOf(token);
    await tokens.callerOf(other);
    current = signingKeysOf(young, 'one');
    expect(await tokens.callerOf(token)).toMatchObject({ kind: 'TokenInvalid' });
    expect([tokens.count(), verifications()]).toEqual([0, 3]);
    expect(await tokens.callerOf(other)).toMatchObject({ kind: 'TokenInvalid' });
    current = signingKeysOf(young, 'two');
    expect(await tokens.callerOf(await owner.appToken())).toMatchObject({ kind: 'app' });
  });

  it('[D20] that was refused is judged anew', async () => {
    const { clock, tokens, verifications } = createMemory();
    const token = await issuer.appToken({ issuedAt: startInstant + 60_000 });
    expect(await tokens.callerOf(token)).toMatchObject({ kind: 'TokenInvalid' });
    expect(tokens.count()).toBe(0);
    clock.moveTo(startInstant + 60_000);
    expect(await tokens.callerOf(token)).toMatchObject({ kind: 'app' });
    expect(verifications()).toBe(2);
  });

  it('[D20] leaves room: no more are kept than the bounds allow, whichever are refused', async () => {
    const { tokens } = createMemory(undefined, { maxTokens: 5 });
    const all = await Promise.all(Array.from({ length: 12 }, () => issuer.appToken()));
    for (const token of all) {
      await tokens.callerOf(token);
      await tokens.callerOf(unsigned({ alg: 'none' }, { token }));
    }
    expect(tokens.count()).toBe(5);
  });

  it('[D20] counts with its bytes', async () => {
    const maxBytes = 20_000;
    const { tokens } = createMemory(undefined, { maxBytes });
    const all = await Promise.all(Array.from({ length: 12 }, () => issuer.appToken({ claims: { padding: 'x'.repeat(2000) } })));
    for (const token of all) expect(await tokens.callerOf(token)).toMatchObject({ kind: 'app' });
    expect(tokens.count()).toBeGreaterThan(0);
    expect(tokens.count() * 2 * (all[0]?.length ?? 0)).toBeLessThanOrEqual(maxBytes);
    const huge = await issuer.appToken({ claims: { padding: 'x'.repeat(maxBytes) } });
    expect(await tokens.callerOf(huge)).toMatchObject({ kind: 'app' });
    expect(tokens.count()).toBeGreaterThan(0);
  });

  it('[D20] is forgotten with all others when that is asked for', async () => {
    const { tokens, verifications } = createMemory();
    const token = await issuer.appToken();
    await tokens.callerOf(token);
    tokens.clear();
    await tokens.callerOf(token);
    expect([tokens.count(), verifications()]).toEqual([1, 2]);
  });
});

describe('in an emulator', () => {
  const start = useEmulators();
  const path = '/client/v1/subscriptions';
  const json = { application, deviceId: 'phone', platform: 'iOS' };
  const codeOf = (answer: Parameters<typeof errorOf>[0]) => errorOf(answer).innerError.code;

  it('[D18][D20] a token that was used ends when the clock is moved, and lives again after a reset', async () => {
    const emulator = await start({}, { signingKeys: issuer.signingKeys });
    const token = await issuer.userToken('adele');
    expect((await emulator.send({ path, token })).status).toBe(200);
    await emulator.emulator.advance(3599);
    expect((await emulator.send({ path, token })).status).toBe(200);
    await emulator.emulator.advance(1);
    const answer = await emulator.send({ path, token });
    expect([answer.status, codeOf(answer)]).toEqual([401, 'TokenExpired']);
    await emulator.emulator.reset();
    expect((await emulator.send({ path, token })).status).toBe(200);
  });

  it('[D20] a reset forgets all tokens', async () => {
    let asked = 0;
    const signingKeys: SigningKeys = {
      ...issuer.signingKeys,
      verificationKey: (kid) => {
        asked += 1;
        return issuer.signingKeys.verificationKey(kid);
      },
    };
    const emulator = await start({}, { signingKeys });
    const token = await issuer.userToken('adele');
    const costOf = async () => {
      const before = asked;
      await emulator.send({ path, token });
      return asked - before;
    };
    const [first, second] = [await costOf(), await costOf()];
    expect(second).toBeLessThan(first);
    await emulator.emulator.reset();
    expect(await costOf()).toBe(first);
  });

  it.each(['Authorization', 'access_token'])(
    '[R8][D18] a socket with a signed token in %s is closed with 4401 when it expires',
    async (place) => {
      const emulator = await start({}, { signingKeys: issuer.signingKeys });
      const token = await issuer.userToken('adele', { lifetimeMs: 600_000 });
      const { body } = await emulator.send<SubscriptionBody>({ path, token, json });
      const unsid = body.userNotificationSubscriptionId;
      const handshake = place === 'access_token' ? { unsid, accessToken: token } : { unsid, token };
      const device = await connectSocket(emulator.url, handshake);
      await device.nextOf('connected');
      await emulator.emulator.advance(599);
      expect(await device.rest()).toEqual([]);
      await emulator.emulator.advance(1);
      expect((await device.closed).code).toBe(4401);
      const refused = await refusedHandshake(emulator.url, handshake);
      expect([refused.status, codeOf(refused)]).toEqual([401, 'TokenExpired']);
    },
  );
});
