// Requests and responses as the wire carries them, with headers in order and original spelling, and functions that change them.

/** Raw names and values, alternating. */
export type HeaderList = readonly string[];

export interface WireRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** With its question mark, or empty. */
  readonly query: string;
  readonly headers: HeaderList;
  readonly body: Buffer;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: Buffer;
}

export type JsonObject = { readonly [name: string]: unknown };

export function headerOf({ headers }: { readonly headers: HeaderList }, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (let at = 0; at < headers.length; at += 2) if (headers[at]?.toLowerCase() === wanted) return headers[at + 1];
  return undefined;
}

function pairsOf(headers: HeaderList): readonly (readonly [string, string])[] {
  const pairs: [string, string][] = [];
  for (let at = 0; at < headers.length; at += 2) pairs.push([headers[at] ?? '', headers[at + 1] ?? '']);
  return pairs;
}

export function withoutHeader<Message extends { readonly headers: HeaderList }>(message: Message, name: string): Message {
  const kept = pairsOf(message.headers).filter(([each]) => each.toLowerCase() !== name.toLowerCase());
  return { ...message, headers: kept.flat() };
}

/** Replaces the header of this name, or appends it. */
export function withHeader<Message extends { readonly headers: HeaderList }>(message: Message, name: string, value: string): Message {
  if (headerOf(message, name) === undefined) return { ...message, headers: [...message.headers, name, value] };
  const pairs = pairsOf(message.headers).map(([each, old]) => [each, each.toLowerCase() === name.toLowerCase() ? value : old]);
  return { ...message, headers: pairs.flat() };
}

export function mapHeaders<Message extends { readonly headers: HeaderList }>(
  message: Message,
  change: (pairs: readonly (readonly [string, string])[]) => readonly (readonly [string, string])[],
): Message {
  return { ...message, headers: change(pairsOf(message.headers)).flat() };
}

/** The body as a JSON object. Returns undefined if it is another value or compressed. */
export function jsonOf(message: { readonly headers: HeaderList; readonly body: Buffer }): JsonObject | undefined {
  if (message.body.length === 0 || headerOf(message, 'content-encoding') !== undefined) return undefined;
  return objectIn(message.body.toString('utf8'));
}

export function objectIn(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function withBody<Message extends { readonly headers: HeaderList; readonly body: Buffer }>(message: Message, body: Buffer): Message {
  const measured = withoutHeader(withoutHeader(message, 'transfer-encoding'), 'content-length');
  return { ...withHeader(measured, 'Content-Length', String(body.length)), body };
}

export function withJson<Message extends { readonly headers: HeaderList; readonly body: Buffer }>(
  message: Message,
  json: unknown,
): Message {
  return withBody(message, Buffer.from(JSON.stringify(json)));
}

/** The value at `a/b/0`, or undefined. */
export function at(value: unknown, path: string): unknown {
  return path.split('/').reduce<unknown>((inside, name) => {
    if (Array.isArray(inside)) return inside[Number(name)];
    return isObject(inside) ? inside[name] : undefined;
  }, value);
}

/** A copy with this value at `a/b`; missing objects are created. */
export function put(value: JsonObject, path: string, member: unknown): JsonObject {
  const [name = '', ...rest] = path.split('/');
  const inside = value[name];
  return { ...value, [name]: rest.length === 0 ? member : put(isObject(inside) ? inside : {}, rest.join('/'), member) };
}

/** A copy without the member at `a/b`. */
export function drop(value: JsonObject, path: string): JsonObject {
  const [name = '', ...rest] = path.split('/');
  const inside = value[name];
  if (rest.length > 0) return isObject(inside) ? { ...value, [name]: drop(inside, rest.join('/')) } : value;
  return Object.fromEntries(Object.entries(value).filter(([each]) => each !== name));
}

export const textAt = (value: unknown, path: string): string => {
  const found = at(value, path);
  return typeof found === 'string' ? found : '';
};

/** The objects in a list; empty for any other value. */
export function listAt(value: unknown, path: string): readonly JsonObject[] {
  const found = at(value, path);
  return Array.isArray(found) ? found.filter(isObject) : [];
}

export function parametersOf({ query }: Pick<WireRequest, 'query'>): URLSearchParams {
  return new URLSearchParams(query.slice(1));
}

export function withParameters(request: WireRequest, change: (parameters: URLSearchParams) => void): WireRequest {
  const parameters = parametersOf(request);
  change(parameters);
  return { ...request, query: parameters.size > 0 ? `?${parameters}` : '' };
}
