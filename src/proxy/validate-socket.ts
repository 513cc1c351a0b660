// Validates the traffic of one device socket: messages of both directions, close codes.
import { expectationOf } from '../checks/expectation.ts';
import type { TranscriptLine } from '../checks/failure.ts';
import { createMessageChecks } from '../checks/message-checks.ts';
import type { Spec } from '../documents/spec.ts';
import { isJsonObject, jsonIn, jsonObjectOf, textOf } from '../values/json.ts';
import type { Side } from './events.ts';
import type { FrameHandlers } from './frame-reader.ts';
import type { KnownDevice } from './known-devices.ts';
import { createRedaction, secretsOf } from './redaction.ts';
import type { SidedFinding } from './validate-exchange.ts';
import { document, type Handshake, where } from './validate-handshake.ts';

/** Maximum number of messages in a finding's transcript, and of characters of each. */
const maxLines = 6;
const maxLineCharacters = 400;

export interface SocketValidator {
  readonly ofApp: FrameHandlers;
  readonly ofTarget: FrameHandlers;
}

export interface SocketValidatorParts {
  readonly spec: Spec;
  readonly handshake: Handshake;
  readonly unsid: string;
  readonly device: KnownDevice | undefined;
  /** By the target's clock. */
  readonly now: () => number;
  /** Milliseconds since some moment, never backwards. */
  readonly elapsed: () => number;
  readonly add: (finding: SidedFinding) => void;
  /** Called for each message; undefined stands for a binary message. */
  readonly onMessage: (from: Side, text: string | undefined) => void;
  readonly onUnchecked: (reason: string) => void;
}

/** Maximum size of a message from the target: a multiple of the size above which it must send a signal instead. */
export const maxTargetBytes = (spec: Spec): number => 4 * spec.socket.limits.maxEmbeddedBytes;

export function createSocketValidator(parts: SocketValidatorParts): SocketValidator {
  const { spec, handshake, unsid, device, now, elapsed, onMessage } = parts;
  const redact = createRedaction(secretsOf(handshake.headers, handshake.query));
  const began = elapsed();
  const lines: TranscriptLine[] = [];
  const note = (who: 'app' | 'target', what: string) => {
    const shown = what.length > maxLineCharacters ? `${what.slice(0, maxLineCharacters)}… (${what.length} characters)` : what;
    lines.push({ atMs: elapsed() - began, who, what: shown });
    if (lines.length > maxLines) lines.shift();
  };
  const add = (finding: Omit<SidedFinding, 'where'>) => parts.add(redact({ ...finding, where, transcript: [...lines] }));
  const check = createMessageChecks({
    spec,
    now,
    sink: { add: (finding) => add({ ...finding, side: 'target' }), exercise: () => undefined },
  })({ unsid, deviceId: device?.deviceId, application: device?.application });
  const { maxMessageBytes } = spec.socket.limits;
  let invalidFromApp = 0;
  const behind = () => parts.onUnchecked('messages of a socket that arrived too fast to be read');
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
        check(text);
        if (!isRefusal(text)) return;
        invalidFromApp -= 1;
        if (invalidFromApp < 0) add(unjustifiedRefusal);
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
          expected: `no message over ${maxTargetBytes(spec)} bytes`,
          got: 'a larger message',
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
        if (found.length > 0) invalidFromApp += 1;
        for (const finding of found) add(finding);
      },
      closed: (code, reason) => note('app', `closes with ${code} ${reason}`),
      broken: broken('app'),
      tooLarge: () =>
        add({
          side: 'app',
          requirement: 'message-limit',
          expected: `messages of at most ${maxMessageBytes} bytes`,
          got: 'a larger message',
          fingerprint: 'app large',
          document: `${document}#/x-limits/maxMessageBytes`,
        }),
      behind,
    },
  };
}

const unjustifiedRefusal: Omit<SidedFinding, 'where'> = {
  side: 'target',
  requirement: 'invalid-error',
  expected: 'no error InvalidMessage for messages that the document allows',
  got: 'the error InvalidMessage',
  fingerprint: 'refused',
  document,
};

function isRefusal(text: string | undefined): boolean {
  const message = jsonIn(text ?? '');
  return isJsonObject(message) && message['type'] === 'error' && jsonObjectOf(message['error'])['code'] === 'InvalidMessage';
}

/** RFC 6455 defines the codes below 3000; of the others only those that the document declares are valid. */
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
  const location = type === undefined ? undefined : spec.locationOf(spec.socket.schemaOf(type));
  return parsed.violations.map(
    ({ code, target, message }): Omit<SidedFinding, 'where'> => ({
      side: 'app',
      requirement: 'invalid-error',
      expected: expectationOf(target || 'the message', message),
      got: text.length > 200 ? `${text.slice(0, 200)}…` : text,
      fingerprint: `app message ${type} ${target} ${code}`,
      document: location ?? `${document}#/operations`,
    }),
  );
}

function typeIn(text: string): string | undefined {
  return textOf(jsonObjectOf(jsonIn(text))['type'])?.slice(0, 40);
}
