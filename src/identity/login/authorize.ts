// The authorization endpoint: client, scopes, user authentication, consent, then a code or tokens (F34, F38, F45).
import type { components } from '../../documents/identity.gen.ts';
import type { IdentityContext } from '../context.ts';
import { SignInRefusal } from '../errors.ts';
import { graphNames } from '../oauth/resources.ts';
import { type RequestedScopes, scopesFromResource, scopesFromScope } from '../oauth/scopes.ts';
import type { Client, Registrations, User } from '../registry/registrations.ts';
import { type Authority, admissionRefusal, authorityOf, clientAt } from '../registry/tenants.ts';
import type { Version } from '../tokens/claims.ts';
import { hiddenFieldsForConsent, hiddenFieldsForSignIn } from './authorization-request.ts';
import { authorizationResponse, errorFields, type ResponseTarget } from './authorization-response.ts';
import { candidates } from './candidates.ts';
import type { Consents } from './consents.ts';
import { createImplicitResponse, type ImplicitResponse } from './implicit-response.ts';
import { type PageRequest, type PageResponse, withSession } from './page-request.ts';
import { consentPage } from './pages/consent-page.ts';
import { signInPage } from './pages/sign-in-page.ts';
import { type RedirectKind, redirectKindOf } from './redirect-uris.ts';
import { type ResponseType, refuseImplicit, responseModeOf, responseTypeOf } from './response-type.ts';
import type { AuthenticateUser } from './user-authentication.ts';

/** Parameters of a sign-in, and the user's input so far. */
export type SignInStep = components['schemas']['SignInStep'];

export interface AuthorizeParts extends IdentityContext {
  readonly authenticateUser: AuthenticateUser;
  readonly consents: Consents;
}

/** A request whose client and redirect URI are known. */
interface AuthorizeContext {
  readonly call: PageRequest;
  readonly step: SignInStep;
  readonly authority: Authority;
  readonly client: Client;
  readonly kind: RedirectKind;
  readonly responseType: ResponseType;
}

interface RespondParts extends AuthorizeParts {
  readonly implicitResponse: ImplicitResponse;
}

/** @throws SignInRefusal if the error cannot be sent to the client, because the client or its redirect URI is unknown */
export function createAuthorize(parts: AuthorizeParts): (call: PageRequest, step: SignInStep) => Promise<PageResponse> {
  const respondParts = { ...parts, implicitResponse: createImplicitResponse(parts) };
  return async (call, step) => {
    const { registrations } = parts;
    const authority = authorityOf(registrations, call.tenant);
    const client = clientAt(registrations, authority, step.client_id);
    const kind = redirectKindOf(client, step.redirect_uri);
    if (!kind) {
      throw new SignInRefusal(
        'RedirectUriUnknown',
        `The redirect URI '${step.redirect_uri}' specified in the request does not match the redirect URIs configured for the application '${client.clientId}'.`,
      );
    }
    const responseType = responseTypeOf(step.response_type);
    const mode = responseModeOf(responseType, step.response_mode);
    const target: ResponseTarget = { redirectUri: step.redirect_uri, mode, state: step.state || undefined };
    try {
      return await respond(respondParts, { call, step, authority, client, kind, responseType }, target);
    } catch (error) {
      if (error instanceof SignInRefusal) return authorizationResponse(target, errorFields(error));
      throw error;
    }
  };
}

async function respond(parts: RespondParts, context: AuthorizeContext, target: ResponseTarget): Promise<PageResponse> {
  const { call, step, authority, client, responseType } = context;
  const requested = requestedScopesOf(parts.registrations, call.version, step);
  refuseImplicit(responseType, client, step, requested);
  refuseWithoutChallenge(context);
  const authentication = await parts.authenticateUser({
    call,
    step,
    ignoresSession: step.account === 'other' || ['login', 'select_account', 'create'].includes(step.prompt ?? ''),
    isNonInteractive: step.prompt === 'none',
    refusalFor: (user) => admissionRefusal(authority, client, user),
  });
  if (authentication.kind !== 'known') {
    if (step.prompt === 'none') throw authentication.refusal;
    return askForUser(parts, context, authentication.kind === 'refused' ? authentication.refusal : undefined);
  }
  const { user, session, consent } = authentication;
  if (consent === 'cancel') throw new SignInRefusal('ConsentDeclined', 'User declined to consent to access the app.');
  if (await mustAskForConsent(parts, context, { user, requested })) {
    if (consent !== 'accept') return withSession(askForConsent(context, user, requested), session);
    await parts.consents.give(client, user, requested);
  }
  return withSession(authorizationResponse(target, await issue(parts, context, { user, requested })), session);
}

interface Granted {
  readonly user: User;
  readonly requested: RequestedScopes;
}

async function issue(parts: RespondParts, context: AuthorizeContext, granted: Granted): Promise<Readonly<Record<string, string>>> {
  const { call, step, client, responseType } = context;
  if (responseType.hasCode) return { code: await issueCode(parts, context, granted) };
  return parts.implicitResponse({
    ...granted,
    call,
    responseType,
    client,
    scopes: await parts.consents.granted(client, granted.user, granted.requested),
    nonce: step.nonce || undefined,
    wantsClientInfo: step.client_info === '1',
  });
}

/** @throws SignInRefusal ParameterMissing, ScopeInvalid, ResourceUnknown */
function requestedScopesOf(registrations: Registrations, version: Version, { scope, resource }: SignInStep): RequestedScopes {
  if (version === '1.0') return scopesFromResource(registrations, resource || graphNames[0], scope || undefined);
  if (scope?.trim()) return scopesFromScope(registrations, scope);
  throw new SignInRefusal('ParameterMissing', "The request must contain the following parameter: 'scope'.");
}

/** Public clients and single-page apps must use PKCE for a code. */
function refuseWithoutChallenge({ client, kind, step, responseType }: AuthorizeContext): void {
  if (!responseType.hasCode) return;
  const { code_challenge: challenge, code_challenge_method: method } = step;
  if (challenge === undefined && (kind !== 'web' || !client.isConfidential)) {
    throw new SignInRefusal(
      'ChallengeMissing',
      'Proof Key for Code Exchange is required for cross-origin authorization code redemption and for public clients.',
    );
  }
  if (challenge !== undefined && method === undefined) {
    throw new SignInRefusal('Malformed', "Invalid request. The code_challenge_method must be 'S256'.");
  }
}

function askForUser(
  { registrations }: AuthorizeParts,
  { step, authority, client }: AuthorizeContext,
  error: SignInRefusal | undefined,
): PageResponse {
  const { account, username, login_hint: hint } = step;
  const name = username ?? (account === 'other' ? undefined : hint);
  const html = signInPage({
    action: 'authorize',
    hidden: hiddenFieldsForSignIn(step),
    clientName: client.displayName,
    users: candidates(registrations, { authority, client, name }),
    name,
    error,
  });
  return { kind: 'page', html };
}

/** @throws SignInRefusal ConsentRequired for prompt=none */
async function mustAskForConsent(
  { consents }: AuthorizeParts,
  { client, step: { prompt } }: AuthorizeContext,
  { user, requested }: Granted,
): Promise<boolean> {
  if (prompt === 'none') await consents.granted(client, user, requested);
  return prompt === 'consent' || (await consents.missing(client, user, requested)).length > 0;
}

function askForConsent({ step, client }: AuthorizeContext, user: User, requested: RequestedScopes): PageResponse {
  const html = consentPage({ action: 'authorize', hidden: hiddenFieldsForConsent(step, user), client, user, requested });
  return { kind: 'page', html };
}

async function issueCode(
  { grants, ids, clock, lifetimes }: AuthorizeParts,
  { call, client, step }: AuthorizeContext,
  { user, requested }: Granted,
): Promise<string> {
  const code = ids.secret();
  const now = clock.now();
  const record = {
    clientId: client.clientId,
    oid: user.oid,
    scope: requested.original,
    ...(call.version === '1.0' ? { resource: requested.resource.name } : {}),
    ...(step.nonce ? { nonce: step.nonce } : {}),
    redirectUri: step.redirect_uri,
    ...(step.code_challenge === undefined ? {} : { challenge: step.code_challenge }),
    isUsed: false,
    expiresAt: now + lifetimes.authorizationCode,
  };
  await grants.change('code', code, now, () => record);
  return code;
}
