// Checks that a response exposes neither internals of the target nor tokens.
import type { Check } from './check.ts';
import type { Exchange } from './exchange.ts';
import type { Finding } from './failure.ts';

interface Secret {
  readonly what: string;
  readonly pattern: RegExp;
}

/** In JSON a line break is escaped as two characters. */
const secrets: readonly Secret[] = [
  { what: 'a stack trace', pattern: /(?:\\n|\n)\s*at [\w$.<>[\] ]+\([^)]*:\d+(?::\d+)?\)/ },
  { what: 'a stack trace', pattern: /(?:\\n|\n)\s*at (?:async )?(?:file:\/\/|node:|\/)\S+:\d+:\d+/ },
  { what: 'a stack trace', pattern: /Traceback \(most recent call last\)|(?:\\n|\n) {3}at \S+ in \S+:line \d+|goroutine \d+ \[/ },
  { what: 'a file path', pattern: /\bnode_modules\b|(?<![\w/:.])\/(?:home|Users|usr|var|opt|srv|root|etc|app)\/[\w.-]+\/[\w./-]+/ },
  // In JSON a backslash is escaped as two; a single one may belong to an escaped line break.
  { what: 'a file path', pattern: /\b[A-Z]:(?:\\\\[\w.-]+){2,}|\b[A-Z]:\\(?:Users|Windows|inetpub|Program)\b/ },
  { what: 'a token', pattern: /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/ },
  { what: 'a token', pattern: /\bdev\.(?:app|user)\.[\w.~-]+/ },
  { what: 'a token', pattern: /\bBearer [\w.~+/-]{16,}/ },
  { what: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
];

export const noLeak: Check = (exchange) => {
  const { headers, text } = exchange.answer;
  const texts = [text, ...Object.values(headers)];
  const own = credentialOf(exchange);
  if (own !== undefined && texts.some((one) => one.includes(own))) return [leak('a token', own, exchange)];
  for (const { what, pattern } of secrets) {
    const found = texts.map((one) => pattern.exec(one)?.[0]).find((one) => one !== undefined && !wasSent(one, exchange));
    if (found === undefined) continue;
    return [leak(what, found, exchange)];
  }
  return [];
};

function leak(what: string, found: string, exchange: Exchange): Finding {
  const got = what === 'a token' ? `${found.slice(0, 12)}…` : found.slice(0, 200);
  const fingerprint = `no-leak ${what} ${exchange.answer.status}`;
  return { requirement: 'no-leak', expected: `no ${what.slice(2)} in a response`, got, exchange, fingerprint };
}

/** Shorter texts may occur in a response by chance. */
const minCredentialCharacters = 12;

/** The literal token or other credential that the case sent; tokens of configured users are redacted, and recognized by their format alone. */
function credentialOf({ request: { caller }, sent }: Exchange): string | undefined {
  const sentCredential = typeof caller === 'object' ? caller.literal : sent.headers['authorization']?.split(' ').at(-1);
  return sentCredential !== undefined && sentCredential !== '<token>' && sentCredential.length >= minCredentialCharacters
    ? sentCredential
    : undefined;
}

/** Text that the request contained is no leak when it is echoed; a token is, even to its sender. */
function wasSent(found: string, { sent }: Exchange): boolean {
  return (sent.body ?? '').includes(found) || decodeURIComponent(sent.url.replaceAll(/%(?![0-9A-Fa-f]{2})/g, '%25')).includes(found);
}
