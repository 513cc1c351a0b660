// The on-behalf-of grant (F36): a client exchanges the user token it was called with.
import { SignInRefusal } from '../../errors.ts';
import { resolveScopes, scopeRequestOf } from '../requested-scopes.ts';
import { type Grant, requireParameter } from '../token-request.ts';
import { createUserAssertions } from '../user-assertion.ts';
import { type GrantParts, userOfGrant } from './grant-parts.ts';

export function createOnBehalfOfGrant(parts: GrantParts): Grant {
  const { registrations, consents, responses } = parts;
  const oidOf = createUserAssertions(parts);
  return async (clientRequest) => {
    const { client, request } = clientRequest;
    if (!client.isConfidential) {
      throw new SignInRefusal(
        'CredentialMissing',
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'. A public client cannot ask on behalf of others.",
      );
    }
    const user = userOfGrant(parts, clientRequest, await oidOf(requireParameter(request.assertion, 'assertion'), client));
    const scopeRequest = scopeRequestOf(clientRequest);
    const requested = resolveScopes(registrations, scopeRequest);
    const scopes = await consents.granted(client, user, requested);
    return responses.forUser({ clientRequest, requested, user, scopes, signedInFor: scopeRequest });
  };
}
