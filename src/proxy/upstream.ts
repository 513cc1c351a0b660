// Opens requests to the target over http or https, mapping the proxy's paths to the target's.
import { type ClientRequest, Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { secureFor } from '../client/node/secure-context.ts';
import type { Trust } from '../client/node/trust.ts';

/** Maximum size of headers: as large as servers accept. */
export const maxHeaderBytes = 65_536;

export interface Upstream {
  /** Origin and path prefix, without trailing slash. */
  readonly url: string;
  /** Opens a request; `path` is the proxy's, with query. */
  open(request: { readonly method: string; readonly path: string; readonly isReusing: boolean }): ClientRequest;
  /** Opens a request to another address than the target's own. */
  openAt(url: string, method: string): ClientRequest;
  close(): void;
}

/** @throws TypeError if the target is not an http or https URL */
export function createUpstream(target: string, trust: Trust | undefined): Upstream {
  const base = URL.canParse(target) ? new URL(target) : undefined;
  if (!base || !/^https?:$/.test(base.protocol)) throw new TypeError(`${target} is not an http or https URL.`);
  const prefix = base.pathname.replace(/\/+$/, '');
  // Only requests that may be retried reuse a connection, since the target may just have closed it.
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
      const address = new URL(url);
      return open(address, `${address.pathname}${address.search}`, { method, isReusing: false });
    },
    close: () => {
      for (const { reusing, fresh } of Object.values(agents)) {
        reusing.destroy();
        fresh.destroy();
      }
    },
  };
}
