// The identity surface's token requests, of v2.0 and v1 (F32–F37, F40).
import type { TokenCall } from '../../identity/oauth/token-request.ts';
import type { Version } from '../../identity/tokens/claims.ts';
import type { Call, Handlers } from '../handler.ts';
import type { HandlerParts } from './parts.ts';

/** What every token request takes of its call, whichever operation it is. */
type TokenRequestCall = Pick<Call, 'operationId' | 'origin' | 'authorization'> & {
  readonly parameters: { readonly path: { readonly tenant: string }; readonly header: { readonly Origin?: string } };
};

export function createTokenHandlers({ identity: { tokens } }: HandlerParts) {
  return {
    issueToken: async (call) => ({ status: 200, body: await tokens.issue(tokenCall(call, '2.0'), call.body) }),
    issueTokenV1: async (call) => ({ status: 200, body: await tokens.issue(tokenCall(call, '1.0'), call.body) }),
    startDeviceSignIn: async (call) => ({ status: 200, body: await tokens.startDevice(tokenCall(call, '2.0'), call.body) }),
  } satisfies Partial<Handlers>;
}

function tokenCall({ operationId, parameters, origin, authorization }: TokenRequestCall, version: Version): TokenCall {
  const { path, header } = parameters;
  return { tenant: path.tenant, version, origin: origin(), pageOrigin: header.Origin, authorization, operationId };
}
