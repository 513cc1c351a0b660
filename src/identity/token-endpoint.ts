// Gives tokens for grants (F32–F37) and starts device sign-ins.
import type { components } from '../spec/identity.gen.ts';
import type { Version } from './claims.ts';
import type { IdentityContext } from './context.ts';

type Schemas = components['schemas'];

/** What every token request says beside its body. */
export interface TokenCall {
  readonly tenant: string;
  readonly version: Version;
  /** Scheme and authority that the request came to. */
  readonly origin: string;
  /** The `Origin` header: the request comes from a page in a browser. */
  readonly pageOrigin: string | undefined;
  /** The `Authorization` header, for clients that show their secret there. */
  readonly authorization: string | undefined;
  readonly operationId: string;
}

/** All throw SignInRefusal. */
export interface TokenEndpoint {
  issue(call: TokenCall, request: Schemas['TokenRequest']): Promise<Schemas['TokenAnswer'] | Schemas['TokenAnswerV1']>;
  startDevice(call: TokenCall, request: Schemas['DeviceCodeRequest']): Promise<Schemas['DeviceCodeAnswer']>;
}

export function createTokenEndpoint(_context: IdentityContext): TokenEndpoint {
  const toBeBuilt = async (): Promise<never> => {
    throw new Error('to be built');
  };
  return { issue: toBeBuilt, startDevice: toBeBuilt };
}
