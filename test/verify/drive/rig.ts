// One emulator with test time, test ids and callers of every kind; what it does to a probe is kept as its verdict.
import { unsubscribe as forget, subscribe as listen } from 'node:diagnostics_channel';
import { Agent } from 'node:http';
import type { Violation } from '../../../src/domain/errors.ts';
import type { Clock, Stores } from '../../../src/domain/ports.ts';
import { composeEmulator } from '../../../src/emulator.ts';
import { createSigningKeys } from '../../../src/identity/tokens/signing-keys.ts';
import { createSequenceIds } from '../../support/ids.ts';
import { createTestClock, createTestTimer } from '../../support/time.ts';
import { createCallers, createGate, seed } from './callers.ts';
import { type Device, openDevice } from './device.ts';
import { type Answer, answerFrom, type Request, send } from './exchange.ts';
import { createReading } from './reading.ts';

export interface Call extends Request {
  /** The operations that the call is of, whichever answers. */
  readonly of: readonly string[];
}

export interface Step {
  readonly sites: readonly string[];
  /** Status, codes, targets, headers, body, messages, close code, violations: as text. */
  readonly verdict: string;
}

export interface Rig {
  readonly url: string;
  readonly steps: Step[];
  /** A user of its own. */
  user(): string;
  call(call: Call): Promise<Answer>;
  connect(query: string, options?: { token?: string; protocol?: string; path?: string; isDeaf?: boolean }): Promise<Device>;
  /** Keeps what a device has seen. */
  seen(device: Device, ...sites: readonly string[]): void;
  /** Keeps how a device was closed, and the kinds of its messages, whatever their number. */
  seenClose(device: Device): void;
  /** Keeps an answer that came over a bare connection, unchanged. */
  judge(call: Call, text: string): void;
  advance(seconds: number): Promise<void>;
  /** Moves the monotonic time of the line. */
  elapse(seconds: number): void;
  /** While it is on, stores and clock fail. */
  fail(isOn: boolean): void;
  /** The next question for the time fails: that is in the next request, whatever its operation. */
  failOnce(): void;
  /** By the service clock. */
  now(): number;
  /** Forgets everything, and the clock is back at its start. */
  reset(): Promise<void>;
  /** Ends the emulator, as SIGTERM does. */
  stop(): Promise<void>;
}

/** Made once in a process: it takes longer than all the rest of a start. */
const signingKeys = createSigningKeys();

const agents = () => new Agent({ keepAlive: true, maxSockets: 8 });

/** @throws what the emulator cannot start with */
export async function startRig(files: readonly string[]): Promise<Rig & { close(): Promise<void> }> {
  const clock = createTestClock();
  const timer = createTestTimer();
  const switches = { isFailing: false, failsOnce: false };
  const violations: string[] = [];
  const emulator = await composeEmulator(
    { spec: [...files], seed, validateResponses: true },
    {
      clock: failingClock(clock, switches),
      timer,
      ids: createSequenceIds(),
      authenticator: createCallers(clock),
      admission: createGate(clock),
      signingKeys,
      stores: (stores) => failingStores(stores, switches),
      onViolation: (where: string, faults: readonly Violation[]) =>
        violations.push(`${where}: ${faults.map(({ code, target }) => `${code} ${target}`).join(', ')}`),
    },
  );
  const agent = agents();
  const reading = createReading(emulator.url, clock);
  const steps: Step[] = [];
  let users = 0;
  const note = (sites: readonly string[], verdict: unknown) => {
    const found = violations.splice(0);
    steps.push({ sites, verdict: reading.textOf({ verdict, violations: found }) });
  };
  listen('http.server.request.start', pretendTls);
  const rig: Rig = {
    url: emulator.url,
    steps,
    user: () => {
      users += 1;
      return `user${users}`;
    },
    call: async (call) => {
      const answer = await send(emulator.url, agent, call);
      note(sitesOf(call.of, answer.status), reading.verdictOf(answer));
      return answer;
    },
    connect: async (query, options = {}) => {
      const device = await openDevice(emulator.url, query, options);
      if (device.refusal) note(['socket', `unmatched ${device.refusal.status}`], reading.verdictOf(device.refusal));
      return device;
    },
    seen: (device, ...sites) => {
      const types = device.messages.map((message) => `message ${message['type']}`);
      note(['socket', ...new Set(types), ...sites], { messages: device.messages.map(reading.withoutTexts), closed: device.closed() });
    },
    seenClose: (device) => {
      const kinds = [...new Set(device.messages.map(({ type }) => type))];
      note(['socket'], { kinds, closed: device.closed() });
    },
    judge: (call, text) => {
      const [head = '', ...body] = text.split('\r\n\r\n');
      const [statusLine = '', ...lines] = head.split('\r\n');
      const headers = lines.map((line): readonly [string, string] => [line.split(': ', 1)[0] ?? '', line.slice(line.indexOf(': ') + 2)]);
      const answer = answerFrom(Number(statusLine.split(' ')[1] ?? 0), headers, body.join('\r\n\r\n'));
      note(sitesOf(call.of, answer.status), reading.verdictOf(answer));
    },
    advance: (seconds) => emulator.advance(seconds),
    elapse: (seconds) => timer.advance(seconds * 1000),
    fail: (isOn) => {
      switches.isFailing = isOn;
    },
    failOnce: () => {
      switches.failsOnce = true;
    },
    now: clock.now,
    reset: () => emulator.reset(),
    stop: () => emulator.stop(),
  };
  return {
    ...rig,
    close: async () => {
      agent.destroy();
      forget('http.server.request.start', pretendTls);
      const stopped = emulator.stop();
      timer.advance(60_000);
      await stopped;
    },
  };
}

const sitesOf = (operations: readonly string[], status: number | string) =>
  operations.flatMap((operation) => (operation === 'unmatched' ? [`unmatched ${status}`] : [operation, `${operation} ${status}`]));

/** A request that says so counts as one that came over TLS. */
function pretendTls(message: unknown): void {
  const { request, socket } = message as { request: { headers: Record<string, unknown> }; socket: object };
  if (request.headers['x-pretend-tls']) Object.assign(socket, { encrypted: true });
}

interface Switches {
  isFailing: boolean;
  failsOnce: boolean;
}

function failingClock(clock: Clock, switches: Switches): Clock {
  const moveTo = (instant: number) => {
    if (switches.isFailing) throw new Error('the clock fails');
    clock.moveTo(instant);
  };
  const now = () => {
    if (!switches.failsOnce) return clock.now();
    switches.failsOnce = false;
    throw new Error('the clock fails once');
  };
  return { now, moveTo, reset: clock.reset };
}

function failingStores(stores: Stores, switches: Switches): Stores {
  const failing = () => Promise.reject(new Error('the store fails'));
  return {
    ...stores,
    notifications: { ...stores.notifications, count: () => (switches.isFailing ? failing() : stores.notifications.count()) },
    reset: () => (switches.isFailing ? failing() : stores.reset()),
  };
}
