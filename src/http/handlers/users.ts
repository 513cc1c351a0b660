// What client libraries ask about users (F46, F48).
import { type Handlers, userOf } from '../handler.ts';
import type { HandlerParts } from './parts.ts';

export function createUserHandlers({ identity: { users } }: HandlerParts) {
  return {
    getUserRealm: async ({ parameters }) => ({ status: 200, body: users.realm(parameters.path.user) }),
    getUserRealmV1: async ({ parameters }) => ({ status: 200, body: users.realm(parameters.path.user) }),
    getUserInfo: async (call) => ({ status: 200, body: users.info(userOf(call)) }),
  } satisfies Partial<Handlers>;
}
