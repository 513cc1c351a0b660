// The consents of users to clients, from the seed or the consent page (F38).
import type { Clock, GrantStore } from '../../domain/ports.ts';
import { SignInRefusal } from '../errors.ts';
import { serviceOf } from '../oauth/resources.ts';
import { knownScopes, type RequestedScopes } from '../oauth/scopes.ts';
import type { Client, Registrations, User } from '../registry/registrations.ts';

export interface Consents {
  /** The requested scopes without consent; `.default` requests all scopes with consent and needs at least one. */
  missing(client: Client, user: User, requested: RequestedScopes): Promise<readonly string[]>;
  /** Stores the user's consent to all requested scopes. */
  give(client: Client, user: User, requested: RequestedScopes): Promise<void>;
  /**
   * The scopes granted to a token, for `scp`.
   * @throws SignInRefusal ConsentRequired
   */
  granted(client: Client, user: User, requested: RequestedScopes): Promise<readonly string[]>;
}

const everything = '*';
const forEver = Number.MAX_SAFE_INTEGER;

export interface ConsentParts {
  readonly registrations: Registrations;
  readonly grants: GrantStore;
  readonly clock: Clock;
}

export function createConsents({ registrations, grants, clock }: ConsentParts): Consents {
  const keyOf = (client: Client, { oid }: User, { resource }: RequestedScopes) =>
    JSON.stringify([client.clientId, oid, resource.client?.clientId ?? serviceOf(resource.name)]);

  async function consented(client: Client, user: User, requested: RequestedScopes): Promise<readonly string[]> {
    const given = await grants.get('consent', keyOf(client, user, requested), clock.now());
    return [...new Set([...registrations.consents(client.clientId, user.alias), ...(given?.scopes ?? [])])];
  }

  /** `.default` without any consent requests everything. */
  const requiredNames = ({ isDefault, names }: RequestedScopes): readonly string[] => (isDefault ? [everything] : names);

  async function missing(client: Client, user: User, requested: RequestedScopes): Promise<readonly string[]> {
    const given = await consented(client, user, requested);
    if (given.includes(everything) || (requested.isDefault && given.length > 0)) return [];
    // Without case (F44).
    const names = new Set(given.map((name) => name.toLowerCase()));
    return requiredNames(requested).filter((name) => !names.has(name.toLowerCase()));
  }

  return {
    missing,
    give: async (client, user, requested) => {
      await grants.change('consent', keyOf(client, user, requested), clock.now(), (current) => ({
        scopes: [...new Set([...(current?.scopes ?? []), ...requiredNames(requested)])],
        expiresAt: forEver,
      }));
    },
    granted: async (client, user, requested) => {
      const lacking = await missing(client, user, requested);
      if (lacking.length > 0) {
        throw new SignInRefusal(
          'ConsentRequired',
          `The user or administrator has not consented to use the application with ID '${client.clientId}' named '${client.displayName}'. Send an interactive authorization request for this user and resource.`,
        );
      }
      if (!requested.isDefault) return requested.names.length > 0 ? requested.names : openIdNames(requested);
      const given = await consented(client, user, requested);
      if (!given.includes(everything)) return given;
      return requested.resource.client ? ['user_impersonation'] : knownScopes;
    },
  };
}

function openIdNames({ openId }: RequestedScopes): readonly string[] {
  return [...(openId.openid ? ['openid'] : []), ...(openId.profile ? ['profile'] : []), ...(openId.email ? ['email'] : [])];
}
