// One emulator with test time, test ids and callers of every kind; what it does to a probe is kept as its verdict.
import { subscribe as listen, unsubscribe as forget } from 'node:diagnostics_channel';
import { Agent } from 'node:http';
import { Refusal, type Fault } from '../../../src/domain/errors.ts';
import type { Admission, Authenticator, Clock, Stores } from '../../../src/domain/ports.ts';
import { composeEmulator } from '../../../src/emulator.ts';
import { createAdmission } from '../../../src/identity/admission.ts';
import { createDevelopmentAuthenticator } from '../../../src/identity/development-tokens.ts';
import { createRegistry } from '../../../src/identity/registry.ts';
import type { Seed } from '../../../src/identity/seed.ts';
import { createSequenceIds } from '../../support/ids.ts';
import { createTestClock, createTestTimer } from '../../support/time.ts';
import { type Answer, answerFrom, type Request, send } from './exchange.ts';
import { type Device, openDevice } from './device.ts';
import { createReading } from './reading.ts';

const seed: Seed = {
  applications: [{ hostName: 'closed.example', clientIds: ['member'] }],
  blockList: ['blocked'],
};

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
  /** A user that nobody else is. */
  user(): string;
  call(call: Call): Promise<Answer>;
  connect(query: string, options?: { token?: string; protocol?: string; method?: string; path?: string; isDeaf?: boolean }): Promise<Device>;
  /** Keeps what a device has seen. */
  seen(device: Device, ...sites: readonly string[]): void;
  /** Keeps how a device was closed, and the kinds of its messages, whatever their number. */
  seenClose(device: Device): void;
  /** Keeps an answer that came over a bare connection, as it came. */
  judge(call: Call, text: string): void;
  advance(seconds: number): Promise<void>;
  /** Moves the monotonic time of the line. */
  elapse(seconds: number): void;
  /** While it is on, stores and clock fail. */
  fail(isOn: boolean): void;
  /** Ends the emulator, as SIGTERM does. */
  stop(): Promise<void>;
}

const agents = () => new Agent({ keepAlive: true, maxSockets: 8 });

/** @throws what the emulator cannot start with */
export async function startRig(files: readonly string[]): Promise<Rig & { close(): Promise<void> }> {
  const clock = createTestClock();
  const timer = createTestTimer();
  const switches = { isFailing: false };
  const violations: string[] = [];
  const emulator = await composeEmulator(
    { spec: [...files], seed, validateResponses: true },
    {
      clock: failingClock(clock, switches),
      timer,
      ids: createSequenceIds(),
      authenticator: createCallers(clock),
      admission: createGate(clock),
      stores: (stores) => failingStores(stores, switches),
      onViolation: (where: string, faults: readonly Fault[]) => violations.push(`${where}: ${faults.map(({ code, target }) => `${code} ${target}`).join(', ')}`),
    },
  );
  const agent = agents();
  const reading = createReading(emulator.url, clock);
  const steps: Step[] = [];
  let users = 0;
  const note = (sites: readonly string[], verdict: unknown) => {
    const told = violations.splice(0);
    steps.push({ sites, verdict: reading.textOf({ verdict, violations: told }) });
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

/** Development tokens, and users with one scope, with none, with a token that ends, or one that has ended. */
function createCallers(clock: Clock): Authenticator {
  const directory = createRegistry(seed);
  const development = createDevelopmentAuthenticator(directory);
  const scopes: Readonly<Record<string, readonly string[]>> = {
    notifications: ['Notifications.ReadWrite.CreatedByApp'],
    activity: ['UserActivity.ReadWrite.CreatedByApp'],
    ending: ['Notifications.ReadWrite.CreatedByApp'],
    nothing: [],
  };
  return {
    authenticate: async (token) => {
      const [kind = '', alias = ''] = (token ?? '').split('.');
      if (kind === 'expired') return new Refusal('TokenExpired', 'The token has expired.');
      const granted = scopes[kind];
      if (!granted) return development.authenticate(token);
      const ending = kind === 'ending' ? { expiresAt: clock.now() + 60_000 } : {};
      return { kind: 'user', ...directory.user(alias), clientId: undefined, scopes: new Set(granted), ...ending };
    },
  };
}

/** The seed's block list, and clients that are throttled, unlucky or too many. */
function createGate(clock: Clock): Admission {
  const usual = createAdmission(seed, clock);
  return {
    admit: async (request) => {
      const { clientId } = request.caller;
      if (clientId === 'throttled') return new Refusal('Throttled', 'Too many.', { retryAfterSeconds: 3 });
      if (clientId === 'unacceptable') return new Refusal('ThrottledAsNotAcceptable', 'Too many.', { retryAfterSeconds: 3 });
      if (clientId === 'unavailable') return new Refusal('Unavailable', 'Busy.', { retryAfterSeconds: 3 });
      if (clientId === 'unlucky') throw new Error('the admission fails');
      return usual.admit(request);
    },
  };
}

interface Switches {
  isFailing: boolean;
}

function failingClock(clock: Clock, switches: Switches): Clock {
  const moveTo = (instant: number) => {
    if (switches.isFailing) throw new Error('the clock fails');
    clock.moveTo(instant);
  };
  return { now: clock.now, moveTo, reset: clock.reset };
}

function failingStores(stores: Stores, switches: Switches): Stores {
  const failing = () => Promise.reject(new Error('the store fails'));
  return {
    ...stores,
    notifications: { ...stores.notifications, count: () => (switches.isFailing ? failing() : stores.notifications.count()) },
    reset: () => (switches.isFailing ? failing() : stores.reset()),
  };
}
