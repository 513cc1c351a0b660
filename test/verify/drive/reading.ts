// Reads a verdict off an answer: what differs from run to run, and texts that are written for people, are left out.
import type { Clock } from '../../../src/domain/ports.ts';
import type { Answer } from './exchange.ts';

const unspoken = new Set(['connection', 'keep-alive', 'content-length', 'transfer-encoding']);
/** Their values differ from run to run, or hold a text. */
const valueless = new Set(['duration', 'date']);
/** Numbers that show how much the emulator holds. */
const counts = new Set(['notifications', 'subscriptions', 'connections']);
/** It lies further back the more probes have moved the clock. */
const start = 'startedDateTime';
/** Seconds since 1970, as numbers or, in v1's way, as text. */
const seconds = new Set(['iat', 'nbf', 'exp', 'expires_on', 'not_before']);
const jwt = /^[A-Za-z0-9_-]+\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+$/;
/** Tokens within an address or a page. */
const jwtWithin = /\beyJ[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/g;
/** Made from a token, which differs from run to run. */
const hash = 'at_hash';

export function createReading(url: string, clock: Clock) {
  const host = new URL(url).host;

  /** Instants become what they are from now, ids their kind, the origin a word. */
  function plain(text: string): string {
    return text
      .replaceAll(host, '<host>')
      .replaceAll(/\d{4}-\d\d-\d\dT[0-9:.]+Z/g, (instant) => `<now${((Date.parse(instant) - clock.now()) / 1000).toFixed(3)}>`)
      .replaceAll(/00000000-0000-4000-8000-\d{12}/g, '<id>')
      .replaceAll(/unsid-\d{26}/g, '<unsid>')
      .replaceAll(/secret-\d{36}/g, '<secret>')
      .replaceAll(/\b[2-9B]{4}-?[2-9B]{4}\b/g, '<user code>')
      .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ/g, '<time>')
      .replaceAll(/\b(?:c1\.)?feed\d+\.(\w+)/g, '<cursor $1>')
      .replaceAll(/\buser\d+\b/g, '<user>');
  }

  /** What a token says, its times from now on; undefined for any other text. */
  function claimsIn(text: string): unknown {
    const claims = jwt.exec(text)?.[1];
    if (claims === undefined) return undefined;
    try {
      return { claims: withoutTexts(JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'))) };
    } catch {
      return undefined;
    }
  }

  /** Without what is written for people, and without counts of what other probes have left. */
  function withoutTexts(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(withoutTexts);
    const claims = typeof value === 'string' ? claimsIn(value) : undefined;
    if (claims !== undefined) return claims;
    if (typeof value === 'string' && value.length > 1000) return `<${value.length} characters>`;
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([name, member]) => {
      if (name === 'message' && typeof member === 'string') return [name, '…'];
      if (name === hash) return [name, '<hash>'];
      if (counts.has(name) && typeof member === 'number') return [name, '<count>'];
      if (seconds.has(name) && !Number.isNaN(Number(member)))
        return [name, `<now${Number(member) - Math.floor(clock.now() / 1000)} ${typeof member}>`];
      if (name === start && typeof member === 'string' && !Number.isNaN(Date.parse(member))) return [name, '<start>'];
      return [name, withoutTexts(member)];
    });
    return Object.fromEntries(entries);
  }

  const tokensRead = (text: string): string => text.replaceAll(jwtWithin, (token) => JSON.stringify(claimsIn(token)) ?? token);

  const verdictOf = ({ status, headers, text, json }: Answer) => ({
    status,
    headers: headers
      .filter(([name]) => !unspoken.has(name.toLowerCase()))
      .map(([name, value]) => `${name}: ${valueless.has(name.toLowerCase()) ? '…' : tokensRead(value)}`),
    body: json === undefined ? tokensRead(text) : withoutTexts(json),
  });

  return { verdictOf, withoutTexts, textOf: (value: unknown) => plain(JSON.stringify(value)) };
}
