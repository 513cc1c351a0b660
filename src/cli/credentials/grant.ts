// Requests tokens from the identity platform with the given credentials; a refusal becomes an error of one line.
import { type IdentityAnswer, lifetimeSecondsOf } from '../../client/identity-answer.ts';
import { type ClientAuthentication, createIdentityClient, type IdentityClient, type Target } from '../../client/identity-client.ts';
import type { DeviceCodeAnswer, TokenAnswer } from '../../client/identity-wire.ts';
import type { ClientTimer } from '../../client/timer.ts';
import { CliError } from '../terminal/cli-error.ts';
import { readTextFile } from '../text-file.ts';
import { clientAssertion } from './client-assertion.ts';
import type { ClientCredential, Credentials, Subject } from './credentials.ts';
import type { IssuedToken } from './renewing-token.ts';

/** Scopes that are requested by default (F17). */
export const appScope = 'https://graph.microsoft.com/.default';
export const userScope = 'https://graph.microsoft.com/Notifications.ReadWrite.CreatedByApp';

/** The platform refused a token; a device cannot recover from this by reconnecting. */
export class TokenRefused extends CliError {
  override readonly name = 'TokenRefused';
}

export interface GrantParts {
  readonly fetch: typeof fetch | undefined;
  readonly timer: ClientTimer;
  readonly signal: AbortSignal;
  /** Shows the user where to sign in and which code to enter. */
  readonly prompt: (started: DeviceCodeAnswer) => void;
}

/** Requests tokens. */
export interface Grant {
  /** Returns the whole response. @throws TokenRefused, ConnectionError, the abort reason of the signal */
  request(target: Target): Promise<TokenAnswer>;
  /** Requests a token that can be renewed, by refresh token if there is a valid one. */
  renew(scope: string, refreshToken: string | undefined): Promise<IssuedToken>;
}

export const defaultScopeOf = ({ kind }: Subject): string => (kind === 'app' ? appScope : userScope);

async function authenticationFrom(credential: ClientCredential, { clientId }: Credentials): Promise<ClientAuthentication | undefined> {
  if (credential.kind === 'none') return undefined;
  if (credential.kind === 'secret') return { secret: credential.secret };
  const { file, pem = await readTextFile(file) } = credential;
  return { assertion: clientAssertion({ pem, file, clientId, now: Date.now }) };
}

function granted<Body>(answer: IdentityAnswer<Body>): Body {
  if (answer.outcome === 'granted') return answer.body;
  const { error, description } = answer.error;
  throw new TokenRefused(description.startsWith('AADSTS') ? `no token: ${description}` : `no token: ${error}: ${description}`);
}

async function signInWithCode(client: IdentityClient, scope: string, { signal, prompt }: GrantParts): Promise<TokenAnswer> {
  const started = granted(await client.startDeviceSignIn(scope, { signal }));
  prompt(started);
  return granted(await client.finishDeviceSignIn(started, { signal }));
}

function issuedTokenOf(answer: TokenAnswer): IssuedToken {
  return { accessToken: answer.access_token, lifetimeMs: lifetimeSecondsOf(answer) * 1000, refreshToken: answer.refresh_token };
}

/** @throws CliError when the certificate cannot be used */
export async function createGrant(credentials: Credentials, parts: GrantParts, version: '1.0' | '2.0' = '2.0'): Promise<Grant> {
  const { authority, clientId, subject } = credentials;
  const { signal, timer, fetch } = parts;
  const authentication = await authenticationFrom(credentials.clientCredential, credentials);
  const client = createIdentityClient({ authority, clientId, authentication, version, fetch, timer });

  async function requestToken(target: Target): Promise<TokenAnswer> {
    if (subject.kind === 'app') return granted(await client.clientCredentials(target, { signal }));
    if (subject.kind === 'password') return granted(await client.password(subject, target, { signal }));
    if (!('scope' in target))
      throw new CliError('a sign-in with a code needs scopes and cannot request a resource: use --scope instead of --resource');
    return signInWithCode(client, target.scope, parts);
  }
  return {
    request: requestToken,
    async renew(scope, refreshToken) {
      if (refreshToken === undefined) return issuedTokenOf(await requestToken({ scope }));
      const answer = await client.refresh(refreshToken, { scope }, { signal });
      // A password allows a new sign-in; with a code the user would have to sign in again.
      if (answer.outcome === 'refused' && subject.kind === 'password') return issuedTokenOf(await requestToken({ scope }));
      return issuedTokenOf(granted(answer));
    },
  };
}
