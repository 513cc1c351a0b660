// What scenarios about the device socket itself expect of it: messages, ends, refusals, and that it still serves.
import type { AdapterDevice } from '../target/adapter.ts';
import { isBusy } from '../target/rate-limit.ts';
import type { Handshake, RawEvent, RawSocket, Refusal } from '../target/raw-socket.ts';
import type { Stage } from './devices.ts';

/** What a case waits for at a socket. */
export interface RawExpected {
  readonly says: string;
  readonly from?: number;
  readonly limitMs?: number;
}

type Kind = RawEvent['kind'];
export type EventOf<Its extends Kind> = Extract<RawEvent, { readonly kind: Its }>;
export type RawMessage = EventOf<'message'>;

/** The first event of a kind that matches. @throws ContractFailure when it does not come in time */
export async function happens<Its extends Kind>(
  stage: Stage,
  socket: RawSocket,
  what: RawExpected & { readonly kind: Its; readonly where?: (event: EventOf<Its>) => boolean },
): Promise<EventOf<Its>> {
  const { context } = stage;
  const { kind, where = () => true, says, from = 0, limitMs = context.patienceMs } = what;
  const isOfKind = (event: RawEvent): event is EventOf<Its> => event.kind === kind;
  const index = await socket.events.find((event) => isOfKind(event) && where(event), { from, limitMs, signal: context.signal });
  const event = index === undefined ? undefined : socket.events.all[index];
  if (event && isOfKind(event)) return event;
  return context.fail({ expected: says, got: eventsTold(socket, from) });
}

/** Opens the device's socket and takes `connected`. */
export async function connects(stage: Stage, device: AdapterDevice, handshake: Handshake = {}): Promise<RawSocket> {
  const socket = await stage.openSocket(device, handshake);
  await messageCome(stage, socket, 'connected', { says: `the socket of ${stage.nameOf(device)} to open and say connected` });
  return socket;
}

/** The first message of a type. */
export function messageCome(stage: Stage, socket: RawSocket, type: string, expected: RawExpected): Promise<RawMessage> {
  return happens(stage, socket, { ...expected, kind: 'message', where: ({ json }) => memberOf(json, 'type') === type });
}

/** The notification, or a signal that stands for it. */
export function isServed(stage: Stage, socket: RawSocket, id: string, expected: RawExpected): Promise<RawMessage> {
  const isIt = ({ json }: RawMessage) => memberOf(json, 'type') === 'signal' || memberOf(memberOf(json, 'notification'), 'id') === id;
  return happens(stage, socket, { ...expected, kind: 'message', where: isIt });
}

/** The socket is open and serves: something that is posted now comes. */
export async function staysOpen(stage: Stage, socket: RawSocket, device: AdapterDevice, after: string): Promise<RawMessage> {
  const from = socket.events.all.length;
  const { id } = await stage.post(device);
  return isServed(stage, socket, id, { from, says: `the socket to stay open ${after}, and a notification posted then` });
}

/** The socket ends with this code. */
export async function endsWith(stage: Stage, socket: RawSocket, code: number, expected: RawExpected): Promise<void> {
  const closed = await happens(stage, socket, { ...expected, kind: 'closed' });
  if (closed.code !== code)
    stage.context.fail({ expected: `${expected.says}, with close code ${code}`, got: eventsTold(socket, expected.from) });
}

/** The handshake is refused over HTTP. */
export async function isRefused(stage: Stage, device: AdapterDevice, handshake: Handshake, says: string): Promise<Refusal> {
  const socket = await stage.openSocket(device, handshake);
  const { refusal } = await happens(stage, socket, { kind: 'refused', says });
  if (isBusy(refusal.status)) throw new Error(`The target is busy (${refusal.status}); its handshake cannot be judged.`);
  return refusal;
}

export function messagesOf({ events }: RawSocket, type: string, from = 0): readonly RawMessage[] {
  return events.all.slice(from).filter((event): event is RawMessage => event.kind === 'message' && memberOf(event.json, 'type') === type);
}

/** A place that is surely known: the connection's own. */
export async function knownCursor(stage: Stage, socket: RawSocket): Promise<string> {
  return textOf(await messageCome(stage, socket, 'connected', { says: 'connected' }), 'cursor');
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

export function eventsTold({ events }: RawSocket, from = 0): string {
  const all = events.all.slice(from).map(eventTold);
  if (all.length === 0) return events.isOver ? 'nothing, it had ended before' : 'nothing';
  return all.length <= 8 ? all.join('; ') : `${all.length} events, the last: ${all.slice(-8).join('; ')}`;
}

function eventTold(event: RawEvent): string {
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
