// Browser sessions: a random token in a cookie, with a stored record (F38).
import type { IdentityContext } from '../context.ts';
import type { User } from '../registry/registrations.ts';

export interface Sessions {
  user(token: string | undefined): Promise<User | undefined>;
  /** Creates a new token and ends the former session, which prevents session fixation. */
  begin(user: User, former: string | undefined): Promise<string>;
  end(token: string | undefined): Promise<void>;
}

export function createSessions({ registrations, grants, clock, ids, lifetimes }: IdentityContext): Sessions {
  const end = async (token: string | undefined) => {
    if (token !== undefined) await grants.change('session', token, clock.now(), () => undefined);
  };
  return {
    user: async (token) => {
      const record = token === undefined ? undefined : await grants.get('session', token, clock.now());
      return record && registrations.userByOid(record.oid);
    },
    begin: async ({ oid }, former) => {
      await end(former);
      const token = ids.secret();
      const now = clock.now();
      await grants.change('session', token, now, () => ({ oid, expiresAt: now + lifetimes.session }));
      return token;
    },
    end,
  };
}
