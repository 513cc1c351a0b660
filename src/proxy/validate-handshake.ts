// Validates the handshake of a device socket: the app's request and the target's response.
import { expectationOf } from '../checks/expectation.ts';
import { validateParameters } from '../documents/parameters.ts';
import type { Spec } from '../documents/spec.ts';
import { bearerToken } from '../net/bearer.ts';
import type { ForwardedExchange } from './forwarded-exchange.ts';
import { createRedaction, secretsOf } from './redaction.ts';
import type { SidedFinding } from './validate-exchange.ts';
import { rawParameters, refusalExpected } from './validate-request.ts';

export const where = 'device socket';
export const document = 'devices.asyncapi.yaml';

export type Handshake = Pick<ForwardedExchange, 'headers' | 'query'>;

export interface HandshakeAnswer {
  readonly status: number;
  readonly subprotocol: string | undefined;
}

export function handshakeFindings(spec: Spec, handshake: Handshake, answer: HandshakeAnswer): readonly SidedFinding[] {
  const found = [
    ...parameterFindings(spec, handshake, answer),
    ...subprotocolFindings(spec, handshake, answer),
    ...tokenFindings(spec, handshake),
  ];
  const redact = createRedaction(secretsOf(handshake.headers, handshake.query));
  return found.map((finding) => redact({ ...finding, where }));
}

type HandshakeFinding = Omit<SidedFinding, 'where'>;

function parameterFindings({ socket, locationOf }: Spec, handshake: Handshake, { status }: HandshakeAnswer): readonly HandshakeFinding[] {
  const raw = rawParameters(handshake, {});
  return validateParameters(socket.query, raw, 0).violations.flatMap(({ violation: { target, code, message } }): HandshakeFinding[] => {
    const parameter = socket.query.find(({ name }) => name === target);
    const requirement = 'handshake-refused';
    const location = locationOf(parameter?.schema) ?? document;
    const expected = expectationOf(target, message);
    const got = quoted(parameter && raw(parameter));
    const ofApp: HandshakeFinding = {
      side: 'app',
      requirement,
      expected,
      got,
      document: location,
      fingerprint: `handshake ${target} ${code}`,
    };
    if (status !== 101) return [ofApp];
    return [ofApp, { ...ofApp, side: 'target', expected: refusalExpected(expected), got: `101 for ${got}` }];
  });
}

function subprotocolFindings(
  { socket }: Spec,
  { headers }: Handshake,
  { status, subprotocol }: HandshakeAnswer,
): readonly HandshakeFinding[] {
  const wanted = socket.subprotocol;
  const offer = headers['sec-websocket-protocol'];
  const common = { requirement: 'handshake-subprotocol', document };
  if (!(offer ?? '').split(',').some((one) => one.trim() === wanted))
    return [{ ...common, side: 'app', expected: `the subprotocol ${wanted} to be offered`, got: quoted(offer), fingerprint: 'offer' }];
  if (status !== 101 || subprotocol === wanted) return [];
  return [
    { ...common, side: 'target', expected: `the subprotocol ${wanted} to be chosen`, got: quoted(subprotocol), fingerprint: 'choice' },
  ];
}

/** The first subprotocol that is offered and known is that of the push channels. */
export function isPushChannel({ socket: { subprotocol, envelopes } }: Spec, headers: Handshake['headers']): boolean {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim());
  const chosen = offered.find((one) => one === subprotocol || one === envelopes?.subprotocol);
  return chosen !== undefined && chosen === envelopes?.subprotocol;
}

function tokenFindings({ socket }: Spec, { headers, query }: Handshake): readonly HandshakeFinding[] {
  const hasToken = socket.tokenLocations.some((location) =>
    location.in === 'header' ? bearerToken(headers.authorization) : new URLSearchParams(query).get(location.name),
  );
  const expected = 'a token in Authorization or in the query';
  return hasToken ? [] : [{ side: 'app', requirement: 'handshake-token', expected, got: 'none', document, fingerprint: 'token' }];
}

const quoted = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 120));
