// Reads the bearer token of an Authorization header.

export interface BearerOptions {
  /** Also accepts tabs and the like between the spaces and the token. Default false. */
  readonly allowsWhiteSpace?: boolean;
}

/** Returns undefined if there is none, or another scheme. */
export function bearerToken(authorization: string | undefined, { allowsWhiteSpace = false }: BearerOptions = {}): string | undefined {
  const pattern = allowsWhiteSpace ? /^Bearer +(.+)$/i : /^Bearer +(\S.*)$/i;
  return pattern.exec(authorization ?? '')?.[1]?.trim();
}
