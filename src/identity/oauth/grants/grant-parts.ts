// The dependencies of grants, and the step that all user grants share.
import type { IdentityContext } from '../../context.ts';
import { SignInRefusal } from '../../errors.ts';
import type { Consents } from '../../login/consents.ts';
import type { User } from '../../registry/registrations.ts';
import { admitUser } from '../../registry/tenants.ts';
import type { ClientRequest } from '../token-request.ts';
import type { TokenResponses } from '../token-response.ts';

export interface GrantParts extends IdentityContext {
  readonly consents: Consents;
  readonly responses: TokenResponses;
}

/**
 * The user of a grant, checked for admission at the authority and client.
 * @throws SignInRefusal UserUnknown, UserOfOtherTenant, ClientOfOneTenant
 */
export function userOfGrant({ registrations }: GrantParts, { authority, client }: ClientRequest, oid: string): User {
  const user = registrations.userByOid(oid);
  if (!user) throw new SignInRefusal('UserUnknown', `The user account ${oid} does not exist.`);
  admitUser(authority, client, user);
  return user;
}
