// The state of a sign-in: its parameters, carried from page to page in the pages' own forms.
import type { components } from '../../documents/identity.gen.ts';
import type { User } from '../registry/registrations.ts';
import type { Hidden } from './pages/hidden-fields.ts';

type SignInStep = components['schemas']['SignInStep'];

/** Those that the client sent; what the person does comes from the page anew. */
const names = [
  'client_id',
  'response_type',
  'redirect_uri',
  'scope',
  'resource',
  'state',
  'nonce',
  'response_mode',
  'prompt',
  'login_hint',
  'code_challenge',
  'code_challenge_method',
] as const satisfies readonly (keyof SignInStep)[];

export function hiddenFieldsForSignIn(step: SignInStep): Hidden {
  return fields(step, names);
}

/** Whoever has signed in is not asked again who it is, and an answer counts only while that user is signed in. */
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
