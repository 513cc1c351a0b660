// Selects the end-to-end headers of a message, which a proxy forwards unchanged.
import type { ClientRequest, ServerResponse } from 'node:http';

/** RFC 9110, section 7.6.1, and headers for proxies. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export interface EndToEndHeader {
  readonly name: string;
  readonly values: readonly string[];
}

/** In the original order and letter case, grouped by name. @param without names to exclude, in lower case */
export function endToEndHeaders(rawHeaders: readonly string[], without: readonly string[] = []): readonly EndToEndHeader[] {
  const found = new Map<string, { name: string; values: string[] }>();
  const excluded = new Set([...hopByHop, ...without]);
  for (const [name, value] of pairsOf(rawHeaders)) {
    if (name.toLowerCase() === 'connection') for (const one of value.split(',')) excluded.add(one.trim().toLowerCase());
  }
  for (const [name, value] of pairsOf(rawHeaders)) {
    const key = name.toLowerCase();
    if (excluded.has(key)) continue;
    const header = found.get(key);
    if (header) header.values.push(value);
    else found.set(key, { name, values: [value] });
  }
  return [...found.values()];
}

export function pairsOf(rawHeaders: readonly string[]): readonly (readonly [string, string])[] {
  return Array.from(
    { length: rawHeaders.length / 2 },
    (_none, index) => [rawHeaders[2 * index] ?? '', rawHeaders[2 * index + 1] ?? ''] as const,
  );
}

export function setHeaders(message: ClientRequest | ServerResponse, headers: readonly EndToEndHeader[]): void {
  for (const { name, values } of headers) message.setHeader(name, values.length === 1 ? (values[0] ?? '') : [...values]);
}
