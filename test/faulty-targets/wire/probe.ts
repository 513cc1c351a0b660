// Does the same steps at any wire and records everything observable, so that two implementations can be compared.
import type { Spec } from '../../../src/documents/spec.ts';
import type { EmulatorOptions } from '../../../src/emulator.ts';
import { application, rawBody, serverToken, tokenOf } from '../../support/emulator.ts';
import { type Call, send } from '../../support/http-call.ts';
import { createSequenceIds } from '../../support/ids.ts';
import { connectSocket, type Handshake, refusedHandshake, type SocketDevice } from '../../support/socket-device.ts';
import { createTestClock } from '../../support/time.ts';
import type { Hooks } from './hooks.ts';
import { startWire } from './wire.ts';

export interface Probed {
  /** Sends a request and records it with its response. */
  readonly http: (call: Call) => Promise<unknown>;
  readonly subscribe: (alias: string, deviceId: string, more?: object) => Promise<string>;
  readonly post: (unsid: string, more?: object, call?: Partial<Call>) => Promise<string>;
  readonly client: (alias: string, unsid: string, call: Call) => Promise<unknown>;
  readonly connect: (alias: string, unsid: string, handshake?: Handshake) => Promise<SocketDevice>;
  readonly refused: (handshake: Handshake) => Promise<void>;
  /** Records all messages of these devices. */
  readonly drain: (...devices: readonly SocketDevice[]) => Promise<void>;
  readonly closed: (device: SocketDevice) => Promise<void>;
  readonly advance: (seconds: number) => Promise<void>;
}

export type Battery = (probed: Probed) => Promise<void>;

/** Ends a probe early. */
class Difference extends Error {}

export interface Probe {
  readonly battery: Battery;
  readonly spec: Spec;
  readonly hooks?: Hooks;
  readonly options?: EmulatorOptions;
  /** The transcript of another implementation: the probe ends at the first difference. */
  readonly expected?: readonly string[];
}

/** The transcript of these steps; deterministic for the same hooks. */
export async function transcribe({ battery, spec, hooks = {}, options = {}, expected }: Probe): Promise<readonly string[]> {
  const parts = { spec, clock: createTestClock(), ids: createSequenceIds() };
  const { url, stop, errors } = await startWire({ hooks, options, parts });
  const lines: string[] = [];
  const devices: SocketDevice[] = [];
  const named = createNaming(new URL(url).host);
  const write = (what: string, value: unknown) => {
    const line = named(`${what}: ${JSON.stringify(value)}`);
    lines.push(line);
    if (expected && expected[lines.length - 1] !== line) throw new Difference();
  };
  try {
    await battery(probing(url, write, devices));
  } catch (error) {
    if (!(error instanceof Difference)) lines.push(`ended: ${String(error)}`);
  } finally {
    for (const device of devices) device.terminate();
    await stop();
  }
  return [...lines, ...errors.map((error) => `failed: ${String(error)}`)];
}

/** Numbers ids in the order of their first appearance, so that unseen ids make no difference. */
function createNaming(host: string): (line: string) => string {
  const names = new Map<string, string>();
  const ids = /00000000-0000-4000-8000-\d{12}|unsid-\d{26}|feed\d+/g;
  return (line) =>
    line.replaceAll(host, '<host>').replaceAll(ids, (id) => {
      const name = names.get(id) ?? `<${names.size}>`;
      names.set(id, name);
      return name;
    });
}

/** Timeout for closing a connection. */
const closingMs = 200;

function probing(url: string, write: (what: string, value: unknown) => void, devices: SocketDevice[]): Probed {
  async function http(call: Call): Promise<unknown> {
    const { status, headers, text, body } = await send(url, call);
    const { duration, connection: _connection, 'keep-alive': _keepAlive, 'content-length': _length, ...kept } = headers;
    write(`${call.method ?? ''} ${call.path.slice(0, 100)}`, [status, { ...kept, duration: duration !== undefined }, text]);
    return body;
  }

  async function connect(alias: string, unsid: string, handshake: Handshake = {}): Promise<SocketDevice> {
    const device = await connectSocket(url, { unsid, token: tokenOf(alias), ...handshake });
    devices.push(device);
    return device;
  }

  const member = (value: unknown, name: string) => String((value as Record<string, unknown> | undefined)?.[name]);
  return {
    http,
    connect,
    subscribe: async (alias, deviceId, more = {}) => {
      const json = { application, deviceId, platform: 'Windows', ...more };
      return member(await http({ path: '/client/v1/subscriptions', token: tokenOf(alias), json }), 'userNotificationSubscriptionId');
    },
    post: async (unsid, more = {}, call = {}) => {
      const json = { ...rawBody, ...more };
      return member(await http({ path: '/beta/me/notifications', method: 'POST', token: serverToken, unsid, json, ...call }), 'id');
    },
    client: (alias, unsid, call) => http({ token: tokenOf(alias), unsid, ...call }),
    refused: async (handshake) => {
      const answer = await refusedHandshake(url, handshake).catch(String);
      write('refused', typeof answer === 'string' ? answer : [answer.status, answer.headers['content-type'], answer.text]);
    },
    drain: async (...all) => {
      for (const device of all) write('messages', await device.rest());
    },
    closed: async (device) => {
      const stillOpen = new Promise((resolve) => setTimeout(resolve, closingMs, 'still open').unref());
      write('closed', [await Promise.race([device.closed, stillOpen]), device.messages.length]);
    },
    advance: async (seconds) => {
      await http({ path: '/_emulator/v1/clock/advance', json: { seconds } });
    },
  };
}
