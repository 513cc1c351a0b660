// Redacts requests and responses for the log: removes tokens, secrets, passwords, assertions, codes and sessions.
import { jsonIn } from '../values/json.ts';

const removed = '<removed>';

/** Names of headers, parameters and members whose values are secrets. */
const secretName =
  /token|secret|assertion|passw|credential|verifier|challenge|cookie|session|authorization|api[-_]?key|samlresponse|(?:^|[-_])(?:code|key|state|nonce|otp|pin)$/i;
/** Names that match the pattern but are not secret. */
const nonSecretName = /^(?:token_type|grant_type|response_type|requested_token_use)$|_endpoint$|_supported$/i;

/** Tokens within other text. */
const secretPatterns: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]{6,}(?:\.[\w-]*)*/g, removed],
  [/\bdev\.(?:app|user)\.[\w.~@+-]+/g, removed],
  [/\b(Bearer|Basic) +[\w.~+/=-]+/gi, `$1 ${removed}`],
];
/** A parameter within other text, whose equals sign may be percent-encoded repeatedly. Bounded, so that matching takes linear time. */
const parameter = /([\w-]{1,64})(?:=|%(?:25)*3D)/gi;
/** What ends its value. */
const valueEnd = /[&\s"'#;<]|$/;

/** Deeper than any documented body. */
const maxDepth = 32;

/** The text without recognisable secrets. */
export function redactedText(text: string): string {
  return secretPatterns.reduce((rest, [pattern, replacement]) => rest.replaceAll(pattern, replacement), withoutParameters(text));
}

function withoutParameters(text: string): string {
  let shown = '';
  let at = 0;
  for (const { 0: match, 1: word = '', index } of text.matchAll(parameter)) {
    // `?` and `&` may be encoded too: `%26code`.
    const name = text[index - 1] === '%' ? word.replace(/^(?:25)*[0-9a-f]{2}/i, '') : word;
    if (index < at || !isSecret(name)) continue;
    const start = index + match.length;
    shown += text.slice(at, start) + removed;
    at = start + text.slice(start).search(valueEnd);
  }
  return shown + text.slice(at);
}

export function redactedHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Readonly<Record<string, string>> {
  const shown = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name.toLowerCase(), headerValue(name, [value].flat().join(', '))]],
  );
  return Object.fromEntries(shown);
}

/** For credentials, only the scheme is kept. */
function headerValue(name: string, value: string): string {
  if (/^(?:proxy-)?authorization$/i.test(name)) return /^[\w-]{1,20} /.test(value) ? `${value.split(' ', 1)[0]} ${removed}` : removed;
  return isSecret(name) ? removed : redactedText(value);
}

/** Parameter by parameter. @param query raw, without its question mark */
export function redactedQuery(query: string): string {
  return query
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=');
      if (at < 0) return redactedText(pair);
      return `${pair.slice(0, at)}=${isSecret(decoded(pair.slice(0, at))) ? removed : redactedText(pair.slice(at + 1))}`;
    })
    .join('&');
}

/** For JSON values and forms; strings that contain JSON are redacted as JSON. @param isResponse only responses have error codes */
export function redactedValue(value: unknown, isResponse = false): unknown {
  return walk(value, { isResponse: isResponse, depth: 0 });
}

interface WalkState {
  readonly isResponse: boolean;
  readonly depth: number;
}

function walk(value: unknown, { isResponse, depth }: WalkState): unknown {
  const below = { isResponse, depth: depth + 1 };
  if (depth > maxDepth) return removed;
  if (typeof value === 'string') return /^\s*[[{]/.test(value) ? redactedJson(value, below) : redactedText(value);
  if (Array.isArray(value)) return value.map((item) => walk(item, below));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, isHidden(name, member, isResponse) ? removed : walk(member, below)]);
  return Object.fromEntries(members);
}

function redactedJson(text: string, way: WalkState): string {
  const value = jsonIn(text);
  return value === undefined ? redactedText(text) : JSON.stringify(walk(value, way));
}

function isHidden(name: string, member: unknown, isResponse: boolean): boolean {
  const isErrorCode = isResponse && name === 'code' && typeof member === 'string' && /^[A-Za-z]{1,40}$/.test(member);
  return !isErrorCode && typeof member !== 'boolean' && member !== null && isSecret(name);
}

const isSecret = (name: string): boolean => secretName.test(name) && !nonSecretName.test(name);

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
