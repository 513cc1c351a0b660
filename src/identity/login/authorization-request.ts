// The parameters of an authorization request, as hidden fields that carry them from page to page.
import type { components } from '../../documents/identity.gen.ts';
import type { User } from '../registry/registrations.ts';
import type { Hidden } from './pages/hidden-fields.ts';

type SignInStep = components['schemas']['SignInStep'];

/** The client's parameters; the user's input is not carried over. */
const names = [
  'client_id',
  'response_type',
  'redirect_uri',
  'scope',
  'resource',
  'state',
  'nonce',
  'client_info',
  'response_mode',
  'prompt',
  'login_hint',
  'code_challenge',
  'code_challenge_method',
] as const satisfies readonly (keyof SignInStep)[];

export function hiddenFieldsForSignIn(step: SignInStep): Hidden {
  return fields(step, names);
}

/** Sets `login_hint` to the user who has signed in, who is not asked to sign in again; the choice is only valid for that user. */
export function hiddenFieldsForConsent(step: SignInStep, { upn }: User): Hidden {
  const kept = names.filter((name) => name !== 'login_hint' && (name !== 'prompt' || step.prompt === 'consent'));
  return [...fields(step, kept), ['login_hint', upn]];
}

function fields(step: SignInStep, kept: readonly (typeof names)[number][]): Hidden {
  return kept.flatMap((name) => {
    const value = step[name];
    return value ? [[name, value] as const] : [];
  });
}
