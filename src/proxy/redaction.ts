// Removes tokens and other secrets from everything that is reported.

const patterns: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]{6,}(?:\.[\w-]*){0,4}/g, '<token>'],
  [/\bdev\.(?:app|user)\.[\w.~-]*/g, '<token>'],
  [/\bBearer [\w.~+/-]{12,}=*/g, 'Bearer <token>'],
  // As truncated by checks.
  [/\bBearer [\w.~+/-]+…/g, 'Bearer <token>'],
  [
    /\b(access_token|refresh_token|id_token|client_secret|client_assertion|assertion|password|code_verifier|device_code)(=|%3D)[^&\s"'#]*/gi,
    '$1$2<token>',
  ],
];

/** Shorter texts are no secrets, and replacing them would damage other text. */
const minSecretCharacters = 4;

/** Returns a function that replaces, in all strings of a value, these secrets, plain or URL-encoded, and everything that looks like a token. */
export function createRedaction(secrets: readonly string[]): <Value>(value: Value) => Value {
  const known = [...new Set(secrets.flatMap((one) => [one, encodeURIComponent(one)]))]
    .filter((one) => one.length >= minSecretCharacters)
    .sort((a, b) => b.length - a.length);
  const clean = (text: string): string => {
    const without = known.reduce((rest, secret) => rest.replaceAll(secret, '<token>'), text);
    return patterns.reduce((rest, [pattern, word]) => rest.replaceAll(pattern, word), without);
  };
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return clean(value);
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, walk(member)]));
  };
  // A cast at the edge: the result has the same shape as the argument.
  return <Value>(value: Value) => walk(value) as Value;
}

/** The secrets in a request's headers and query. */
export function secretsOf(headers: Readonly<Record<string, unknown>>, query: string): readonly string[] {
  const authorization = String(headers['authorization'] ?? '');
  const [, credentials = authorization] = /^\S+ +(.+)$/.exec(authorization) ?? [];
  const inQuery = new URLSearchParams(query).getAll('access_token');
  const cookies = String(headers['cookie'] ?? '')
    .split(';')
    .map((pair) => pair.slice(pair.indexOf('=') + 1).trim());
  return [credentials.trim(), ...inQuery, ...cookies].filter((one) => one !== '');
}

/** Headers whose value is secret. */
const secretName = /auth|token|secret|cookie|key|password|session/i;
/** Headers that say nothing about the request, or only about its framing. */
const omittedHeaders =
  /^(host|content-length|transfer-encoding|connection|keep-alive|upgrade|user-agent|accept-encoding|sec-.*|te|trailer|cookie)$/;

/** Headers as they may be reported, names in lower case. */
export function shownHeaders(headers: Readonly<Record<string, string | readonly string[] | undefined>>): Readonly<Record<string, string>> {
  const shown = Object.entries(headers).flatMap(([name, value]): [string, string][] => {
    if (value === undefined || omittedHeaders.test(name)) return [];
    if (name === 'authorization') return [[name, `${String(value).split(' ', 1)[0]} <token>`]];
    return [[name, secretName.test(name) ? '<token>' : [value].flat().join(', ')]];
  });
  return Object.fromEntries(shown);
}
