// Splits a request's target into path and query.

export interface RequestTarget {
  /** Not decoded. */
  readonly path: string;
  readonly query: string;
}

/** Accepts the absolute form too, which proxies send. */
export function requestTarget(url = '/'): RequestTarget {
  const local = url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?#]*/i, '');
  const at = local.indexOf('?');
  if (at < 0) return { path: local || '/', query: '' };
  return { path: local.slice(0, at) || '/', query: local.slice(at + 1) };
}
