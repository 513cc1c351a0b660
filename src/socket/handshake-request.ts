// Reads the request of a handshake: its protocol, its target, its token and the subprotocols it offers.
import type { IncomingMessage } from 'node:http';
import type { SocketSpec } from '../documents/socket-spec.ts';
import { Refusal, refusalForViolations } from '../domain/errors.ts';
import { bearerToken } from '../net/bearer.ts';
import { requestTarget } from '../net/request-target.ts';

/** RFC 6455, 4.2.1: HTTP/1.1 or higher, version 13, and no body: its bytes would be read as frames. @throws Refusal */
export function checkProtocol({ httpVersionMajor, httpVersionMinor, httpVersion, headers }: IncomingMessage): void {
  if (httpVersionMajor === 1 && httpVersionMinor < 1) {
    throw new Refusal('UnsupportedHeader', `The handshake is not valid: it needs HTTP/1.1 and came over HTTP/${httpVersion}.`);
  }
  if (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0) {
    throw new Refusal('UnsupportedHeader', 'The handshake is not valid: it must not have a body (Content-Length, Transfer-Encoding).');
  }
  const version = headers['sec-websocket-version'];
  if (version !== undefined && version.trim() !== '13') {
    const message = `must be 13, not ${JSON.stringify(version)}`;
    const violations = [{ code: 'version', target: 'Sec-WebSocket-Version', message }];
    throw new Refusal('WebSocketVersion', `Sec-WebSocket-Version ${message}.`, { violations });
  }
}

/** The first of the subprotocols that the device offers and the document has. @throws Refusal when it offers none of them */
export function chosenSubprotocol(req: IncomingMessage, { subprotocol, envelopes }: SocketSpec): string {
  const header = req.headers['sec-websocket-protocol'] ?? '';
  const offered = header.split(',').map((one) => one.trim());
  const chosen = offered.find((one) => one === subprotocol || one === envelopes?.subprotocol);
  if (chosen !== undefined) return chosen;
  const message = `must offer ${subprotocol}`;
  throw refusalForViolations('InvalidParameter', [{ code: 'subprotocol', target: 'Sec-WebSocket-Protocol', message }]);
}

export function isHandshake(req: IncomingMessage, spec: SocketSpec): boolean {
  return req.headers.upgrade?.toLowerCase() === 'websocket' && req.method === spec.method && targetOf(req).path === spec.path;
}

/** Accepts a target in absolute form too. */
export function targetOf({ url }: IncomingMessage): { path: string; searchParams: URLSearchParams } {
  const { path, query } = requestTarget(url);
  return { path, searchParams: new URLSearchParams(query) };
}

/** From the first of the document's token locations that has a token. */
export function tokenOf(req: IncomingMessage, searchParams: URLSearchParams, { tokenLocations }: SocketSpec): string | undefined {
  const tokens = tokenLocations.map((location) =>
    location.in === 'header'
      ? bearerToken(req.headers.authorization, { allowsWhiteSpace: true })
      : (searchParams.get(location.name) ?? undefined),
  );
  return tokens.find((token) => token !== undefined);
}
