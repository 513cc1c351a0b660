// What scenarios about the device socket itself expect of it: messages, ends, refusals, and that it still serves.
import type { AdapterDevice } from '../target/adapter.ts';
import { isThrottled } from '../target/rate-limit.ts';
import type { Handshake, RawEvent, RawSocket, Refusal } from '../target/raw-socket.ts';
import type { DeviceFixture } from './devices.ts';

/** What a case waits for at a socket. */
export interface RawExpected {
  readonly description: string;
  readonly from?: number;
  readonly limitMs?: number;
}

type Kind = RawEvent['kind'];
export type EventOfKind<Its extends Kind> = Extract<RawEvent, { readonly kind: Its }>;
export type RawMessage = EventOfKind<'message'>;

/** The first event of a kind that matches. @throws ContractFailure when it does not come in time */
export async function waitForEvent<Its extends Kind>(
  fixture: DeviceFixture,
  socket: RawSocket,
  what: RawExpected & { readonly kind: Its; readonly where?: (event: EventOfKind<Its>) => boolean },
): Promise<EventOfKind<Its>> {
  const { context } = fixture;
  const { kind, where = () => true, description, from = 0, limitMs = context.arrivalTimeoutMs } = what;
  const isOfKind = (event: RawEvent): event is EventOfKind<Its> => event.kind === kind;
  const index = await socket.events.find((event) => isOfKind(event) && where(event), { from, limitMs, signal: context.signal });
  const event = index === undefined ? undefined : socket.events.all[index];
  if (event && isOfKind(event)) return event;
  return context.fail({ expected: description, got: formatEvents(socket, from) });
}

/** Opens the device's socket and takes `connected`. */
export async function connectSocket(fixture: DeviceFixture, device: AdapterDevice, handshake: Handshake = {}): Promise<RawSocket> {
  const socket = await fixture.openSocket(device, handshake);
  await waitForMessage(fixture, socket, 'connected', { description: `the socket of ${fixture.nameOf(device)} to open and say connected` });
  return socket;
}

/** The first message of a type. */
export function waitForMessage(fixture: DeviceFixture, socket: RawSocket, type: string, expected: RawExpected): Promise<RawMessage> {
  return waitForEvent(fixture, socket, { ...expected, kind: 'message', where: ({ json }) => memberOf(json, 'type') === type });
}

/** The notification, or a signal that stands for it. */
export function waitForNotification(fixture: DeviceFixture, socket: RawSocket, id: string, expected: RawExpected): Promise<RawMessage> {
  const isIt = ({ json }: RawMessage) => memberOf(json, 'type') === 'signal' || memberOf(memberOf(json, 'notification'), 'id') === id;
  return waitForEvent(fixture, socket, { ...expected, kind: 'message', where: isIt });
}

/** The socket is open and serves: something that is posted now comes. */
export async function expectStillOpen(
  fixture: DeviceFixture,
  socket: RawSocket,
  device: AdapterDevice,
  after: string,
): Promise<RawMessage> {
  const from = socket.events.all.length;
  const { id } = await fixture.post(device);
  return waitForNotification(fixture, socket, id, {
    from,
    description: `the socket to stay open ${after}, and a notification posted then`,
  });
}

/** The socket ends with this code. */
export async function expectClosedWith(fixture: DeviceFixture, socket: RawSocket, code: number, expected: RawExpected): Promise<void> {
  const closed = await waitForEvent(fixture, socket, { ...expected, kind: 'closed' });
  if (closed.code !== code)
    fixture.context.fail({ expected: `${expected.description}, with close code ${code}`, got: formatEvents(socket, expected.from) });
}

/** The handshake is refused over HTTP. */
export async function expectHandshakeRefused(
  fixture: DeviceFixture,
  device: AdapterDevice,
  handshake: Handshake,
  description: string,
): Promise<Refusal> {
  const socket = await fixture.openSocket(device, handshake);
  const { refusal } = await waitForEvent(fixture, socket, { kind: 'refused', description });
  if (isThrottled(refusal.status)) throw new Error(`The target is busy (${refusal.status}); its handshake cannot be judged.`);
  return refusal;
}

export function messagesOf({ events }: RawSocket, type: string, from = 0): readonly RawMessage[] {
  return events.all.slice(from).filter((event): event is RawMessage => event.kind === 'message' && memberOf(event.json, 'type') === type);
}

/** A place that is surely known: the connection's own. */
export async function knownCursor(fixture: DeviceFixture, socket: RawSocket): Promise<string> {
  return textOf(await waitForMessage(fixture, socket, 'connected', { description: 'connected' }), 'cursor');
}

/** Of a message of type error. */
export const codeOf = ({ json }: RawMessage): unknown => memberOf(memberOf(json, 'error'), 'code');

/** Text of a message's member. */
export function textOf(message: RawMessage, name: string): string {
  const value = memberOf(message.json, name);
  return typeof value === 'string' ? value : '';
}

export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

export function formatEvents({ events }: RawSocket, from = 0): string {
  const all = events.all.slice(from).map(formatEvent);
  if (all.length === 0) return events.isOver ? 'nothing, it had ended before' : 'nothing';
  return all.length <= 8 ? all.join('; ') : `${all.length} events, the last: ${all.slice(-8).join('; ')}`;
}

function formatEvent(event: RawEvent): string {
  switch (event.kind) {
    case 'open':
      return `open with subprotocol ${JSON.stringify(event.subprotocol)}`;
    case 'refused':
      return `refused with ${event.refusal.status}: ${event.refusal.text.slice(0, 300)}`;
    case 'message':
      return `message ${event.text === undefined ? `of ${event.bytes} binary bytes` : event.text.slice(0, 300)}`;
    case 'ping':
      return 'ping';
    case 'closed':
      return `closed with ${event.code} ${event.reason}`;
  }
}
