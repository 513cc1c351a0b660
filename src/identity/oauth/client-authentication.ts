// Authenticates the client of a token request by secret or assertion (F32, F33, F41).
import { decodeJwt } from 'jose';
import type { IdentityContext } from '../context.ts';
import { SignInRefusal } from '../errors.ts';
import type { Client } from '../registry/registrations.ts';
import { createClientAssertions } from './client-assertion.ts';
import { crossOriginForbidden } from './cross-origin.ts';
import { includesSecret } from './timing-safe-equal.ts';
import { type ClientRequest, requireParameter, type TokenCall, type TokenRequest } from './token-request.ts';

type Credential =
  | { readonly kind: 'none' }
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'assertion'; readonly assertion: string };

/** The client id and credential of a request, not verified yet. */
export interface PresentedCredential {
  readonly clientId: string;
  readonly credential: Credential;
}

export type ClientAuthentication = (clientRequest: ClientRequest, credential: Credential) => Promise<void>;

/**
 * Secrets are sent in the body or in the header, but not both (RFC 6749, 2.3).
 * @throws SignInRefusal Malformed, ParameterMissing, AssertionInvalid
 */
export function readCredential({ authorization }: TokenCall, request: TokenRequest): PresentedCredential {
  const basic = basicIn(authorization);
  const { client_id: clientId, client_secret: secret, client_assertion: assertion } = request;
  if ([basic, secret, assertion].filter((one) => one !== undefined).length > 1) {
    throw new SignInRefusal('Malformed', 'The request shows more than one credential of its client.');
  }
  if (basic) {
    if (clientId !== undefined && clientId.toLowerCase() !== basic.clientId.toLowerCase()) {
      throw new SignInRefusal('Malformed', 'The Authorization header and the body name different clients.');
    }
    return { clientId: basic.clientId, credential: { kind: 'secret', secret: basic.secret } };
  }
  if (assertion !== undefined) return { clientId: clientId ?? subjectOf(assertion), credential: { kind: 'assertion', assertion } };
  return {
    clientId: requireParameter(clientId, 'client_id'),
    credential: secret === undefined ? { kind: 'none' } : { kind: 'secret', secret },
  };
}

export function createClientAuthentication(context: Pick<IdentityContext, 'grants' | 'clock'>): ClientAuthentication {
  const validateAssertion = createClientAssertions(context);
  return async (clientRequest, credential) => {
    const { client } = clientRequest;
    refuseAcrossOrigins(clientRequest, credential);
    if (credential.kind === 'none') return refuseWithout(clientRequest);
    if (!client.isConfidential) {
      throw new SignInRefusal(
        'CredentialOfPublicClient',
        `Client is public so neither 'client_assertion' nor 'client_secret' should be presented.`,
      );
    }
    if (credential.kind === 'assertion') return validateAssertion(clientRequest, credential.assertion);
    if (!includesSecret(credential.secret, client.secrets)) {
      throw new SignInRefusal('SecretInvalid', `Invalid client secret provided for the app '${client.clientId}'.`);
    }
  };
}

/** A page cannot keep a secret, and only single-page apps may request tokens from a page (F41). */
function refuseAcrossOrigins({ call: { pageOrigin }, client }: ClientRequest, credential: Credential): void {
  if (pageOrigin === undefined || (credential.kind === 'none' && hasPages(client))) return;
  throw crossOriginForbidden(pageOrigin);
}

/** A confidential client's single-page app sends no credential; the codes and refresh tokens it redeems are bound to it. */
function refuseWithout({ call: { pageOrigin }, client, request }: ClientRequest): void {
  const isOfPage = pageOrigin !== undefined && ['authorization_code', 'refresh_token'].includes(request.grant_type);
  if (!client.isConfidential || isOfPage) return;
  throw new SignInRefusal(
    'CredentialMissing',
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  );
}

function hasPages({ redirectUris }: Client): boolean {
  return redirectUris.spa.length > 0;
}

/** Client id and secret are form-encoded (RFC 6749, 2.3.1); other schemes are ignored. */
function basicIn(authorization: string | undefined): { readonly clientId: string; readonly secret: string } | undefined {
  const encoded = /^Basic +(\S*)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [, name = '', value = ''] = /^([^:]+):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  try {
    const [clientId = '', secret = ''] = [name, value].map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
    if (clientId !== '' && secret !== '') return { clientId, secret };
  } catch {
    // Invalid encoding is reported below.
  }
  throw new SignInRefusal('Malformed', 'The Authorization header is not the Basic of a client id and a secret.');
}

/** Without client_id, the assertion's subject names the client. */
function subjectOf(assertion: string): string {
  try {
    const { sub } = decodeJwt(assertion);
    if (typeof sub === 'string' && sub !== '') return sub;
  } catch {
    // Not a JWT: reported below.
  }
  throw new SignInRefusal('AssertionInvalid', 'Client assertion names no client.');
}
