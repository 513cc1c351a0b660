// The authenticator for development tokens: dev.app.<client-id> and dev.user.<alias>[~<client-id>]; they never expire.
import { Refusal } from '../../domain/errors.ts';
import type { Authenticator } from '../../domain/ports.ts';
import type { Registrations } from '../registry/registrations.ts';

const appToken = /^dev\.app\.([A-Za-z0-9._@+-]+)$/;
const userToken = /^dev\.user\.([A-Za-z0-9._@+-]+)(?:~([A-Za-z0-9._@+-]+))?$/;

/** All scopes that operations require (F17, F23). */
const allScopes: ReadonlySet<string> = new Set(['Notifications.ReadWrite.CreatedByApp', 'UserActivity.ReadWrite.CreatedByApp']);

export function createDevelopmentAuthenticator(registrations: Pick<Registrations, 'userByAlias' | 'unknownUser'>): Authenticator {
  return {
    authenticate: async (token) => {
      if (token === undefined || token === '') return new Refusal('TokenMissing', 'Access token is missing.');
      const clientId = appToken.exec(token)?.[1];
      if (clientId !== undefined) return { kind: 'app', clientId };
      const [, alias, ofClient] = userToken.exec(token) ?? [];
      if (alias !== undefined) {
        const { alias: userId, upn } = registrations.userByAlias(alias) ?? registrations.unknownUser(alias);
        return { kind: 'user', userId, upn, clientId: ofClient, scopes: allScopes };
      }
      return new Refusal('TokenInvalid', 'Access token is not valid: expected dev.app.<client-id> or dev.user.<alias>.');
    },
  };
}
