// Judges what goes through one device socket: the handshake, messages of both directions, close codes.
import { createMessageChecks } from '../contract/checks/message-checks.ts';
import type { TranscriptLine } from '../contract/failure.ts';
import { judgeParameters } from '../spec/parameters.ts';
import type { Spec } from '../spec/spec.ts';
import { isTree, textOf, treeOf } from '../spec/tree.ts';
import type { FrameHandlers } from './frame-reader.ts';
import type { SidedFinding } from './judge-exchange.ts';
import { rawParameters } from './judge-request.ts';
import type { KnownDevice } from './known-devices.ts';
import type { PassedExchange } from './passed.ts';
import { createRedaction, secretsOf } from './secrets.ts';

export const where = 'device socket';
const document = 'devices.asyncapi.yaml';
/** So many messages are told with a finding, each so far. */
const mostLines = 6;
const mostLineCharacters = 400;

type Handshake = Pick<PassedExchange, 'headers' | 'query'>;

/** What the app's handshake lacks; `status` and `subprotocol` are the target's answer, undefined when there is none yet. */
export function handshakeFindings(
  spec: Spec,
  { headers, query }: Handshake,
  answer: { readonly status: number; readonly subprotocol: string | undefined },
): readonly SidedFinding[] {
  const { socket } = spec;
  const found: SidedFinding[] = [];
  const raw = rawParameters({ headers, query }, {});
  const { violations } = judgeParameters(socket.query, raw, 0);
  for (const { fault } of violations) {
    const parameter = socket.query.find(({ name }) => name === fault.target);
    const place = spec.placeOf(parameter?.schema) ?? document;
    const fromApp = {
      requirement: 'handshake-refused',
      expected: `that ${fault.target} ${fault.message}`,
      got: told(parameter && raw(parameter)),
      document: place,
    };
    found.push({ ...fromApp, side: 'app', where, mark: `handshake ${fault.target} ${fault.code}` });
    if (answer.status === 101)
      found.push({
        ...fromApp,
        side: 'target',
        where,
        expected: `a refusal, for want of this: ${fromApp.expected}`,
        got: '101',
        mark: `handshake accepted ${fault.target}`,
      });
  }
  const wanted = socket.subprotocol;
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim());
  const protocol = { requirement: 'handshake-subprotocol', where, document };
  if (!offered.includes(wanted))
    found.push({
      ...protocol,
      side: 'app',
      expected: `the subprotocol ${wanted} to be offered`,
      got: told(headers['sec-websocket-protocol']),
      mark: 'offer',
    });
  else if (answer.status === 101 && answer.subprotocol !== wanted)
    found.push({
      ...protocol,
      side: 'target',
      expected: `the subprotocol ${wanted} to be chosen`,
      got: told(answer.subprotocol),
      mark: 'choice',
    });
  const hasToken = socket.tokenPlaces.some((place) =>
    place.in === 'header' ? /^Bearer +\S/i.test(headers.authorization ?? '') : new URLSearchParams(query).get(place.name),
  );
  if (!hasToken)
    found.push({
      requirement: 'handshake-token',
      side: 'app',
      where,
      expected: 'a token in Authorization or in the query',
      got: 'none',
      document,
      mark: 'token',
    });
  return found;
}

const told = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 120));

export interface SocketJudge {
  readonly ofApp: FrameHandlers;
  readonly ofTarget: FrameHandlers;
}

export interface SocketJudgeParts {
  readonly spec: Spec;
  readonly handshake: Handshake;
  readonly unsid: string;
  readonly device: KnownDevice | undefined;
  /** By the target's clock. */
  readonly now: () => number;
  /** Milliseconds since some moment, never backwards. */
  readonly elapsed: () => number;
  readonly add: (finding: SidedFinding) => void;
  readonly onMessage: () => void;
  readonly onUnjudged: (reason: string) => void;
}

/** Messages may be so large from the target: a few times what must be a signal instead. */
export const mostTargetBytes = (spec: Spec): number => 4 * spec.socket.limits.maxEmbeddedBytes;

export function createSocketJudge(parts: SocketJudgeParts): SocketJudge {
  const { spec, handshake, unsid, device, now, elapsed, onMessage } = parts;
  const redact = createRedaction(secretsOf(handshake.headers, handshake.query));
  const began = elapsed();
  const lines: TranscriptLine[] = [];
  const note = (who: 'app' | 'target', what: string) => {
    const shown = what.length > mostLineCharacters ? `${what.slice(0, mostLineCharacters)}… (${what.length} characters)` : what;
    lines.push({ atMs: elapsed() - began, who, what: shown });
    if (lines.length > mostLines) lines.shift();
  };
  const add = (finding: Omit<SidedFinding, 'where'>) => parts.add(redact({ ...finding, where, transcript: [...lines] }));
  const look = createMessageChecks({
    spec,
    now,
    book: { add: (finding) => add({ ...finding, side: 'target' }), exercise: () => undefined },
  })({ unsid, deviceId: device?.deviceId, application: device?.application });
  const { maxMessageBytes } = spec.socket.limits;
  let mayBeRefused = 0;
  const behind = () => parts.onUnjudged('messages of a socket that came too fast to be read');
  const broken = (side: 'app' | 'target') => (reason: string) =>
    add({
      side,
      requirement: 'socket-schema',
      expected: 'frames as RFC 6455 describes them',
      got: reason,
      mark: `${side} frames ${reason}`,
      document,
    });
  return {
    ofTarget: {
      message(text) {
        onMessage();
        note('target', text ?? 'a binary message');
        look(text);
        if (!isRefusal(text)) return;
        mayBeRefused -= 1;
        if (mayBeRefused < 0) add(refusedFinding);
      },
      closed(code, reason) {
        note('target', `closes with ${code} ${reason}`);
        const finding = closeFinding(spec, code);
        if (finding) add(finding);
      },
      broken: broken('target'),
      tooLarge: () =>
        add({
          side: 'target',
          requirement: 'large-signal',
          expected: `no message over ${mostTargetBytes(spec)} bytes`,
          got: 'a larger one',
          mark: 'target large',
          document,
        }),
      behind,
    },
    ofApp: {
      message(text) {
        onMessage();
        note('app', text ?? 'a binary message');
        const found = appFindings(spec, text);
        if (found.length > 0) mayBeRefused += 1;
        for (const finding of found) add(finding);
      },
      closed: (code, reason) => note('app', `closes with ${code} ${reason}`),
      broken: broken('app'),
      tooLarge: () =>
        add({
          side: 'app',
          requirement: 'message-limit',
          expected: `messages of at most ${maxMessageBytes} bytes`,
          got: 'a larger one',
          mark: 'app large',
          document: `${document}#/x-limits/maxMessageBytes`,
        }),
      behind,
    },
  };
}

const refusedFinding: Omit<SidedFinding, 'where'> = {
  side: 'target',
  requirement: 'invalid-told',
  expected: 'no error InvalidMessage for messages that the document allows',
  got: 'one',
  mark: 'refused',
  document,
};

function isRefusal(text: string | undefined): boolean {
  const message = jsonIn(text ?? '');
  return isTree(message) && message['type'] === 'error' && treeOf(message['error'])['code'] === 'InvalidMessage';
}

/** RFC 6455 has codes of its own; those from 4000 on mean what the document says, or nothing. */
function closeFinding({ socket }: Spec, code: number): Omit<SidedFinding, 'where'> | undefined {
  const known = Object.values(socket.closeCodes);
  if (code < 3000 || known.includes(code)) return undefined;
  const expected = `one of the close codes of the document: ${known.join(', ')}`;
  return { side: 'target', requirement: '', expected, got: String(code), mark: `close ${code}`, document: `${document}#/x-close-codes` };
}

function appFindings(spec: Spec, text: string | undefined): readonly Omit<SidedFinding, 'where'>[] {
  if (text === undefined)
    return [
      { side: 'app', requirement: 'binary-refused', expected: 'text messages', got: 'a binary message', mark: 'app binary', document },
    ];
  const parsed = spec.socket.parseClientMessage(text);
  if (parsed.ok) return [];
  const type = typeIn(text);
  const place = type === undefined ? undefined : spec.placeOf(spec.socket.schemaOf(type));
  return parsed.faults.map(({ code, target, message }) => ({
    side: 'app',
    requirement: 'invalid-told',
    expected: `that ${target || 'the message'} ${message}`,
    got: text.length > 200 ? `${text.slice(0, 200)}…` : text,
    mark: `app message ${type} ${target} ${code}`,
    document: place ?? `${document}#/operations`,
  }));
}

function typeIn(text: string): string | undefined {
  return textOf(treeOf(jsonIn(text))['type'])?.slice(0, 40);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
