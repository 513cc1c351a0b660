// The password grant (F35).
import { SignInRefusal } from '../../errors.ts';
import { admitUser } from '../../registry/tenants.ts';
import { resolveScopes, scopeRequestOf } from '../requested-scopes.ts';
import { isEqualSecret } from '../timing-safe-equal.ts';
import { type Grant, requireParameter } from '../token-request.ts';
import type { GrantParts } from './grant-parts.ts';

export function createPasswordGrant({ registrations, consents, responses }: GrantParts): Grant {
  return async (clientRequest) => {
    const { authority, client, request } = clientRequest;
    const name = requireParameter(request.username, 'username');
    const password = requireParameter(request.password, 'password');
    const user = registrations.userByName(name);
    if (!user) throw new SignInRefusal('UserUnknown', `The user account ${name} does not exist in the directory.`);
    // A user without a password can sign in only on the page.
    if (user.password === undefined || !isEqualSecret(password, user.password)) {
      throw new SignInRefusal('PasswordWrong', 'Error validating credentials due to invalid username or password.');
    }
    admitUser(authority, client, user);
    const scopeRequest = scopeRequestOf(clientRequest);
    const requested = resolveScopes(registrations, scopeRequest);
    const scopes = await consents.granted(client, user, requested);
    return responses.forUser({ clientRequest, requested, user, scopes, signedInFor: scopeRequest });
  };
}
