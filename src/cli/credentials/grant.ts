// Asks the platform for a token as the credentials say, and tells a refusal in one clear line.
import { type IdentityAnswer, lifetimeSecondsOf } from '../../client/identity-answer.ts';
import { type ClientProof, createIdentityClient, type IdentityClient, type Target } from '../../client/identity-client.ts';
import type { DeviceCodeAnswer, TokenAnswer } from '../../client/identity-wire.ts';
import type { ClientTimer } from '../../client/timer.ts';
import { Failure } from '../terminal/failure.ts';
import { readTextFile } from '../text-file.ts';
import { clientAssertion } from './client-assertion.ts';
import type { Credentials, Proof, Whose } from './credentials.ts';
import type { HeldToken } from './renewing-token.ts';

/** What is asked for when nothing is said (F17). */
export const APP_SCOPE = 'https://graph.microsoft.com/.default';
export const USER_SCOPE = 'https://graph.microsoft.com/Notifications.ReadWrite.CreatedByApp';

/** The platform said no; a device that hears it has no way to come back. */
export class TokenRefused extends Failure {
  override readonly name = 'TokenRefused';
}

export interface GrantParts {
  readonly fetch: typeof fetch | undefined;
  readonly timer: ClientTimer;
  readonly signal: AbortSignal;
  /** Tells a person where to go and what to type. */
  readonly prompt: (started: DeviceCodeAnswer) => void;
}

/** How to ask for tokens. */
export interface Grant {
  /** The whole answer. @throws TokenRefused, ConnectionError, what the signal was aborted with */
  ask(target: Target): Promise<TokenAnswer>;
  /** The same, ready to be renewed: with the refresh token if there is one that still counts. */
  renew(scope: string, refreshToken: string | undefined): Promise<HeldToken>;
}

export const defaultScopeOf = ({ kind }: Whose): string => (kind === 'app' ? APP_SCOPE : USER_SCOPE);

async function proofFor(proof: Proof, { clientId }: Credentials): Promise<ClientProof | undefined> {
  if (proof.kind === 'none') return undefined;
  if (proof.kind === 'secret') return { secret: proof.secret };
  const { file, pem = await readTextFile(file) } = proof;
  return { assertion: clientAssertion({ pem, file, clientId, now: Date.now }) };
}

function granted<Body>(answer: IdentityAnswer<Body>): Body {
  if (answer.outcome === 'granted') return answer.body;
  const { error, description } = answer.error;
  throw new TokenRefused(description.startsWith('AADSTS') ? `no token: ${description}` : `no token: ${error}: ${description}`);
}

async function askForPerson(client: IdentityClient, scope: string, { signal, prompt }: GrantParts): Promise<TokenAnswer> {
  const started = granted(await client.startDeviceSignIn(scope, { signal }));
  prompt(started);
  return granted(await client.finishDeviceSignIn(started, { signal }));
}

function heldFrom(answer: TokenAnswer): HeldToken {
  return { accessToken: answer.access_token, lifetimeMs: lifetimeSecondsOf(answer) * 1000, refreshToken: answer.refresh_token };
}

/** @throws Failure when the certificate cannot be used */
export async function createGrant(credentials: Credentials, parts: GrantParts, version: '1.0' | '2.0' = '2.0'): Promise<Grant> {
  const { authority, clientId, whose } = credentials;
  const { signal, timer, fetch } = parts;
  const proof = await proofFor(credentials.proof, credentials);
  const client = createIdentityClient({ authority, clientId, proof, version, fetch, timer });

  async function ask(target: Target): Promise<TokenAnswer> {
    if (whose.kind === 'app') return granted(await client.clientCredentials(target, { signal }));
    if (whose.kind === 'password') return granted(await client.password(whose, target, { signal }));
    if (!('scope' in target)) throw new Failure('a sign-in with a code is for scopes, not for a resource');
    return askForPerson(client, target.scope, parts);
  }
  return {
    ask,
    async renew(scope, refreshToken) {
      if (refreshToken === undefined) return heldFrom(await ask({ scope }));
      const answer = await client.refresh(refreshToken, { scope }, { signal });
      // Who gave a password is signed in anew; a person would have to come back.
      if (answer.outcome === 'refused' && whose.kind === 'password') return heldFrom(await ask({ scope }));
      return heldFrom(granted(answer));
    },
  };
}
