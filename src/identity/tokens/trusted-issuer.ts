// The option for a trusted issuer; a separate file, so that the package's types do not depend on Node's.
/** Another issuer whose tokens are accepted too. */
export interface TrustedIssuer {
  /** The exact value of the tokens' `iss`. */
  readonly issuer: string;
  /** Its key set: an http(s) URL, read when needed, or a file, read at startup and again when it changes. */
  readonly jwks: string;
  /** Accepted audiences (`aud`). Default: the names of Graph and of the activity service. */
  readonly audiences?: readonly string[];
}
