// The identity surface's token requests, of v2.0 and v1 (F32–F37, F40).
import type { TokenCall } from '../../identity/oauth/token-request.ts';
import type { Version } from '../../identity/tokens/claims.ts';
import type { Call, Handlers } from '../handler.ts';
import type { HandlerParts } from './parts.ts';

type TokenOperations = 'issueToken' | 'issueTokenV1' | 'startDeviceSignIn';

export function createTokenHandlers({ identity: { tokens } }: HandlerParts): Pick<Handlers, TokenOperations> {
  return {
    issueToken: async (call) => ({ status: 200, body: await tokens.issue(tokenCall(call, '2.0'), call.body) }),
    issueTokenV1: async (call) => ({ status: 200, body: await tokens.issue(tokenCall(call, '1.0'), call.body) }),
    startDeviceSignIn: async (call) => ({ status: 200, body: await tokens.startDevice(tokenCall(call, '2.0'), call.body) }),
  };
}

function tokenCall({ operationId, parameters, origin, authorization }: Call<TokenOperations>, version: Version): TokenCall {
  const { path, header } = parameters;
  return { tenant: path.tenant, version, origin: origin(), pageOrigin: header.Origin, authorization, operationId };
}
