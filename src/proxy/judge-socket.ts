// Judges what goes through one device socket: messages of both directions, close codes.
import { expectationOf } from '../checks/expectation.ts';
import type { TranscriptLine } from '../checks/failure.ts';
import { createMessageChecks } from '../checks/message-checks.ts';
import { isJsonObject, jsonObjectOf, textOf } from '../documents/json.ts';
import type { Spec } from '../documents/spec.ts';
import type { Side } from './events.ts';
import type { FrameHandlers } from './frame-reader.ts';
import type { SidedFinding } from './judge-exchange.ts';
import { document, type Handshake, where } from './judge-handshake.ts';
import type { KnownDevice } from './known-devices.ts';
import { createRedaction, secretsOf } from './secrets.ts';

/** So many messages are told with a finding, each so far. */
const mostLines = 6;
const mostLineCharacters = 400;

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
  /** Called for each message; undefined: a binary one. */
  readonly onMessage: (from: Side, text: string | undefined) => void;
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
      fingerprint: `${side} frames ${reason}`,
      document,
    });
  return {
    ofTarget: {
      message(text) {
        onMessage('target', text);
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
          fingerprint: 'target large',
          document,
        }),
      behind,
    },
    ofApp: {
      message(text) {
        onMessage('app', text);
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
          fingerprint: 'app large',
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
  fingerprint: 'refused',
  document,
};

function isRefusal(text: string | undefined): boolean {
  const message = jsonIn(text ?? '');
  return isJsonObject(message) && message['type'] === 'error' && jsonObjectOf(message['error'])['code'] === 'InvalidMessage';
}

/** RFC 6455 has codes of its own; those from 4000 on mean what the document says, or nothing. */
function closeFinding({ socket }: Spec, code: number): Omit<SidedFinding, 'where'> | undefined {
  const known = Object.values(socket.closeCodes);
  if (code < 3000 || known.includes(code)) return undefined;
  const expected = `one of the close codes of the document: ${known.join(', ')}`;
  return {
    side: 'target',
    requirement: '',
    expected,
    got: String(code),
    fingerprint: `close ${code}`,
    document: `${document}#/x-close-codes`,
  };
}

function appFindings(spec: Spec, text: string | undefined): readonly Omit<SidedFinding, 'where'>[] {
  if (text === undefined)
    return [
      {
        side: 'app',
        requirement: 'binary-refused',
        expected: 'text messages',
        got: 'a binary message',
        fingerprint: 'app binary',
        document,
      },
    ];
  const parsed = spec.socket.parseClientMessage(text);
  if (parsed.ok) return [];
  const type = typeIn(text);
  const place = type === undefined ? undefined : spec.locationOf(spec.socket.schemaOf(type));
  return parsed.violations.map(({ code, target, message }) => ({
    side: 'app',
    requirement: 'invalid-told',
    expected: expectationOf(target || 'the message', message),
    got: text.length > 200 ? `${text.slice(0, 200)}…` : text,
    mark: `app message ${type} ${target} ${code}`,
    document: place ?? `${document}#/operations`,
  }));
}

function typeIn(text: string): string | undefined {
  return textOf(jsonObjectOf(jsonIn(text))['type'])?.slice(0, 40);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
