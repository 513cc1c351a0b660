// Takes tokens and other secrets out of whatever is told.

const patterns: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]{6,}(?:\.[\w-]*){0,4}/g, '<token>'],
  [/\bdev\.(?:app|user)\.[\w.~-]*/g, '<token>'],
  [/\bBearer [\w.~+/-]{12,}=*/g, 'Bearer <token>'],
  // As checks cut it.
  [/\bBearer [\w.~+/-]+…/g, 'Bearer <token>'],
  [
    /\b(access_token|refresh_token|id_token|client_secret|client_assertion|assertion|password|code_verifier|device_code)(=|%3D)[^&\s"'#]*/gi,
    '$1$2<token>',
  ],
];

/** Shorter ones are no secrets, and would take much else with them. */
const minSecretCharacters = 4;

/** Replaces in all texts of a value: these secrets, as they are and as a URL writes them, and all that looks like a token. */
export function createRedaction(secrets: readonly string[]): <Told>(told: Told) => Told {
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
  // The edge: what comes back has the form of what was given.
  return <Told>(told: Told) => walk(told) as Told;
}

/** What a request's headers and query hold that nobody may see. */
export function secretsOf(headers: Readonly<Record<string, unknown>>, query: string): readonly string[] {
  const authorization = String(headers['authorization'] ?? '');
  const [, credentials = authorization] = /^\S+ +(.+)$/.exec(authorization) ?? [];
  const inQuery = new URLSearchParams(query).getAll('access_token');
  const cookies = String(headers['cookie'] ?? '')
    .split(';')
    .map((pair) => pair.slice(pair.indexOf('=') + 1).trim());
  return [credentials.trim(), ...inQuery, ...cookies].filter((one) => one !== '');
}

/** Of these headers the value is nobody's business. */
const secretName = /auth|token|secret|cookie|key|password|session/i;
/** What tells nothing of the request, or only of its framing. */
const omittedHeaders =
  /^(host|content-length|transfer-encoding|connection|keep-alive|upgrade|user-agent|accept-encoding|sec-.*|te|trailer|cookie)$/;

/** Headers as they may be shown, names in lower case. */
export function shownHeaders(headers: Readonly<Record<string, string | readonly string[] | undefined>>): Readonly<Record<string, string>> {
  const shown = Object.entries(headers).flatMap(([name, value]): [string, string][] => {
    if (value === undefined || omittedHeaders.test(name)) return [];
    if (name === 'authorization') return [[name, `${String(value).split(' ', 1)[0]} <token>`]];
    return [[name, secretName.test(name) ? '<token>' : [value].flat().join(', ')]];
  });
  return Object.fromEntries(shown);
}
