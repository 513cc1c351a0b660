// The line to the target: where each path of the proxy leads, over http or https.
import { type ClientRequest, Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { secureFor } from '../client/node/secure-context.ts';
import type { Trust } from '../client/node/trust.ts';

/** Headers of any size that servers take. */
export const maxHeaderBytes = 65_536;

export interface Upstream {
  /** Origin and path prefix, without a slash at the end. */
  readonly url: string;
  /** A request to be written; `path` is the proxy's, with its query. */
  open(request: { readonly method: string; readonly path: string; readonly isReusing: boolean }): ClientRequest;
  /** A request to somewhere else than the target's own address. */
  openAt(url: string, method: string): ClientRequest;
  close(): void;
}

/** @throws TypeError for what is no http or https URL */
export function createUpstream(target: string, trust: Trust | undefined): Upstream {
  const base = URL.canParse(target) ? new URL(target) : undefined;
  if (!base || !/^https?:$/.test(base.protocol)) throw new TypeError(`${target} is not an http or https URL.`);
  const prefix = base.pathname.replace(/\/+$/, '');
  // Only what may be sent twice goes out on a used connection: one that the target has just closed would lose it.
  const agents = {
    http: { reusing: new HttpAgent({ keepAlive: true }), fresh: new HttpAgent() },
    https: { reusing: new HttpsAgent({ keepAlive: true }), fresh: new HttpsAgent() },
  };
  const open = (url: URL, path: string, how: { readonly method: string; readonly isReusing: boolean }): ClientRequest => {
    const isSecure = url.protocol === 'https:';
    const own = agents[isSecure ? 'https' : 'http'];
    const secure = isSecure ? secureFor(trust, url.href) : {};
    const request = (isSecure ? httpsRequest : httpRequest)({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
      method: how.method,
      path,
      agent: how.isReusing ? own.reusing : own.fresh,
      maxHeaderSize: maxHeaderBytes,
      setHost: false,
      ...secure,
    });
    request.setHeader('Host', url.host);
    return request;
  };
  return {
    url: `${base.origin}${prefix}`,
    open: ({ path, ...how }) => open(base, path.startsWith('/') ? `${prefix}${path}` : path, how),
    openAt: (url, method) => {
      const at = new URL(url);
      return open(at, `${at.pathname}${at.search}`, { method, isReusing: false });
    },
    close: () => {
      for (const { reusing, fresh } of Object.values(agents)) {
        reusing.destroy();
        fresh.destroy();
      }
    },
  };
}

/** A request's target without scheme and host, which clients of forward proxies send. */
export function localTarget(url = '/'): string {
  const local = url.replace(/^https?:\/\/[^/?#]*/i, '');
  return local === '' || local.startsWith('?') ? `/${local}` : local;
}

export function splitTarget(local: string): { readonly path: string; readonly query: string } {
  const at = local.indexOf('?');
  return at < 0 ? { path: local, query: '' } : { path: local.slice(0, at), query: local.slice(at + 1) };
}
