// Composes identity: registrations, token verification, admission, and the identity surface.
import type { Admission, Authenticator, Registry } from '../domain/ports.ts';
import type { IdentityContext } from './context.ts';
import { createIdentity, type Identity } from './identity.ts';
import { createAdmission } from './registry/admission.ts';
import { createRegistrations, type Registrations } from './registry/registrations.ts';
import { createRegistry } from './registry/registry.ts';
import { defaultSeedFile, loadSeed, type Seed, validateSeed } from './registry/seed.ts';
import { type AuthMode, createAuthenticator, createIssuerChoice } from './tokens/authenticator.ts';
import { createDevelopmentAuthenticator } from './tokens/development-tokens.ts';
import { createSigningKeys, type SigningKeys } from './tokens/signing-keys.ts';
import { createTokenVerifier } from './tokens/token-verifier.ts';
import type { TrustedIssuer } from './tokens/trusted-issuer.ts';
import { createTrustedIssuerVerifier } from './tokens/trusted-issuer-verifier.ts';
import { createVerifiedTokenCache, type VerifiedTokenCache } from './tokens/verified-token-cache.ts';

export interface CallersOptions {
  readonly seed?: string | Seed;
  readonly auth?: AuthMode;
  readonly trustedIssuer?: TrustedIssuer;
  readonly publicOrigin?: string;
}

export interface CallersParts extends Pick<IdentityContext, 'grants' | 'clock' | 'ids' | 'lifetimes'> {
  readonly realNow: () => number;
  readonly warn: (message: string) => void;
  /** Overrides of the defaults. */
  readonly signingKeys?: SigningKeys;
  readonly authenticator?: Authenticator;
  readonly admission?: Admission;
}

export interface Callers {
  readonly registry: Registry;
  readonly authenticator: Authenticator;
  readonly admission: Admission;
  readonly identity: Identity;
  /** Clears the cache of verified tokens and the rate limits. */
  reset(): void;
}

/** @throws SeedError, KeySetError */
export async function createCallers(options: CallersOptions, parts: CallersParts): Promise<Callers> {
  const seed = await seedOf(options.seed);
  const registrations = createRegistrations(seed);
  const signingKeys = parts.signingKeys ?? createSigningKeys();
  const ownAdmission = createAdmission(seed, parts.clock);
  const admission = parts.admission ?? ownAdmission;
  const verifiedTokens = await createTokenCache(options, { ...parts, registrations, signingKeys });
  const developmentTokens = createDevelopmentAuthenticator(registrations);
  const own = createAuthenticator({ mode: options.auth ?? 'relaxed', developmentTokens, verifiedTokens });
  return {
    registry: createRegistry(seed, registrations),
    authenticator: parts.authenticator ?? own,
    admission,
    identity: createIdentity({ ...parts, registrations, signingKeys, admission }),
    reset: () => {
      verifiedTokens.clear();
      ownAdmission.reset();
    },
  };
}

async function createTokenCache(
  { publicOrigin, trustedIssuer }: CallersOptions,
  parts: CallersParts & { readonly registrations: Registrations; readonly signingKeys: SigningKeys },
): Promise<VerifiedTokenCache> {
  const own = createTokenVerifier({ ...parts, publicOrigin });
  if (!trustedIssuer) return createVerifiedTokenCache(own);
  const verifier = await createTrustedIssuerVerifier(trustedIssuer, parts);
  return createVerifiedTokenCache(createIssuerChoice(own, { issuer: trustedIssuer.issuer, verifier }));
}

async function seedOf(seed: CallersOptions['seed']): Promise<Seed> {
  if (seed === undefined) return loadSeed(defaultSeedFile);
  return typeof seed === 'string' ? loadSeed(seed) : validateSeed(seed, 'given in code');
}
