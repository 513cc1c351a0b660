// Judges the credential flags: which grant they mean, for which client, with what secret.
import { UsageError } from '../terminal/failure.ts';
import { CREDENTIAL_FLAGS, type CredentialFlags, optionOf, PASSWORD_VARIABLE, SECRET_VARIABLE } from './credential-flags.ts';

/** How a client shows who it is. */
export type Proof =
  | { readonly kind: 'none' }
  | { readonly kind: 'secret'; readonly secret: string }
  /** `pem` is what the file holds, when it was read already. */
  | { readonly kind: 'certificate'; readonly file: string; readonly pem?: string };

/** Whose token it is to be. */
export type Whose =
  | { readonly kind: 'app' }
  | { readonly kind: 'person' }
  | { readonly kind: 'password'; readonly username: string; readonly password: string };

export interface Credentials {
  readonly authority: string;
  readonly clientId: string;
  readonly proof: Proof;
  readonly whose: Whose;
  /** Undefined: the default for whose token it is. */
  readonly scope: string | undefined;
}

export interface Judging {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A device needs a user's token, an app's own is of no use to it. */
  readonly needsUser?: boolean;
}

type Name = (typeof CREDENTIAL_FLAGS)[number];

/** Which of the flags were given. */
export function givenCredentials(flags: CredentialFlags): readonly Name[] {
  return CREDENTIAL_FLAGS.filter((name) => flags[name] !== undefined);
}

function proofOf({ clientSecret, certificate, username }: CredentialFlags, { env, needsUser = false }: Judging): Proof {
  if (clientSecret !== undefined && certificate !== undefined) {
    throw new UsageError('--client-secret and --certificate exclude each other');
  }
  if (certificate !== undefined) return { kind: 'certificate', file: certificate };
  // One that is only in the environment does not make an app's token out of a person's sign-in.
  const fromEnvironment = needsUser && username === undefined ? '' : (env[SECRET_VARIABLE] ?? '');
  const secret = clientSecret ?? fromEnvironment;
  return secret === '' ? { kind: 'none' } : { kind: 'secret', secret };
}

function whoseOf({ username, password: given }: CredentialFlags, proof: Proof, { env, needsUser = false }: Judging): Whose {
  if (username === undefined) {
    if (given !== undefined) throw new UsageError('--password needs a --username');
    if (proof.kind === 'none') return { kind: 'person' };
    if (!needsUser) return { kind: 'app' };
    const option = proof.kind === 'secret' ? '--client-secret' : '--certificate';
    throw new UsageError(`a device needs a user's token: leave ${option} out to sign in with a code, or name the user with --username`);
  }
  const password = given ?? env[PASSWORD_VARIABLE] ?? '';
  if (password === '') throw new UsageError(`--username needs a password: set ${PASSWORD_VARIABLE}`);
  return { kind: 'password', username, password };
}

/**
 * What the flags mean; undefined when there are none.
 * @throws UsageError
 */
export function credentialsOf(flags: CredentialFlags & { readonly token?: string }, judging: Judging): Credentials | undefined {
  const [first] = givenCredentials(flags);
  if (first === undefined) return undefined;
  if (flags.token !== undefined) throw new UsageError(`--token and ${optionOf(first)} exclude each other`);
  const { authority, clientId, scope } = flags;
  if (authority === undefined) throw new UsageError(`${optionOf(first)} needs an --authority`);
  if (clientId === undefined) throw new UsageError('--authority needs a --client-id');
  const proof = proofOf(flags, judging);
  return { authority, clientId, proof, whose: whoseOf(flags, proof, judging), scope };
}
