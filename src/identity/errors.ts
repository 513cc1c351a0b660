// The closed union of reasons for which sign-in and token requests are refused, and the error class that carries them (F42).

/** The reason; `identity/sign-in-errors.ts` maps each to its AADSTS number, OAuth error and status. */
export type SignInErrorKind =
  | 'Malformed'
  | 'ParameterMissing'
  | 'GrantTypeUnsupported'
  | 'ResponseTypeUnsupported'
  | 'ResponseModeUnsupported'
  | 'ImplicitTokenDisabled'
  | 'ImplicitIdTokenDisabled'
  | 'TenantUnknown'
  | 'ClientUnknown'
  | 'ClientOfOneTenant'
  | 'CredentialMissing'
  | 'CredentialOfPublicClient'
  | 'SecretInvalid'
  | 'AssertionInvalid'
  | 'AssertionNotInTime'
  | 'AssertionAudience'
  | 'RedirectUriUnknown'
  | 'RedirectUriOther'
  | 'CodeInvalid'
  | 'CodeUsed'
  | 'CodeExpired'
  | 'VerifierWrong'
  | 'ChallengeMissing'
  | 'RefreshTokenInvalid'
  | 'RefreshTokenExpired'
  | 'UserAssertionInvalid'
  | 'UserAssertionAudience'
  | 'UserAssertionNotInTime'
  | 'DevicePending'
  | 'DeviceTooFast'
  | 'DeviceDeclined'
  | 'DeviceCodeInvalid'
  | 'DeviceCodeExpired'
  | 'UserUnknown'
  | 'UserOfOtherTenant'
  | 'PasswordWrong'
  | 'SignInRequired'
  | 'SelectionRequired'
  | 'ConsentRequired'
  | 'ConsentDeclined'
  | 'ResourceUnknown'
  | 'ScopeInvalid'
  | 'ScopeNotDefault'
  | 'CrossOriginForbidden'
  | 'CrossOriginRequired'
  | 'TooManyRequests'
  | 'OutOfOrder'
  | 'ShuttingDown';

/** Thrown when sign-in or a token request is refused; the HTTP side turns it into the platform's error body, a page, or a redirect to the client. */
export class SignInRefusal extends Error {
  override readonly name = 'SignInRefusal';
  readonly kind: SignInErrorKind;
  /** Seconds, for `Retry-After`. */
  readonly retryAfterSeconds: number | undefined;

  /** @param message a sentence, without the AADSTS number */
  constructor(kind: SignInErrorKind, message: string, retryAfterSeconds?: number) {
    super(message);
    this.kind = kind;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
