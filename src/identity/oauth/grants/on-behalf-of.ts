// A client that was called with a person's token asks for one of its own for that person (F36).
import { SignInRefusal } from '../../errors.ts';
import { askedFor, wantedNow } from '../asked-scopes.ts';
import { type Grant, needed } from '../token-request.ts';
import { createUserAssertions } from '../user-assertion.ts';
import { type GrantParts, userOfGrant } from './grant-parts.ts';

export function createOnBehalfOfGrant(parts: GrantParts): Grant {
  const { registrations, consents, answers } = parts;
  const oidOf = createUserAssertions(parts);
  return async (asking) => {
    const { client, request } = asking;
    if (!client.isConfidential) {
      throw new SignInRefusal(
        'CredentialMissing',
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'. A public client cannot ask on behalf of others.",
      );
    }
    const user = userOfGrant(parts, asking, await oidOf(needed(request.assertion, 'assertion'), client));
    const wanted = wantedNow(asking);
    const asked = askedFor(registrations, wanted);
    const scopes = await consents.granted(client, user, asked);
    return answers.forUser({ asking, asked, user, scopes, signedInFor: wanted });
  };
}
