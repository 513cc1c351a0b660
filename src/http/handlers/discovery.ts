// The identity surface's metadata and keys (F31).
import type { Handlers } from '../handler.ts';
import type { HandlerParts } from './parts.ts';

export function createDiscoveryHandlers({ identity: { discovery } }: HandlerParts) {
  return {
    getOpenIdConfiguration: async ({ parameters, origin }) => ({
      status: 200,
      body: discovery.configuration(parameters.path.tenant, '2.0', origin()),
    }),
    getOpenIdConfigurationV1: async ({ parameters, origin }) => ({
      status: 200,
      body: discovery.configuration(parameters.path.tenant, '1.0', origin()),
    }),
    getSigningKeys: async ({ parameters }) => ({ status: 200, body: await discovery.keys(parameters.path.tenant) }),
    getSigningKeysV1: async ({ parameters }) => ({ status: 200, body: await discovery.keys(parameters.path.tenant) }),
    discoverInstance: async ({ origin }) => ({ status: 200, body: discovery.instance(origin()) }),
  } satisfies Partial<Handlers>;
}
