// Determines the caller from the claims of a verified token: an app-only client, or a user of a client (F17, F39).
import type { JWTPayload } from 'jose';
import type { Refusal } from '../../domain/errors.ts';
import type { Caller } from '../../domain/model.ts';
import { graphNames, isGraph } from '../oauth/scopes.ts';
import type { Registrations } from '../registry/registrations.ts';
import { invalidToken } from './jwt-verifier.ts';

/** Claims that only user tokens have; such a token without scopes is not an access token. */
const personal = ['nonce', 'upn', 'preferred_username', 'unique_name', 'email', 'at_hash'];

/**
 * v1 has the client in `appid`, v2.0 in `azp`. A registered user is the same as with a development token.
 * @param audiences the accepted audiences. Default: Graph
 */
export function callerFrom(
  claims: JWTPayload,
  registrations: Pick<Registrations, 'userByOid'>,
  audiences?: readonly string[],
): Caller | Refusal {
  const clientId = textOf(claims['appid']) ?? textOf(claims['azp']);
  const scopes = scopesOf(claims['scp']);
  const isPersonal = claims['idtyp'] === 'user' || personal.some((name) => claims[name] !== undefined);
  // Without a client id the caller would be accepted for every application.
  if (clientId === undefined || (scopes === undefined && isPersonal)) {
    return invalidToken(
      'it is not an access token, perhaps an id token, which only identifies the user to a client; send the access token',
    );
  }
  if (![claims.aud].flat().some((name) => isAccepted(name, audiences))) {
    return invalidToken(`it is for another resource (aud); ask for a token for ${audiences?.join(' or ') ?? graphNames[0]}`);
  }
  return scopes === undefined ? { kind: 'app', clientId } : userFrom(claims, registrations, { clientId, scopes });
}

function isAccepted(name: unknown, audiences: readonly string[] | undefined): boolean {
  return typeof name === 'string' && (audiences?.includes(name) ?? isGraph(name));
}

function userFrom(
  claims: JWTPayload,
  registrations: Pick<Registrations, 'userByOid'>,
  granted: { readonly clientId: string; readonly scopes: ReadonlySet<string> },
): Caller | Refusal {
  const oid = textOf(claims['oid']) ?? textOf(claims.sub);
  if (oid === undefined) return invalidToken('it names no user (oid)');
  const user = registrations.userByOid(oid);
  const upn = textOf(claims['upn']) ?? textOf(claims['preferred_username']) ?? user?.upn ?? oid;
  return { kind: 'user', userId: user?.alias ?? oid, upn, ...granted };
}

/** Some issuers send a list. */
function scopesOf(scp: unknown): ReadonlySet<string> | undefined {
  if (Array.isArray(scp)) return new Set(scp.filter((scope) => typeof scope === 'string'));
  return typeof scp === 'string' ? new Set(scp.split(' ').filter((scope) => scope !== '')) : undefined;
}

/** A lone surrogate cannot be encoded in a URL. */
function textOf(claim: unknown): string | undefined {
  return typeof claim === 'string' && claim !== '' && !/\p{Cs}/u.test(claim) ? claim : undefined;
}
