// From a sign-in request to a code: who asks, for what, who the person is, and what that person agrees to (F34, F38).
import type { components } from '../../documents/identity.gen.ts';
import type { IdentityContext } from '../context.ts';
import { SignInRefusal } from '../errors.ts';
import { type Asked, askedByResource, askedByScope, graphNames } from '../oauth/scopes.ts';
import type { Client, Registrations, User } from '../registry/registrations.ts';
import { type Authority, authorityOf, clientAt, whyNotAdmitted } from '../registry/tenants.ts';
import type { Version } from '../tokens/claims.ts';
import { backToClient, errorFields, type WayBack } from './back-to-client.ts';
import { candidates } from './candidates.ts';
import type { Consents } from './consents.ts';
import { type PageAnswer, type PageCall, withSession } from './page-call.ts';
import { consentPage } from './pages/consent-page.ts';
import { signInPage } from './pages/sign-in-page.ts';
import type { Recognise } from './recognition.ts';
import { type RedirectKind, redirectKindOf } from './redirect-uris.ts';
import { parametersForConsent, parametersForSignIn } from './sign-in-parameters.ts';

/** Parameters of a sign-in, and what the person did so far. */
export type SignInStep = components['schemas']['SignInStep'];

export interface AuthorizeParts extends IdentityContext {
  readonly recognise: Recognise;
  readonly consents: Consents;
}

/** A client that is known, asking to be answered at a place of its own. */
interface Asking {
  readonly call: PageCall;
  readonly step: SignInStep;
  readonly authority: Authority;
  readonly client: Client;
  readonly kind: RedirectKind;
}

/** @throws SignInRefusal for what cannot be told to the client: it, or its place, is unknown */
export function createAuthorize(parts: AuthorizeParts): (call: PageCall, step: SignInStep) => Promise<PageAnswer> {
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
    const back: WayBack = { redirectUri: step.redirect_uri, mode: step.response_mode ?? 'query', state: step.state || undefined };
    try {
      return await answer(parts, { call, step, authority, client, kind }, back);
    } catch (error) {
      if (error instanceof SignInRefusal) return backToClient(back, errorFields(error));
      throw error;
    }
  };
}

async function answer(parts: AuthorizeParts, asking: Asking, back: WayBack): Promise<PageAnswer> {
  const { call, step, authority, client } = asking;
  const asked = askedBy(parts.registrations, call.version, step);
  refuseWithoutChallenge(asking);
  const who = await parts.recognise({
    call,
    step,
    isAskedAnew: step.account === 'other' || ['login', 'select_account', 'create'].includes(step.prompt ?? ''),
    isSilent: step.prompt === 'none',
    whyNot: (user) => whyNotAdmitted(authority, client, user),
  });
  if (who.kind !== 'known') {
    if (step.prompt === 'none') throw who.refusal;
    return askWho(parts, asking, who.kind === 'refused' ? who.refusal : undefined);
  }
  const { user, session, consent } = who;
  if (consent === 'cancel') throw new SignInRefusal('ConsentDeclined', 'User declined to consent to access the app.');
  if (await mustAskForConsent(parts, asking, { user, asked })) {
    if (consent !== 'accept') return withSession(askForConsent(asking, user, asked), session);
    await parts.consents.give(client, user, asked);
  }
  return withSession(backToClient(back, { code: await issueCode(parts, asking, { user, asked }) }), session);
}

/** @throws SignInRefusal ParameterMissing, ScopeInvalid, ResourceUnknown */
function askedBy(registrations: Registrations, version: Version, { scope, resource }: SignInStep): Asked {
  if (version === '1.0') return askedByResource(registrations, resource || graphNames[0], scope || undefined);
  if (scope?.trim()) return askedByScope(registrations, scope);
  throw new SignInRefusal('ParameterMissing', "The request must contain the following parameter: 'scope'.");
}

/** Who can keep no secret proves with the verifier that the code is meant for it. */
function refuseWithoutChallenge({ client, kind, step }: Asking): void {
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

function askWho({ registrations }: AuthorizeParts, { step, authority, client }: Asking, fault: SignInRefusal | undefined): PageAnswer {
  const { account, username, login_hint: hint } = step;
  const name = username ?? (account === 'other' ? undefined : hint);
  const html = signInPage({
    action: 'authorize',
    hidden: parametersForSignIn(step),
    clientName: client.displayName,
    users: candidates(registrations, { authority, client, name }),
    name,
    fault,
  });
  return { kind: 'page', html };
}

/** @throws SignInRefusal ConsentRequired when nobody may be asked */
async function mustAskForConsent(
  { consents }: AuthorizeParts,
  { client, step: { prompt } }: Asking,
  { user, asked }: { readonly user: User; readonly asked: Asked },
): Promise<boolean> {
  if (prompt === 'none') await consents.granted(client, user, asked);
  return prompt === 'consent' || (await consents.missing(client, user, asked)).length > 0;
}

function askForConsent({ step, client }: Asking, user: User, asked: Asked): PageAnswer {
  const html = consentPage({ action: 'authorize', hidden: parametersForConsent(step, user), client, user, asked });
  return { kind: 'page', html };
}

async function issueCode(
  { grants, ids, clock, lifetimes }: AuthorizeParts,
  { call, client, step }: Asking,
  { user, asked }: { readonly user: User; readonly asked: Asked },
): Promise<string> {
  const code = ids.secret();
  const now = clock.now();
  const record = {
    clientId: client.clientId,
    oid: user.oid,
    scope: asked.spelled,
    ...(call.version === '1.0' ? { resource: asked.resource.name } : {}),
    ...(step.nonce ? { nonce: step.nonce } : {}),
    redirectUri: step.redirect_uri,
    ...(step.code_challenge === undefined ? {} : { challenge: step.code_challenge }),
    isUsed: false,
    expiresAt: now + lifetimes.authorizationCode,
  };
  await grants.change('code', code, now, () => record);
  return code;
}
