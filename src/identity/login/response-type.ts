// What an authorization request wants back: a code, or tokens at once for a client that may have them (F34, F45).
import { SignInRefusal } from '../errors.ts';
import type { RequestedScopes } from '../oauth/scopes.ts';
import type { Client } from '../registry/registrations.ts';

export interface ResponseType {
  readonly hasCode: boolean;
  readonly hasToken: boolean;
  readonly hasIdToken: boolean;
}

export interface ImplicitRequest {
  readonly response_mode?: 'query' | 'fragment' | 'form_post';
  readonly nonce?: string;
}

/** @param text words in any order, of those that the document allows */
export function responseTypeOf(text: string): ResponseType {
  const words = text.split(' ');
  return { hasCode: words.includes('code'), hasToken: words.includes('token'), hasIdToken: words.includes('id_token') };
}

/** Tokens never go back in a query, which servers and logs see: not even an error that answers a request for one. */
export function responseModeOf({ hasCode }: ResponseType, asked: ImplicitRequest['response_mode']): 'query' | 'fragment' | 'form_post' {
  if (hasCode) return asked ?? 'query';
  return asked === 'form_post' ? 'form_post' : 'fragment';
}

/** @throws SignInRefusal ImplicitTokenDisabled, ImplicitIdTokenDisabled, ResponseModeUnsupported, ParameterMissing, ScopeInvalid */
export function refuseImplicit(
  { hasCode, hasToken, hasIdToken }: ResponseType,
  { allowsImplicitGrant, clientId }: Client,
  { response_mode: mode, nonce }: ImplicitRequest,
  { openId }: RequestedScopes,
): void {
  if (hasCode) return;
  if (!allowsImplicitGrant) {
    const name = hasToken ? 'token' : 'id_token';
    throw new SignInRefusal(
      hasToken ? 'ImplicitTokenDisabled' : 'ImplicitIdTokenDisabled',
      `response_type '${name}' is not enabled for the application '${clientId}'. In a seed file: implicitGrant: true.`,
    );
  }
  if (mode === 'query') {
    throw new SignInRefusal('ResponseModeUnsupported', "'query' is not a supported value of 'response_mode' when requesting a token.");
  }
  if (!hasIdToken) return;
  if (!nonce) throw new SignInRefusal('ParameterMissing', "The request must contain the following parameter: 'nonce'.");
  if (!openId.openid) {
    throw new SignInRefusal('ScopeInvalid', "The provided value for the input parameter 'scope' is not valid: an id token needs 'openid'.");
  }
}
