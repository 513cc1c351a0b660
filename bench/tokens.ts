// What a signed token costs a call: at its first verification and when it is remembered, beside jose's jwtVerify alone. Run: node --import tsx bench/tokens.ts
import { jwtVerify } from 'jose';
import { Refusal } from '../src/domain/errors.ts';
import { resourceOf } from '../src/identity/oauth/resources.ts';
import { knownScopes } from '../src/identity/oauth/scopes.ts';
import { createRegistrations } from '../src/identity/registry/registrations.ts';
import { defaultSeedFile, loadSeed } from '../src/identity/registry/seed.ts';
import { createAuthenticator } from '../src/identity/tokens/authenticator.ts';
import { accessTokenClaims } from '../src/identity/tokens/claims.ts';
import { createDevelopmentAuthenticator } from '../src/identity/tokens/development-tokens.ts';
import { createSigningKeys } from '../src/identity/tokens/signing-keys.ts';
import { createTokenVerifier } from '../src/identity/tokens/token-verifier.ts';
import { createVerifiedTokenCache } from '../src/identity/tokens/verified-token-cache.ts';
import { createServiceClock } from '../src/runtime/clock.ts';

const rounds = 60;
const perRound = 100;
/** More tokens than are asked for in a round, so that no measured token was seen shortly before. */
const tokenCount = rounds * perRound;

const registrations = createRegistrations(await loadSeed(defaultSeedFile));
const [user] = registrations.users;
const client = registrations.client('2b6f0b8d-51a7-4d57-8f5c-2f7b0b0a9d33');
if (!user || !client) throw new Error('the default seed has changed');
const clock = createServiceClock();
const signingKeys = createSigningKeys();
const resource = resourceOf(registrations, 'https://graph.microsoft.com');
const moment = { now: clock.now(), lifetimeMs: 3_600_000, origin: 'https://localhost:4281' };
const tokens: string[] = [];
for (let count = 0; count < tokenCount; count += 1) {
  const delegated = { user, scopes: knownScopes };
  const input = { ...moment, version: '2.0', client, resource, tenant: user.tenant, delegated, id: `token-${count}` } as const;
  tokens.push(await signingKeys.sign(accessTokenClaims(input)));
}

const verifiedTokens = createVerifiedTokenCache(createTokenVerifier({ registrations, signingKeys, clock, publicOrigin: undefined }));
const authenticator = createAuthenticator({
  mode: 'strict',
  developmentTokens: createDevelopmentAuthenticator(registrations),
  verifiedTokens,
});
const [published] = await signingKeys.publicKeys();
const key = await signingKeys.verificationKey(published?.kid);

async function authenticate(token: string): Promise<void> {
  const caller = await authenticator.authenticate(token);
  if (caller instanceof Refusal) throw caller;
}

/** Microseconds for each of these tokens. */
async function timed(round: readonly string[], act: (token: string) => Promise<unknown>): Promise<number> {
  const start = performance.now();
  for (const token of round) await act(token);
  return ((performance.now() - start) * 1000) / round.length;
}

const median = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[all.length >> 1] ?? Number.NaN;

/** Interleaved, so that other load on the machine affects all three equally. */
async function measure() {
  if (!key) throw new Error('no key');
  const samples = { alone: [] as number[], first: [] as number[], again: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    const own = tokens.slice(round * perRound, (round + 1) * perRound);
    samples.alone.push(await timed(own, (token) => jwtVerify(token, key, { algorithms: ['RS256'] })));
    samples.first.push(await timed(own, authenticate));
    samples.again.push(await timed(own, authenticate));
  }
  return { alone: median(samples.alone), first: median(samples.first), again: median(samples.again) };
}

await measure();
verifiedTokens.clear();
const { alone, first, again } = await measure();
console.log(`a token of ${tokens[0]?.length} characters, microseconds a call, median of ${rounds} rounds of ${perRound}`);
console.log(`jwtVerify alone     ${alone.toFixed(1).padStart(8)}`);
console.log(`first verification  ${first.toFixed(1).padStart(8)}   ${(first / alone).toFixed(2)} of jwtVerify`);
console.log(
  `remembered          ${again.toFixed(1).padStart(8)}   ${(again / alone).toFixed(3)} of jwtVerify, ${(alone / again).toFixed(0)} times faster`,
);
