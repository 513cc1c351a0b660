// What a user has consented to for a client: by the seed, or on the page (F38).
import type { Clock, GrantStore } from '../../domain/ports.ts';
import { SignInRefusal } from '../errors.ts';
import { type Asked, knownGraphScopes } from '../oauth/scopes.ts';
import type { Client, Registrations, User } from '../registry/registrations.ts';

export interface Consents {
  /** Scopes among what is asked that nobody has consented to yet; `.default` asks for what was consented and needs at least something. */
  missing(client: Client, user: User, asked: Asked): Promise<readonly string[]>;
  /** Remembers that the user agreed to all that is asked. */
  give(client: Client, user: User, asked: Asked): Promise<void>;
  /**
   * The scopes that a token for this gets, as in `scp`.
   * @throws SignInRefusal ConsentRequired
   */
  granted(client: Client, user: User, asked: Asked): Promise<readonly string[]>;
}

const everything = '*';
const forEver = Number.MAX_SAFE_INTEGER;

export interface ConsentParts {
  readonly registrations: Registrations;
  readonly grants: GrantStore;
  readonly clock: Clock;
}

export function createConsents({ registrations, grants, clock }: ConsentParts): Consents {
  const keyOf = (client: Client, { oid }: User, { resource }: Asked) =>
    JSON.stringify([client.clientId, oid, resource.client?.clientId ?? 'graph']);

  async function consented(client: Client, user: User, asked: Asked): Promise<ReadonlySet<string>> {
    const given = await grants.get('consent', keyOf(client, user, asked), clock.now());
    return new Set([...registrations.consents(client.clientId, user.alias), ...(given?.scopes ?? [])]);
  }

  /** `.default` of a resource that has no consent yet asks for everything. */
  const wanted = ({ isDefault, names }: Asked): readonly string[] => (isDefault ? [everything] : names);

  async function missing(client: Client, user: User, asked: Asked): Promise<readonly string[]> {
    const given = await consented(client, user, asked);
    if (given.has(everything) || (asked.isDefault && given.size > 0)) return [];
    return wanted(asked).filter((name) => !given.has(name));
  }

  return {
    missing,
    give: async (client, user, asked) => {
      await grants.change('consent', keyOf(client, user, asked), clock.now(), (current) => ({
        scopes: [...new Set([...(current?.scopes ?? []), ...wanted(asked)])],
        expiresAt: forEver,
      }));
    },
    granted: async (client, user, asked) => {
      const lacking = await missing(client, user, asked);
      if (lacking.length > 0) {
        throw new SignInRefusal(
          'ConsentRequired',
          `The user or administrator has not consented to use the application with ID '${client.clientId}' named '${client.displayName}'. Send an interactive authorization request for this user and resource.`,
        );
      }
      if (!asked.isDefault) return asked.names.length > 0 ? asked.names : openIdNames(asked);
      const given = await consented(client, user, asked);
      if (!given.has(everything)) return [...given];
      return asked.resource.client ? ['user_impersonation'] : knownGraphScopes;
    },
  };
}

function openIdNames({ openId }: Asked): readonly string[] {
  return [...(openId.openid ? ['openid'] : []), ...(openId.profile ? ['profile'] : []), ...(openId.email ? ['email'] : [])];
}
