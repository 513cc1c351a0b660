// Types of token requests, before and after the client is known.
import type { components } from '../../documents/identity.gen.ts';
import { SignInRefusal } from '../errors.ts';
import type { Client } from '../registry/registrations.ts';
import type { Authority } from '../registry/tenants.ts';
import type { Version } from '../tokens/claims.ts';

type Schemas = components['schemas'];
export type TokenRequest = Schemas['TokenRequest'];
export type AnyTokenResponse = Schemas['TokenAnswer'] | Schemas['TokenAnswerV1'];

/** The parts of a token request other than its body. */
export interface TokenCall {
  readonly tenant: string;
  readonly version: Version;
  /** Scheme and authority of the request. */
  readonly origin: string;
  /** The `Origin` header, sent by pages in a browser. */
  readonly pageOrigin: string | undefined;
  /** The `Authorization` header, for clients that send their secret in it. */
  readonly authorization: string | undefined;
  readonly operationId: string;
}

/** A token request with its client. */
export interface ClientRequest {
  readonly call: TokenCall;
  readonly request: TokenRequest;
  readonly authority: Authority;
  readonly client: Client;
}

/**
 * Turns a grant into tokens.
 * @throws SignInRefusal
 */
export type Grant = (clientRequest: ClientRequest) => Promise<AnyTokenResponse>;

/**
 * The value of a required parameter.
 * @throws SignInRefusal ParameterMissing
 */
export function requireParameter(value: string | undefined, name: string): string {
  if (value !== undefined) return value;
  throw new SignInRefusal('ParameterMissing', `The request must contain the following parameter: '${name}'.`);
}

/** Client ids are compared without case, as GUIDs are. */
export function isOfClient(record: { readonly clientId: string }, { clientId }: Client): boolean {
  return record.clientId.toLowerCase() === clientId.toLowerCase();
}
