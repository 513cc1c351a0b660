// Checks on every message of every device socket, whatever the case: schema, `connected` first, addressee, size.
import type { Spec } from '../documents/spec.ts';
import { jsonIn, memberOf, textMemberOf } from '../values/json.ts';
import type { FindingSink } from './check.ts';
import type { Finding } from './failure.ts';

/** The requirements that these checks validate. */
export const messageRequirements: readonly string[] = ['socket-schema', 'socket-connected', 'large-signal', 'fan-out-isolated'];

export interface MessageCheckParts {
  readonly spec: Pick<Spec, 'socket' | 'locationOf'>;
  readonly sink: FindingSink;
  /** Milliseconds since 1970, by the target's clock. */
  readonly now: () => number;
}

/** The device that a connection belongs to; unknown members are not compared. */
export interface Addressee {
  readonly unsid: string;
  readonly deviceId: string | undefined;
  readonly application: string | undefined;
}

const document = 'devices.asyncapi.yaml';

/** Returns, for each connection, a function that checks its messages in order; undefined stands for a binary message. */
export function createMessageChecks({
  spec,
  sink: book,
  now,
}: MessageCheckParts): (device: Addressee) => (text: string | undefined) => void {
  const maxEmbeddedBytes = spec.socket.limits.maxEmbeddedBytes;
  return (device) => {
    let count = 0;
    return (text) => {
      count += 1;
      const message = text === undefined ? undefined : jsonIn(text);
      book.exercise('socket-schema');
      const findings = [
        ...schemaFindings(text, message, { spec, now: now() }),
        ...connectedFindings(device, message, count),
        ...addressFindings(device, message),
        ...sizeFindings(text, message, maxEmbeddedBytes),
      ];
      if (count === 1) book.exercise('socket-connected');
      for (const finding of findings) book.add(finding);
    };
  };
}

function schemaFindings(
  text: string | undefined,
  message: unknown,
  { spec, now }: { readonly spec: MessageCheckParts['spec']; readonly now: number },
): readonly Finding[] {
  const requirement = 'socket-schema';
  if (text === undefined) return [{ requirement, expected: 'text messages', got: 'a binary message', document }];
  if (message === undefined)
    return [{ requirement, expected: 'messages in JSON', got: shortened(text), fingerprint: 'not-json', document }];
  const location = spec.locationOf(spec.socket.schemaOf(typeOf(message))) ?? document;
  return spec.socket.checkServerMessage(message, now).map(
    ({ target, message: reason }): Finding => ({
      requirement,
      expected: `${typeOf(message)} messages as the document describes them`,
      got: `${target || '/'} ${reason}, in ${shortened(text)}`,
      fingerprint: `${typeOf(message)} ${target.replaceAll(/\d+/g, '#')} ${reason}`,
      document: location,
    }),
  );
}

function connectedFindings({ unsid, deviceId }: Addressee, message: unknown, count: number): readonly Finding[] {
  const requirement = 'socket-connected';
  const isConnected = typeOf(message) === 'connected';
  if (count === 1 && !isConnected)
    return [{ requirement, expected: 'connected as the first message', got: typeOf(message), fingerprint: 'first', document }];
  if (count > 1 && isConnected)
    return [{ requirement, expected: 'connected once, as the first message', got: `connected again, as message ${count}`, document }];
  if (!isConnected) return [];
  const received = { unsid: memberOf(message, 'unsid'), deviceId: memberOf(message, 'deviceId') };
  if (received.unsid === unsid && (deviceId === undefined || received.deviceId === deviceId)) return [];
  const got = `unsid ${received.unsid === unsid ? 'of this device' : JSON.stringify(received.unsid)}, deviceId ${JSON.stringify(received.deviceId)}`;
  return [
    {
      requirement,
      expected: `connected with the device's own UNSID${deviceId === undefined ? '' : ` and deviceId ${deviceId}`}`,
      got,
      fingerprint: 'addressee',
      document,
    },
  ];
}

/** A message names its application but not its user. */
function addressFindings({ application }: Addressee, message: unknown): readonly Finding[] {
  const its = memberOf(message, 'notification', 'application');
  if (application === undefined || typeof its !== 'string' || its.toLowerCase() === application.toLowerCase()) return [];
  return [
    {
      requirement: 'fan-out-isolated',
      expected: `notifications of ${application} only, for which the device is subscribed`,
      got: `a notification of ${its}`,
      fingerprint: 'application',
      document,
    },
  ];
}

function sizeFindings(text: string | undefined, message: unknown, maxBytes: number): readonly Finding[] {
  if (text === undefined || typeOf(message) !== 'notification') return [];
  const bytes = Buffer.byteLength(text);
  if (bytes <= maxBytes) return [];
  const expected = `a signal instead of a notification message over ${maxBytes} bytes`;
  return [{ requirement: 'large-signal', expected, got: `a notification message of ${bytes} bytes`, fingerprint: 'too-large', document }];
}

function typeOf(message: unknown): string {
  return textMemberOf(message, 'type') ?? 'a message without type';
}

function shortened(text: string): string {
  return text.length <= 300 ? text : `${text.slice(0, 300)}…`;
}
