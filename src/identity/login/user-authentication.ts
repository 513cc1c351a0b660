// Authenticates the user: by a user button, a password, or an existing session (F38).
import { SignInRefusal } from '../errors.ts';
import type { Registrations, User } from '../registry/registrations.ts';
import { isNamed } from './candidates.ts';
import { isCrossSite, type PageRequest } from './page-request.ts';
import type { Sessions } from './sessions.ts';

/** The input of a user on a page. */
export interface PersonStep {
  readonly login_hint?: string;
  readonly sign_in?: string;
  readonly username?: string;
  readonly password?: string;
  readonly account?: 'other';
  readonly consent?: 'accept' | 'cancel';
}

export type UserAuthentication =
  /** `session` is set if the user has just signed in. `consent` is the choice on a page that was shown to the same user. */
  | {
      readonly kind: 'known';
      readonly user: User;
      readonly session: string | undefined;
      readonly consent: 'accept' | 'cancel' | undefined;
    }
  /** The input on the page is not sufficient. */
  | { readonly kind: 'refused'; readonly refusal: SignInRefusal }
  /** No user is signed in, or not the requested one. */
  | { readonly kind: 'unauthenticated'; readonly refusal: SignInRefusal };

export interface UserAuthenticationRequest {
  readonly call: PageRequest;
  readonly step: PersonStep;
  /** The existing session is ignored. */
  readonly ignoresSession: boolean;
  /** No page may be shown, and input from a page is ignored. */
  readonly isNonInteractive: boolean;
  /** Returns undefined if the user may sign in here. */
  readonly refusalFor: (user: User) => SignInRefusal | undefined;
}

export type AuthenticateUser = (request: UserAuthenticationRequest) => Promise<UserAuthentication>;

export function createUserAuthentication(registrations: Registrations, sessions: Sessions): AuthenticateUser {
  async function bySession({
    call,
    step,
    refusalFor,
    ignoresSession,
    isNonInteractive,
  }: UserAuthenticationRequest): Promise<UserAuthentication> {
    const user = ignoresSession ? undefined : await sessions.user(call.session);
    if (!user) return unauthenticated('SignInRequired', 'Session information is not sufficient for single-sign-on: no user is signed in.');
    const { login_hint: hint } = step;
    const other = 'The account that is signed in is not the one that is asked for, or may not use this application; select another one.';
    if (hint && !isNamed(user, hint)) return unauthenticated('SelectionRequired', other);
    if (refusalFor(user)) return unauthenticated('SelectionRequired', other);
    const isAnswer = hint !== undefined && !isNonInteractive && !isCrossSite(call);
    return { kind: 'known', user, session: undefined, consent: isAnswer ? step.consent : undefined };
  }
  return async (request) => {
    const { call, step, refusalFor, isNonInteractive } = request;
    const isOnPage = !isNonInteractive && !isCrossSite(call) && (step.sign_in !== undefined || step.username !== undefined);
    if (!isOnPage) return bySession(request);
    const { user, refusal } = checkStep(registrations, step, refusalFor);
    if (!user) return { kind: 'refused', refusal };
    return { kind: 'known', user, session: await sessions.begin(user, call.session), consent: undefined };
  };
}

function unauthenticated(kind: 'SignInRequired' | 'SelectionRequired', message: string): UserAuthentication {
  return { kind: 'unauthenticated', refusal: new SignInRefusal(kind, message) };
}

type StepResult = { readonly user: User; readonly refusal?: undefined } | { readonly user?: undefined; readonly refusal: SignInRefusal };

function checkStep(
  registrations: Registrations,
  { sign_in: pressed, username = '', password }: PersonStep,
  refusalFor: UserAuthenticationRequest['refusalFor'],
): StepResult {
  const name = pressed ?? username;
  const user = registrations.userByName(name);
  if (!user) return { refusal: new SignInRefusal('UserUnknown', `The user account ${name} does not exist.`) };
  if (pressed === undefined && (user.password === undefined || user.password !== password)) {
    return { refusal: new SignInRefusal('PasswordWrong', 'Error validating credentials due to invalid username or password.') };
  }
  const refusal = refusalFor(user);
  return refusal ? { refusal } : { user };
}
