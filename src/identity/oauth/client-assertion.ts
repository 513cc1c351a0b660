// Validates client assertions, signed with the key of the client's certificate (F33), by the service clock.
import { createHash, type X509Certificate } from 'node:crypto';
import { decodeProtectedHeader, type JWTPayload, jwtVerify, type ProtectedHeaderParameters } from 'jose';
import type { IdentityContext } from '../context.ts';
import { SignInRefusal } from '../errors.ts';
import type { Client } from '../registry/registrations.ts';
import { bytesInBase64 } from '../tokens/base64-bytes.ts';
import { issuerOf } from '../tokens/claims.ts';
import { isForged, isNotInTime, isUnverifiable } from '../tokens/jwt-error.ts';
import type { ClientRequest } from './token-request.ts';

/** Maximum clock skew of a client. */
const allowedSkewSeconds = 300;

/** The header parameters for the certificate's thumbprint, by algorithm; only older clients send SHA-1. */
const thumbprintsOf = { PS256: ['x5t#S256'], RS256: ['x5t#S256', 'x5t'] } as const;
type Algorithm = keyof typeof thumbprintsOf;

/** Validates an assertion and stores its id, so that it can be used only once. */
export type ClientAssertions = (clientRequest: ClientRequest, assertion: string) => Promise<void>;

export function createClientAssertions({ grants, clock }: Pick<IdentityContext, 'grants' | 'clock'>): ClientAssertions {
  return async (clientRequest, assertion) => {
    const now = clock.now();
    const payload = await verified(assertion, clientRequest.client, now);
    const { exp, jti } = checkClaims(payload, clientRequest, now);
    const { before } = await grants.change('assertion', keyOf(clientRequest, jti), now, (used) => used ?? { expiresAt: exp * 1000 });
    if (before) throw invalid(`its identifier '${jti}' was used before`);
  };
}

async function verified(assertion: string, client: Client, now: number): Promise<JWTPayload> {
  try {
    const header = decodeProtectedHeader(assertion);
    const algorithm = algorithmOf(header);
    const key = certificateOf(client, header, algorithm).publicKey;
    const options = { algorithms: [algorithm], currentDate: new Date(now), clockTolerance: allowedSkewSeconds };
    return (await jwtVerify(assertion, key, options)).payload;
  } catch (error) {
    throw refusalOf(error);
  }
}

function refusalOf(error: unknown): unknown {
  if (isNotInTime(error)) return notInTime();
  if (isForged(error)) return invalid('its signature is not that of the certificate');
  return isUnverifiable(error) ? invalid('it is not a JWT that can be verified') : error;
}

function algorithmOf({ alg }: ProtectedHeaderParameters): Algorithm {
  if (alg === 'PS256' || alg === 'RS256') return alg;
  throw invalid('its algorithm must be PS256 or RS256');
}

function certificateOf({ certificates }: Client, header: ProtectedHeaderParameters, algorithm: Algorithm): X509Certificate {
  const name = thumbprintsOf[algorithm].find((one) => header[one] !== undefined);
  if (name === undefined) throw invalid(`its header must have ${thumbprintsOf[algorithm].join(' or ')}`);
  const named = header[name];
  // Compared as bytes: RFC 7515 requires base64url without padding, but several libraries send padding or base64.
  const bytes = typeof named === 'string' ? bytesInBase64(named) : undefined;
  const certificate = bytes && certificates.find((one) => thumbprint(one, name).equals(bytes));
  if (certificate) return certificate;
  throw invalid(`no certificate of the client has the thumbprint ${JSON.stringify(named)}`);
}

function thumbprint({ raw }: X509Certificate, name: 'x5t' | 'x5t#S256'): Buffer {
  return createHash(name === 'x5t' ? 'sha1' : 'sha256')
    .update(raw)
    .digest();
}

function checkClaims(
  { iss, sub, aud, exp, jti }: JWTPayload,
  clientRequest: ClientRequest,
  now: number,
): { readonly exp: number; readonly jti: string } {
  const ownId = lower(clientRequest.client.clientId);
  if (lower(iss) !== ownId || lower(sub) !== ownId) throw invalid('iss and sub must both be the client id');
  const audiences = audiencesOf(clientRequest);
  if (![aud].flat().some((one) => audiences.includes(normalised(one)))) {
    throw new SignInRefusal('AssertionAudience', `Client assertion audience claim does not match the token endpoint ${audiences[0]}.`);
  }
  if (exp === undefined) throw invalid('it has no exp');
  // The skew applies only to the start of the validity: an expired assertion is refused.
  if (exp * 1000 <= now) throw notInTime();
  if (typeof jti !== 'string' || jti === '') throw invalid('it has no jti');
  return { exp, jti };
}

/** Accepted audiences: the token endpoint or issuer, with any name of the tenant. */
function audiencesOf({ call: { tenant: requested, origin }, authority, client }: ClientRequest): readonly string[] {
  const { id, domain } = typeof authority === 'string' ? client.tenant : authority;
  return [requested, id, domain]
    .flatMap((name) => [
      `${origin}/${name}/oauth2/v2.0/token`,
      `${origin}/${name}/oauth2/token`,
      issuerOf(origin, name, '2.0'),
      issuerOf(origin, name, '1.0'),
    ])
    .map(normalised);
}

/** URLs are compared without trailing slash and without v1's api-version. */
function normalised(address: unknown): string {
  return lower(address)
    .replace(/\?api-version=[0-9.]+$/, '')
    .replace(/\/$/, '');
}

/** The claim in lower case; empty if it is not a string. */
function lower(claim: unknown): string {
  return typeof claim === 'string' ? claim.toLowerCase() : '';
}

/**
 * The key for detecting a repeated assertion (D24). Microsoft's library reuses an assertion for minutes, each time with another
 * client-request-id. Hashed, so that the stored size is bounded.
 */
function keyOf({ client: { clientId }, request }: ClientRequest, jti: string): string {
  return createHash('sha256')
    .update(JSON.stringify([clientId, jti, request['client-request-id'] ?? '']))
    .digest('base64url');
}

function invalid(reason: string): SignInRefusal {
  return new SignInRefusal('AssertionInvalid', `Client assertion is not valid: ${reason}.`);
}

function notInTime(): SignInRefusal {
  return new SignInRefusal('AssertionNotInTime', 'Client assertion is not within its valid time range: check nbf and exp, and the clocks.');
}
