// Fills in the names and times of a row of a table, and makes the bytes of its body.
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { durationMs } from '../../documents/iso-duration.ts';
import type { TableRequest } from './case-table.ts';

export type Names = Readonly<Record<string, string>>;

const encoders = { gzip: gzipSync, deflate: deflateSync, 'deflate-raw': deflateRawSync, br: brotliCompressSync };

/** @param now milliseconds since 1970, by the service clock */
export function filled(value: unknown, names: Names, now: number): unknown {
  if (typeof value === 'string') return value.replaceAll(/\{([A-Za-z]+)\}/g, (whole, name: string) => names[name] ?? whole);
  if (Array.isArray(value)) return value.map((item) => filled(item, names, now));
  if (typeof value !== 'object' || value === null) return value;
  const { $ahead, $repeat } = value as { $ahead?: string; $repeat?: [string, number] };
  if ($ahead !== undefined) return instantAhead($ahead, now);
  if ($repeat) return $repeat[0].repeat($repeat[1]);
  const kept = Object.entries(value).filter(([, member]) => !isAbsent(member));
  return Object.fromEntries(kept.map(([name, member]) => [name, filled(member, names, now)]));
}

function isAbsent(member: unknown): boolean {
  return typeof member === 'object' && member !== null && '$absent' in member;
}

/** @throws Error if the duration is invalid */
function instantAhead(duration: string, now: number): string {
  const isBehind = duration.startsWith('-');
  const ms = durationMs(isBehind ? duration.slice(1) : duration);
  if (ms === undefined) throw new Error(`$ahead has to be an ISO 8601 duration such as P8D, not ${duration}.`);
  return new Date(now + (isBehind ? -ms : ms)).toISOString();
}

/** Returns undefined if the request has no body. */
export function bytesOf(request: TableRequest, fill: (value: unknown) => unknown): string | Buffer | undefined {
  const { text, body, with: members, noBody, encoding } = request;
  if (noBody || (text === undefined && body === undefined)) return undefined;
  const merged = members && { ...(body as object), ...members };
  const whole = text === undefined ? JSON.stringify(fill(merged ?? body)) : String(fill(text));
  return encoding ? encoders[encoding](whole) : whole;
}

/** The names in braces within a value. */
export function namesIn(value: unknown): ReadonlySet<string> {
  return new Set([...JSON.stringify(value).matchAll(/\{([A-Za-z]+)\}/g)].map(([, name]) => name ?? ''));
}
