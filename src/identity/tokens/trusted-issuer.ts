// The setting that names another issuer to trust; apart, so that the package's types need no types of Node.
/** Another issuer whose tokens are accepted too. */
export interface TrustedIssuer {
  /** Exactly as tokens name it in `iss`. */
  readonly issuer: string;
  /** Its key set: an http(s) URL, read when it is needed, or a file, read at the start and again when it changes. */
  readonly jwks: string;
  /** What its tokens may be for (`aud`). Default: Graph's names. */
  readonly audiences?: readonly string[];
}
