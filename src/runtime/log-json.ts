// The log as JSON: one object per line, with the members of docs/log.md.
import type { LogEntry } from './log-entry.ts';
import { plainJson } from './plain-text.ts';

export function jsonLine(instant: number, { level, what }: LogEntry): string {
  return plainJson(JSON.stringify({ time: new Date(instant).toISOString(), level, ...members(what) }));
}

function members(what: LogEntry['what']): object {
  if (what.event !== 'message') return what;
  const { event, message, more } = what;
  return { event, message, ...(more.length > 0 && { details: more.map(detailOf) }) };
}

function detailOf(value: unknown): unknown {
  if (!(value instanceof Error)) return typeof value === 'object' ? String(value) : value;
  return { name: value.name, message: value.message, ...(value.stack !== undefined && { stack: value.stack }) };
}
