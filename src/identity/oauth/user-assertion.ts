// Validates the user token in an on-behalf-of request (F36): issued by this emulator, for that client, not expired.
import { decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose';
import type { IdentityContext } from '../context.ts';
import { SignInRefusal } from '../errors.ts';
import type { Client } from '../registry/registrations.ts';
import { issuedFor } from '../tokens/claims.ts';
import { isForged, isNotInTime, isUnverifiable } from '../tokens/jwt-error.ts';
import { resourceKey } from './resources.ts';

/** Returns the object id of the token's user. */
export type UserAssertions = (assertion: string, client: Client) => Promise<string>;

export function createUserAssertions(context: Pick<IdentityContext, 'registrations' | 'signingKeys' | 'clock'>): UserAssertions {
  return async (assertion, client) => {
    const { aud, iss, tid, oid, scp } = await verified(context, assertion);
    if (typeof iss !== 'string' || issuedFor(iss)?.tenantId !== tid) throw invalid('it was not issued here');
    if (![aud].flat().some((name) => names(client, name))) {
      throw new SignInRefusal(
        'UserAssertionAudience',
        `Assertion audience does not match the Client app presenting the assertion: it is ${JSON.stringify(aud)}, the client is ${client.clientId}.`,
      );
    }
    // Id tokens and app-only tokens have no delegated scopes.
    if (typeof scp !== 'string' || typeof oid !== 'string') throw invalid("it is not a person's access token");
    return oid;
  };
}

async function verified({ signingKeys, clock }: Pick<IdentityContext, 'signingKeys' | 'clock'>, assertion: string): Promise<JWTPayload> {
  try {
    const key = await signingKeys.verificationKey(decodeProtectedHeader(assertion).kid);
    if (!key) throw invalid('its key is not one of this platform');
    return (await jwtVerify(assertion, key, { algorithms: ['RS256'], currentDate: new Date(clock.now()) })).payload;
  } catch (error) {
    throw refusalOf(error);
  }
}

function refusalOf(error: unknown): unknown {
  if (isNotInTime(error)) return new SignInRefusal('UserAssertionNotInTime', 'Assertion is not within its valid time range.');
  if (isForged(error)) return invalid('its signature is not valid');
  return isUnverifiable(error) ? invalid('it is not a JWT that can be verified') : error;
}

function names({ resourceNames }: Client, audience: string | undefined): boolean {
  return audience !== undefined && resourceNames.some((name) => resourceKey(name) === resourceKey(audience));
}

function invalid(reason: string): SignInRefusal {
  return new SignInRefusal('UserAssertionInvalid', `Assertion is not valid: ${reason}.`);
}
