// The client credentials grant (F32), for the tenant in the URL, or the client's own tenant if the URL names none.
import { SignInRefusal } from '../../errors.ts';
import { resolveScopes, scopeRequestOf } from '../requested-scopes.ts';
import type { Grant } from '../token-request.ts';
import type { GrantParts } from './grant-parts.ts';

export function createClientCredentialsGrant({ registrations, responses }: GrantParts): Grant {
  return async (clientRequest) => {
    const { client, authority } = clientRequest;
    if (!client.isConfidential) {
      throw new SignInRefusal(
        'CredentialMissing',
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'. A public client has none and cannot ask for itself.",
      );
    }
    const requested = resolveScopes(registrations, scopeRequestOf(clientRequest));
    if (!requested.isDefault) {
      throw new SignInRefusal(
        'ScopeNotDefault',
        `The provided value for scope ${requested.original} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.`,
      );
    }
    return responses.forApp({ clientRequest, requested, tenant: typeof authority === 'string' ? client.tenant : authority });
  };
}
