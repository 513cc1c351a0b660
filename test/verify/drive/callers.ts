// Callers of every kind, and what becomes of them at the door.
import { Refusal } from '../../../src/domain/errors.ts';
import type { TokenResource } from '../../../src/domain/model.ts';
import type { Admission, Authenticator, Clock } from '../../../src/domain/ports.ts';
import { createAdmission } from '../../../src/identity/registry/admission.ts';
import { createRegistrations } from '../../../src/identity/registry/registrations.ts';
import type { Seed } from '../../../src/identity/registry/seed.ts';
import { createDevelopmentAuthenticator } from '../../../src/identity/tokens/development-tokens.ts';
import { registered } from './registered.ts';

export const seed: Seed = {
  ...registered,
  applications: [{ hostName: 'closed.example', clientIds: ['member'] }],
  blockList: ['blocked'],
};

/** Development tokens; users with one scope, with none, with a token for one service, that ends, or that has ended; an app with a token for Graph. */
export function createCallers(clock: Clock): Authenticator {
  const registrations = createRegistrations(seed);
  const development = createDevelopmentAuthenticator(registrations);
  const everything = ['Notifications.ReadWrite.CreatedByApp', 'UserActivity.ReadWrite.CreatedByApp'];
  const scopes: Readonly<Record<string, readonly string[]>> = {
    notifications: ['Notifications.ReadWrite.CreatedByApp'],
    publishing: ['UserNotification.ReadWrite.CreatedByApp'],
    activity: ['UserActivity.ReadWrite.CreatedByApp'],
    ending: ['Notifications.ReadWrite.CreatedByApp'],
    nothing: [],
    graph: everything,
    service: everything,
    'service-notifications': ['Notifications.ReadWrite.CreatedByApp'],
    'service-activity': ['UserActivity.ReadWrite.CreatedByApp'],
  };
  const resources: Readonly<Record<string, TokenResource>> = {
    graph: 'graph',
    service: 'activity',
    'service-notifications': 'activity',
    'service-activity': 'activity',
  };
  return {
    authenticate: async (token) => {
      const [kind = '', alias = ''] = (token ?? '').split('.');
      if (kind === 'expired') return new Refusal('TokenExpired', 'The token has expired.');
      if (kind === 'graph-app') return { kind: 'app', clientId: alias, resource: 'graph' };
      const granted = scopes[kind];
      if (!granted) return development.authenticate(token);
      const ending = kind === 'ending' ? { expiresAt: clock.now() + 60_000 } : {};
      const resource = resources[kind];
      const { alias: userId, upn } = registrations.unknownUser(alias);
      return { kind: 'user', userId, upn, clientId: undefined, scopes: new Set(granted), ...ending, ...(resource ? { resource } : {}) };
    },
  };
}

/** The seed's block list, and clients that are throttled, unlucky or too many. */
export function createGate(clock: Clock): Admission {
  const usual = createAdmission(seed, clock);
  return {
    admit: async (request) => {
      const { clientId } = request.caller;
      if (clientId === 'throttled') return new Refusal('Throttled', 'Too many.', { retryAfterSeconds: 3 });
      if (clientId === 'unacceptable') return new Refusal('ThrottledAsNotAcceptable', 'Too many.', { retryAfterSeconds: 3 });
      if (clientId === 'unavailable') return new Refusal('Unavailable', 'Busy.', { retryAfterSeconds: 3 });
      if (clientId === 'unlucky') throw new Error('the admission fails');
      return usual.admit(request);
    },
    admitTokenRequest: async (request) => {
      if (request.clientId === 'throttled') return new Refusal('Throttled', 'Too many.', { retryAfterSeconds: 3 });
      if (request.clientId === 'unavailable') return new Refusal('Unavailable', 'Busy.', { retryAfterSeconds: 3 });
      return usual.admitTokenRequest(request);
    },
  };
}
