// Judges the credential flags: which grant they mean, for which client, with what secret.
import { UsageError } from '../terminal/cli-error.ts';
import { type CredentialFlags, credentialFlags, optionOf, passwordVariable, secretVariable } from './credential-flags.ts';

/** How a client shows who it is. */
export type ClientCredential =
  | { readonly kind: 'none' }
  | { readonly kind: 'secret'; readonly secret: string }
  /** `pem` is what the file holds, when it was read already. */
  | { readonly kind: 'certificate'; readonly file: string; readonly pem?: string };

/** Subject token it is to be. */
export type Subject =
  | { readonly kind: 'app' }
  | { readonly kind: 'device-code' }
  | { readonly kind: 'password'; readonly username: string; readonly password: string };

export interface Credentials {
  readonly authority: string;
  readonly clientId: string;
  readonly clientCredential: ClientCredential;
  readonly subject: Subject;
  /** Undefined: the default for whose token it is. */
  readonly scope: string | undefined;
}

export interface FlagContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A device needs a user's token, an app's own is of no use to it. */
  readonly needsUser?: boolean;
}

type Name = (typeof credentialFlags)[number];

/** Which of the flags were given. */
export function givenCredentials(flags: CredentialFlags): readonly Name[] {
  return credentialFlags.filter((name) => flags[name] !== undefined);
}

function clientCredentialOf(
  { clientSecret, certificate, username }: CredentialFlags,
  { env, needsUser = false }: FlagContext,
): ClientCredential {
  if (clientSecret !== undefined && certificate !== undefined) {
    throw new UsageError('--client-secret and --certificate exclude each other');
  }
  if (certificate !== undefined) return { kind: 'certificate', file: certificate };
  // One that is only in the environment does not make an app's token out of a person's sign-in.
  const fromEnvironment = needsUser && username === undefined ? '' : (env[secretVariable] ?? '');
  const secret = clientSecret ?? fromEnvironment;
  return secret === '' ? { kind: 'none' } : { kind: 'secret', secret };
}

function subjectOf(
  { username, password: given }: CredentialFlags,
  clientCredential: ClientCredential,
  { env, needsUser = false }: FlagContext,
): Subject {
  if (username === undefined) {
    if (given !== undefined) throw new UsageError('--password needs a --username');
    if (clientCredential.kind === 'none') return { kind: 'device-code' };
    if (!needsUser) return { kind: 'app' };
    const option = clientCredential.kind === 'secret' ? '--client-secret' : '--certificate';
    throw new UsageError(`a device needs a user's token: leave ${option} out to sign in with a code, or name the user with --username`);
  }
  const password = given ?? env[passwordVariable] ?? '';
  if (password === '') throw new UsageError(`--username needs a password: set ${passwordVariable}`);
  return { kind: 'password', username, password };
}

/**
 * What the flags mean; undefined when there are none.
 * @throws UsageError
 */
export function credentialsOf(flags: CredentialFlags & { readonly token?: string }, context: FlagContext): Credentials | undefined {
  const [first] = givenCredentials(flags);
  if (first === undefined) return undefined;
  if (flags.token !== undefined) throw new UsageError(`--token and ${optionOf(first)} exclude each other`);
  const { authority, clientId, scope } = flags;
  if (authority === undefined) throw new UsageError(`${optionOf(first)} needs an --authority`);
  if (clientId === undefined) throw new UsageError('--authority needs a --client-id');
  const clientCredential = clientCredentialOf(flags, context);
  return { authority, clientId, clientCredential, subject: subjectOf(flags, clientCredential, context), scope };
}
