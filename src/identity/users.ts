// What client libraries ask about users: how a name signs in, and who a token's user is (F46, F48).
import type { components } from '../documents/identity.gen.ts';
import type { UserCaller } from '../domain/model.ts';
import type { IdentityContext } from './context.ts';
import { subjectOf } from './tokens/claims.ts';

type Schemas = components['schemas'];

export interface Users {
  realm(name: string): Schemas['UserRealm'];
  info(caller: UserCaller): Schemas['UserInfo'];
}

const cloud = { cloud_instance_name: 'microsoftonline.com', cloud_audience_urn: 'urn:federation:MicrosoftOnline' } as const;

export function createUsers({ registrations }: Pick<IdentityContext, 'registrations'>): Users {
  return {
    realm: (name) => {
      // A domain says enough: the token endpoint decides whether the user exists.
      const domain = name.includes('@') ? name.slice(name.lastIndexOf('@') + 1) : '';
      const tenant = registrations.userByName(name)?.tenant ?? registrations.tenants.find((one) => one.domain === domain.toLowerCase());
      if (!tenant) return { ver: '1.0', account_type: 'Unknown', ...cloud };
      return { ver: '1.0', account_type: 'Managed', domain_name: tenant.domain, ...cloud };
    },
    info: ({ userId, upn, clientId }) => {
      const user = registrations.userByAlias(userId) ?? registrations.unknownUser(userId);
      return { sub: subjectOf(user, clientId ?? ''), name: user.displayName, email: upn };
    },
  };
}
