// Assertions of scenarios about the device socket itself: messages, close codes, refused handshakes, and that it is still open.
import { busyStatuses } from '../../client/throttling.ts';
import { memberOf } from '../../values/json.ts';
import type { AdapterDevice } from '../target/adapter.ts';
import type { Handshake, RawEvent, RawSocket, Refusal } from '../target/raw-socket.ts';
import type { DeviceFixture } from './devices.ts';

/** What a scenario expects at a socket. */
export interface RawExpected {
  readonly description: string;
  readonly from?: number;
  readonly limitMs?: number;
}

type Kind = RawEvent['kind'];
export type EventOfKind<Its extends Kind> = Extract<RawEvent, { readonly kind: Its }>;
export type RawMessage = EventOfKind<'message'>;

/** Waits for the first event of a kind that matches. @throws ContractFailure if there is none in time */
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

/** Opens the device's socket and waits for `connected`. */
export async function connectSocket(fixture: DeviceFixture, device: AdapterDevice, handshake: Handshake = {}): Promise<RawSocket> {
  const socket = await fixture.openSocket(device, handshake);
  await waitForMessage(fixture, socket, 'connected', { description: `the socket of ${fixture.nameOf(device)} to open and say connected` });
  return socket;
}

/** Waits for the first message of a type. */
export function waitForMessage(fixture: DeviceFixture, socket: RawSocket, type: string, expected: RawExpected): Promise<RawMessage> {
  return waitForEvent(fixture, socket, { ...expected, kind: 'message', where: ({ json }) => memberOf(json, 'type') === type });
}

/** Waits for the notification, or for a signal that stands for it. */
export function waitForNotification(fixture: DeviceFixture, socket: RawSocket, id: string, expected: RawExpected): Promise<RawMessage> {
  const isIt = ({ json }: RawMessage) => memberOf(json, 'type') === 'signal' || memberOf(json, 'notification', 'id') === id;
  return waitForEvent(fixture, socket, { ...expected, kind: 'message', where: isIt });
}

/** Expects the socket to be open and to deliver a notification that is posted now. */
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

/** Expects the socket to be closed with this code. */
export async function expectClosedWith(fixture: DeviceFixture, socket: RawSocket, code: number, expected: RawExpected): Promise<void> {
  const closed = await waitForEvent(fixture, socket, { ...expected, kind: 'closed' });
  if (closed.code !== code)
    fixture.context.fail({ expected: `${expected.description}, with close code ${code}`, got: formatEvents(socket, expected.from) });
}

/** Expects the handshake to be refused over HTTP. */
export async function expectHandshakeRefused(
  fixture: DeviceFixture,
  device: AdapterDevice,
  handshake: Handshake,
  description: string,
): Promise<Refusal> {
  const socket = await fixture.openSocket(device, handshake);
  const { refusal } = await waitForEvent(fixture, socket, { kind: 'refused', description });
  if (busyStatuses.has(refusal.status))
    throw new Error(`The target throttles handshakes (${refusal.status}), so the case has no verdict. Lower the request rate.`);
  return refusal;
}

export function messagesOf({ events }: RawSocket, type: string, from = 0): readonly RawMessage[] {
  return events.all.slice(from).filter((event): event is RawMessage => event.kind === 'message' && memberOf(event.json, 'type') === type);
}

/** A cursor that the target certainly knows: that of `connected`. */
export async function knownCursor(fixture: DeviceFixture, socket: RawSocket): Promise<string> {
  return textOf(await waitForMessage(fixture, socket, 'connected', { description: 'connected' }), 'cursor');
}

/** The code of a message of type error. */
export const codeOf = ({ json }: RawMessage): unknown => memberOf(json, 'error', 'code');

/** The member of a message, or an empty text if it is no text. */
export function textOf(message: RawMessage, name: string): string {
  const value = memberOf(message.json, name);
  return typeof value === 'string' ? value : '';
}

export function formatEvents({ events }: RawSocket, from = 0): string {
  const all = events.all.slice(from).map(formatEvent);
  if (all.length === 0) return events.isOver ? 'nothing, since it had closed before' : 'nothing';
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
