// Judges the assertion that a client signs with its certificate's key (F33); times are by the service clock.
import { createHash, type X509Certificate } from 'node:crypto';
import { decodeProtectedHeader, type JWTPayload, jwtVerify, type ProtectedHeaderParameters } from 'jose';
import type { IdentityContext } from '../context.ts';
import { SignInRefusal } from '../errors.ts';
import type { Client } from '../registry/registrations.ts';
import { bytesInBase64 } from '../tokens/base64-bytes.ts';
import { issuerOf } from '../tokens/claims.ts';
import { isForged, isNotInTime, isUnverifiable } from '../tokens/jwt-error.ts';
import type { ClientRequest } from './token-request.ts';

/** A client's clock may be ahead by this much. */
const allowedSkewSeconds = 300;

/** The certificate's thumbprints that each algorithm is told with; SHA-1 only by older clients. */
const thumbprintsOf = { PS256: ['x5t#S256'], RS256: ['x5t#S256', 'x5t'] } as const;
type Algorithm = keyof typeof thumbprintsOf;

/** Checks one assertion and takes its id, so that it is good for one request only. */
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
  // The bytes are compared: RFC 7515 has them in base64url without padding, but libraries of several languages pad it or write base64.
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
  // A client whose clock is ahead is let in early, but what has expired is over.
  if (exp * 1000 <= now) throw notInTime();
  if (typeof jti !== 'string' || jti === '') throw invalid('it has no jti');
  return { exp, jti };
}

/** The token endpoint that was asked, by each name of its tenant, or the issuer. */
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

/** As addresses are compared here: a slash at the end makes no other, nor does the version with which v1's endpoint was called. */
function normalised(address: unknown): string {
  return lower(address)
    .replace(/\?api-version=[0-9.]+$/, '')
    .replace(/\/$/, '');
}

/** Claims are whatever the client wrote; what is no text equals nothing. */
function lower(claim: unknown): string {
  return typeof claim === 'string' ? claim.toLowerCase() : '';
}

/**
 * A request that repeats another one's (D24); the makers' library sends an assertion again for minutes, each time with another id.
 * Hashed, so that a long one takes no more room than a short one.
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
