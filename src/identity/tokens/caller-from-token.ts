// Determines the caller from the claims of a verified token: an app-only client, or a user of a client (F17, F39).
import type { JWTPayload } from 'jose';
import type { Refusal } from '../../domain/errors.ts';
import type { Caller, TokenResource } from '../../domain/model.ts';
import { graphNames, serviceOf } from '../oauth/resources.ts';
import type { Registrations } from '../registry/registrations.ts';
import { invalidToken } from './jwt-verifier.ts';

/** Claims that only user tokens have; such a token without scopes is not an access token. */
const personal = ['nonce', 'upn', 'preferred_username', 'unique_name', 'email', 'at_hash'];

/**
 * v1 has the client in `appid`, v2.0 in `azp`. A registered user is the same as with a development token.
 * @param audiences the accepted audiences. Default: Graph and the activity service, and the caller's `resource` says which (F43)
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
  const accepted = audiencesIn(claims).filter((name) => audiences?.includes(name) ?? serviceOf(name) !== undefined);
  if (accepted.length === 0) {
    return invalidToken(`it is for another resource (aud); ask for a token for ${audiences?.join(' or ') ?? graphNames[0]}`);
  }
  const resource = resourceIn(accepted);
  const granted = { clientId, ...(resource === undefined ? {} : { resource }) };
  return scopes === undefined ? { kind: 'app', ...granted } : userFrom(claims, registrations, { ...granted, scopes });
}

/** The types of the library say that `aud` is text, or a list of it; a token may hold anything. */
function audiencesIn({ aud }: JWTPayload): readonly string[] {
  const all: readonly unknown[] = [aud].flat();
  return all.filter((name) => typeof name === 'string');
}

/** A token for several resources, or for one that was configured, is good on every surface. */
function resourceIn(audiences: readonly string[]): TokenResource | undefined {
  const [first, ...others] = new Set(audiences.map(serviceOf));
  return others.length === 0 ? first : undefined;
}

function userFrom(
  claims: JWTPayload,
  registrations: Pick<Registrations, 'userByOid'>,
  granted: { readonly clientId: string; readonly scopes: ReadonlySet<string>; readonly resource?: TokenResource },
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
