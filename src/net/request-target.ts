// Splits a request's target into path and query, and reads parameters of the query.

export interface RequestTarget {
  /** Not decoded. */
  readonly path: string;
  readonly query: string;
}

/** Removes scheme and host from a target in absolute form, which clients of forward proxies send. */
export function localTarget(url = '/'): string {
  if (url.startsWith('/')) return url;
  const local = url.replace(/^https?:\/\/[^/?#]*/i, '');
  return local === '' || local.startsWith('?') ? `/${local}` : local;
}

/** Accepts the absolute form too. */
export function requestTarget(url?: string): RequestTarget {
  const local = localTarget(url);
  const at = local.indexOf('?');
  return at < 0 ? { path: local, query: '' } : { path: local.slice(0, at), query: local.slice(at + 1) };
}

/** A repeated parameter is a list. Names are compared without case where that is asked for. */
export function queryValue(query: URLSearchParams, name: string, ignoresCase = false): string | readonly string[] | undefined {
  const exact = query.getAll(name);
  const lower = name.toLowerCase();
  const isOther = ignoresCase && query.size > exact.length;
  const values = isOther ? [...query].flatMap(([one, text]) => (one.toLowerCase() === lower ? [text] : [])) : exact;
  return values.length > 1 ? values : values[0];
}
