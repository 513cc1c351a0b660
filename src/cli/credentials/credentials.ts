// Validates the credential options and derives the grant, the client and its credential from them.
import { UsageError } from '../terminal/cli-error.ts';
import { type CredentialFlags, credentialFlags, optionOf, passwordVariable, secretVariable } from './credential-flags.ts';

/** How a client authenticates. */
export type ClientCredential =
  | { readonly kind: 'none' }
  | { readonly kind: 'secret'; readonly secret: string }
  /** `pem` is the content of the file if it has been read already. */
  | { readonly kind: 'certificate'; readonly file: string; readonly pem?: string };

/** The subject of the requested token. */
export type Subject =
  | { readonly kind: 'app' }
  | { readonly kind: 'device-code' }
  | { readonly kind: 'password'; readonly username: string; readonly password: string };

export interface Credentials {
  readonly authority: string;
  readonly clientId: string;
  readonly clientCredential: ClientCredential;
  readonly subject: Subject;
  /** Undefined for the default scope of the subject. */
  readonly scope: string | undefined;
}

export interface FlagContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Set for a device, which needs a token of a user. */
  readonly needsUser?: boolean;
}

type Name = (typeof credentialFlags)[number];

/** Names of the options that were given. */
export function givenCredentials(flags: CredentialFlags): readonly Name[] {
  return credentialFlags.filter((name) => flags[name] !== undefined);
}

function clientCredentialOf(
  { clientSecret, certificate, username }: CredentialFlags,
  { env, needsUser = false }: FlagContext,
): ClientCredential {
  if (clientSecret !== undefined && certificate !== undefined) {
    throw new UsageError('--client-secret and --certificate cannot be combined');
  }
  if (certificate !== undefined) return { kind: 'certificate', file: certificate };
  // A secret that is only in the environment does not turn the sign-in of a user into a token of the app.
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
    throw new UsageError(`a device needs a token of a user: leave out ${option} to sign in with a code, or name the user with --username`);
  }
  const password = given ?? env[passwordVariable] ?? '';
  if (password === '') throw new UsageError(`--username needs a password: set ${passwordVariable}`);
  return { kind: 'password', username, password };
}

/**
 * Returns undefined if no credential option was given.
 * @throws UsageError
 */
export function credentialsOf(flags: CredentialFlags & { readonly token?: string }, context: FlagContext): Credentials | undefined {
  const [first] = givenCredentials(flags);
  if (first === undefined) return undefined;
  if (flags.token !== undefined) throw new UsageError(`--token and ${optionOf(first)} cannot be combined`);
  const { authority, clientId, scope } = flags;
  if (authority === undefined) throw new UsageError(`${optionOf(first)} needs an --authority`);
  if (clientId === undefined) throw new UsageError('--authority needs a --client-id');
  const clientCredential = clientCredentialOf(flags, context);
  return { authority, clientId, clientCredential, subject: subjectOf(flags, clientCredential, context), scope };
}
