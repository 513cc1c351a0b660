// The platform's errors: one table from each reason to its AADSTS number, OAuth error and status (F42).
import type { components } from '../documents/identity.gen.ts';
import type { SignInErrorKind, SignInRefusal } from './errors.ts';

type Schemas = components['schemas'];

interface SignInError {
  readonly number: Schemas['ErrorNumber'];
  readonly error: Schemas['ErrorName'];
  /** Default: 400. */
  readonly status?: 401 | 429 | 500 | 503;
  readonly suberror?: string;
}

export const signInErrors: Readonly<Record<SignInErrorKind, SignInError>> = {
  Malformed: { number: 9002313, error: 'invalid_request' },
  ParameterMissing: { number: 900144, error: 'invalid_request' },
  GrantTypeUnsupported: { number: 70003, error: 'unsupported_grant_type' },
  ResponseTypeUnsupported: { number: 70005, error: 'unsupported_response_type' },
  ResponseModeUnsupported: { number: 70007, error: 'invalid_request' },
  ImplicitTokenDisabled: { number: 700051, error: 'unsupported_response_type' },
  ImplicitIdTokenDisabled: { number: 700054, error: 'unsupported_response_type' },
  TenantUnknown: { number: 90002, error: 'invalid_request' },
  ClientUnknown: { number: 700016, error: 'unauthorized_client' },
  ClientOfOneTenant: { number: 50194, error: 'invalid_request' },
  CredentialMissing: { number: 7000218, error: 'invalid_client', status: 401 },
  CredentialOfPublicClient: { number: 700025, error: 'invalid_client', status: 401 },
  SecretInvalid: { number: 7000215, error: 'invalid_client', status: 401 },
  AssertionInvalid: { number: 700027, error: 'invalid_client', status: 401 },
  AssertionNotInTime: { number: 700024, error: 'invalid_client', status: 401 },
  AssertionAudience: { number: 700023, error: 'invalid_client', status: 401 },
  RedirectUriUnknown: { number: 50011, error: 'invalid_request' },
  RedirectUriOther: { number: 500112, error: 'invalid_grant' },
  CodeInvalid: { number: 70000, error: 'invalid_grant' },
  CodeUsed: { number: 54005, error: 'invalid_grant' },
  CodeExpired: { number: 70008, error: 'invalid_grant' },
  VerifierWrong: { number: 501481, error: 'invalid_grant' },
  ChallengeMissing: { number: 9002325, error: 'invalid_request' },
  RefreshTokenInvalid: { number: 70000, error: 'invalid_grant' },
  RefreshTokenExpired: { number: 700082, error: 'invalid_grant' },
  UserAssertionInvalid: { number: 50013, error: 'invalid_grant' },
  UserAssertionAudience: { number: 500131, error: 'invalid_grant' },
  UserAssertionNotInTime: { number: 500133, error: 'invalid_grant' },
  DevicePending: { number: 70016, error: 'authorization_pending' },
  DeviceTooFast: { number: 70016, error: 'slow_down' },
  DeviceDeclined: { number: 70017, error: 'authorization_declined' },
  DeviceCodeInvalid: { number: 70018, error: 'bad_verification_code' },
  DeviceCodeExpired: { number: 70019, error: 'expired_token' },
  UserUnknown: { number: 50034, error: 'invalid_grant' },
  UserOfOtherTenant: { number: 50020, error: 'invalid_grant' },
  PasswordWrong: { number: 50126, error: 'invalid_grant' },
  SignInRequired: { number: 50058, error: 'login_required' },
  SelectionRequired: { number: 16000, error: 'interaction_required' },
  ConsentRequired: { number: 65001, error: 'invalid_grant', suberror: 'consent_required' },
  ConsentDeclined: { number: 65004, error: 'access_denied' },
  ResourceUnknown: { number: 500011, error: 'invalid_resource' },
  ScopeInvalid: { number: 70011, error: 'invalid_scope' },
  ScopeNotDefault: { number: 1002012, error: 'invalid_scope' },
  CrossOriginForbidden: { number: 9002326, error: 'invalid_request' },
  CrossOriginRequired: { number: 9002327, error: 'invalid_request' },
  TooManyRequests: { number: 90055, error: 'temporarily_unavailable', status: 429 },
  OutOfOrder: { number: 90033, error: 'server_error', status: 500 },
  ShuttingDown: { number: 90033, error: 'temporarily_unavailable', status: 503 },
};

/** The error description, which begins with the AADSTS number. */
export function describeSignInError({ kind, message }: SignInRefusal): string {
  return `AADSTS${signInErrors[kind].number}: ${message}`;
}
