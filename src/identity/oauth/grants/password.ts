// A person's name and password, given to the client (F35).
import { SignInRefusal } from '../../errors.ts';
import { admitUser } from '../../registry/tenants.ts';
import { askedFor, wantedNow } from '../asked-scopes.ts';
import { areEqualSecrets } from '../equal-secrets.ts';
import { type Grant, needed } from '../token-request.ts';
import type { GrantParts } from './grant-parts.ts';

export function createPasswordGrant({ registrations, consents, answers }: GrantParts): Grant {
  return async (asking) => {
    const { authority, client, request } = asking;
    const name = needed(request.username, 'username');
    const password = needed(request.password, 'password');
    const user = registrations.userByName(name);
    if (!user) throw new SignInRefusal('UserUnknown', `The user account ${name} does not exist in the directory.`);
    // A user without a password signs in on the page only.
    if (user.password === undefined || !areEqualSecrets(password, user.password)) {
      throw new SignInRefusal('PasswordWrong', 'Error validating credentials due to invalid username or password.');
    }
    admitUser(authority, client, user);
    const wanted = wantedNow(asking);
    const asked = askedFor(registrations, wanted);
    const scopes = await consents.granted(client, user, asked);
    return answers.forUser({ asking, asked, user, scopes, signedInFor: wanted });
  };
}
