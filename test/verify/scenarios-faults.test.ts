// Faults planted in the devices' side of a target: each is caught by a scenario of the requirement that it breaks.
import { setMaxListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { nodeWebSocket } from '../../src/client/node/node-web-socket.ts';
import type {
  AdapterConnection,
  AdapterDevice,
  AdapterMessage,
  AdapterNotification,
  CreateAdapter,
  DeviceAdapter,
} from '../../src/contract/target/adapter.ts';
import { createProtocolAdapter } from '../../src/contract/target/protocol-adapter.ts';
import { createResponseWatch } from '../../src/contract/target/response-watch.ts';
import { outcomeText, useScenarioRuns } from '../contract/scenario-runs.ts';

const runs = useScenarioRuns();
/** Those that move the clock have an emulator of their own. */
const clockRuns = useScenarioRuns();
type Connect = DeviceAdapter['connect'];
type Notification = Extract<AdapterMessage, { kind: 'notification' }>;

/** What becomes of a message at a device: none, one or several. */
type Rewrite = (message: AdapterMessage, device: AdapterDevice) => readonly AdapterMessage[];

interface Fault {
  readonly says: string;
  readonly requirement: string;
  /** A rewrite for each connection, or a wrapper around the whole. */
  readonly rewrite?: () => Rewrite;
  readonly wrap?: (devices: DeviceAdapter) => Partial<DeviceAdapter>;
}

const isNotification = (message: AdapterMessage): message is Notification => message.kind === 'notification';
const keepIf = (keep: (message: Notification, device: AdapterDevice) => boolean) => (): Rewrite => (message, device) =>
  isNotification(message) && !keep(message, device) ? [] : [message];
const mapNotification = (map: (message: Notification) => Notification) => (): Rewrite => (message) =>
  isNotification(message) ? [map(message)] : [message];
const contentOf = (notification: AdapterNotification, more: Partial<AdapterNotification>) => ({ ...notification, ...more });

const faults: readonly Fault[] = [
  { says: 'forgets Android devices', requirement: 'fan-out', rewrite: keepIf((_message, { platform }) => platform !== 'Android') },
  { says: 'reaches the first device only', requirement: 'fan-out', wrap: firstOnly },
  { says: "sends users each other's notifications", requirement: 'fan-out-isolated', wrap: broadcast((one, two) => one.user !== two.user) },
  {
    says: "sends applications each other's notifications",
    requirement: 'fan-out-isolated',
    wrap: broadcast((one, two) => one.application !== two.application),
  },
  { says: 'sends all platforms everything', requirement: 'targeting', wrap: broadcast((one, two) => one.platform !== two.platform) },
  {
    says: 'sends web endpoints what Windows gets',
    requirement: 'web-raw-only',
    wrap: broadcast((_one, two) => two.platform === 'WebPush'),
  },
  { says: 'sends web endpoints changes', requirement: 'change-not-to-web', wrap: broadcast((_one, two) => two.platform === 'WebPush') },
  { says: 'sends everybody every change', requirement: 'change-not-to-origin', wrap: broadcast(() => true) },
  {
    says: 'trims long content',
    requirement: 'fan-out-content',
    rewrite: mapNotification((message) => ({
      ...message,
      notification: contentOf(message.notification, { rawContent: message.notification.rawContent?.slice(0, 1000) ?? '' }),
    })),
  },
  { says: 'does not push changes', requirement: 'change-to-others', rewrite: keepIf(({ change }) => change !== 'updated') },
  { says: 'does not push deletions', requirement: 'deletion-to-others', rewrite: keepIf(({ change }) => change !== 'deleted') },
  {
    says: 'sends everything twice',
    requirement: 'once',
    rewrite: () => (message) => (isNotification(message) ? [message, message] : [message]),
  },
  { says: 'swaps neighbours', requirement: 'order', rewrite: swapped },
  { says: 'takes what was sent for handled', requirement: 'redelivery', wrap: acknowledgesByItself },
  {
    says: 'takes no acknowledgement',
    requirement: 'acknowledged',
    wrap: withConnection(({ acknowledge: _acknowledge, ...rest }) => ({ ...rest, acknowledge: async () => undefined })),
  },
  { says: 'goes back with an acknowledgement behind', requirement: 'acknowledged-back', wrap: goesBack },
  { says: 'takes no cursor', requirement: 'resume-cursor', wrap: (devices) => ({ connect: (device) => devices.connect(device) }) },
  { says: 'starts a subscription at its first connection', requirement: 'start-at-head', wrap: startsLate },
  {
    says: 'sends every missed change as created',
    requirement: 'missed-latest',
    rewrite: mapNotification((message) => ({ ...message, change: 'created' })),
  },
  {
    says: 'knows every cursor',
    requirement: 'unknown-position',
    rewrite: () => (message) => (message.kind === 'connected' ? [{ ...message, resumed: true }] : [message]),
  },
  {
    says: 'knows no cursor',
    requirement: 'resumed',
    rewrite: () => (message) => (message.kind === 'connected' ? [{ ...message, resumed: false }] : [message]),
  },
  { says: 'loses every hundredth of a backlog', requirement: 'backlog', rewrite: losesEvery(100) },
  { says: 'sends no toast', requirement: 'fallback-toast', rewrite: () => (message) => (message.kind === 'toast' ? [] : [message]) },
  {
    says: 'sends the toast twice',
    requirement: 'fallback-toast',
    rewrite: () => (message) => (message.kind === 'toast' ? [message, message] : [message]),
  },
];

describe('a target that', () => {
  it.concurrent.each(faults.map((fault) => [fault.says, fault.requirement, fault] as const))(
    '%s fails [%s]',
    async (_says, requirement, fault) => {
      const { judge } = requirement === 'fallback-toast' ? clockRuns : runs;
      const outcomes = await judge({ adapter: adapterWith(fault), only: [`scenario/${requirement}/*`], timeoutMs: 2000 });
      const failed = outcomes.filter(({ kind }) => kind === 'fail');
      expect(
        failed.flatMap(({ findings }) => findings.map((one) => one.requirement)),
        outcomes.map(outcomeText).join('\n'),
      ).toContain(requirement);
      const [finding] = failed.flatMap(({ findings }) => findings).filter((one) => one.requirement === requirement);
      expect(finding?.transcript?.length).toBeGreaterThan(2);
    },
    10 * 60_000,
  );

  it(
    'has no fault passes the same cases through the same wire',
    async () => {
      const only = [...new Set(faults.map(({ requirement }) => requirement))];
      const outcomes = await runs.judge({
        adapter: adapterWith({ says: '', requirement: '', rewrite: () => (message) => [message] }),
        only,
      });
      const scenarios = outcomes.filter(({ case: { origin } }) => origin === 'scenario');
      expect(scenarios.filter(({ kind }) => kind !== 'pass' && kind !== 'skip').map(outcomeText)).toEqual([]);
    },
    10 * 60_000,
  );
});

const handshakesThatDoNotCount = () =>
  createResponseWatch({ what: 'handshakes', elapsed: () => performance.now(), onSilent: () => undefined });

function adapterWith({ rewrite, wrap }: Fault): CreateAdapter {
  return ({ clientUrl, token, fetch }) => {
    const over = new AbortController().signal;
    // As in a run: each connection adds a listener.
    setMaxListeners(0, over);
    const limits = { timeoutMs: 30_000, over, handshakes: handshakesThatDoNotCount() };
    const devices = createProtocolAdapter({ clientUrl, socketUrl: undefined, token, fetch, webSocket: nodeWebSocket, limits });
    if (wrap) return { ...devices, ...wrap(devices) };
    return { ...devices, connect: async (device, from) => rewritten(await devices.connect(device, from), device, rewrite?.()) };
  };
}

function rewritten(connection: AdapterConnection, device: AdapterDevice, rewrite: Rewrite = (message) => [message]): AdapterConnection {
  async function* messages() {
    for await (const message of connection.messages()) yield* rewrite(message, device);
  }
  return { ...connection, messages };
}

function withConnection(change: (connection: AdapterConnection) => AdapterConnection) {
  return (devices: DeviceAdapter): { connect: Connect } => ({
    connect: async (device, from) => change(await devices.connect(device, from)),
  });
}

/** What one device is sent, other devices for which it holds are sent too. */
function broadcast(reaches: (from: AdapterDevice, to: AdapterDevice) => boolean) {
  return (devices: DeviceAdapter): { connect: Connect } => {
    const listening = new Map<AdapterDevice, (message: AdapterMessage) => void>();
    return {
      async connect(device, from) {
        const connection = await devices.connect(device, from);
        const waiting: AdapterMessage[] = [];
        let wake: () => void = () => undefined;
        const push = (message: AdapterMessage) => {
          waiting.push(message);
          wake();
        };
        listening.set(device, push);
        const copy = async () => {
          for await (const message of connection.messages()) {
            push(message);
            if (!isNotification(message)) continue;
            for (const [other, pushOther] of listening) if (other !== device && reaches(device, other)) pushOther(message);
          }
          listening.delete(device);
        };
        copy().catch(() => undefined);
        async function* messages() {
          for (;;) {
            const message = waiting.shift();
            if (message) yield message;
            if (message?.kind === 'closed') return;
            if (!message)
              await new Promise<void>((resolve) => {
                wake = resolve;
              });
          }
        }
        return { ...connection, messages };
      },
    };
  };
}

function firstOnly(devices: DeviceAdapter): { connect: Connect } {
  const first = new Map<string, string>();
  return {
    async connect(device, from) {
      const feed = `${device.user} ${device.application}`;
      if (!first.has(feed)) first.set(feed, device.unsid);
      const isFirst = first.get(feed) === device.unsid;
      return rewritten(await devices.connect(device, from), device, (message) => (isNotification(message) && !isFirst ? [] : [message]));
    },
  };
}

function swapped(): Rewrite {
  let held: AdapterMessage | undefined;
  let count = 0;
  return (message) => {
    if (!isNotification(message)) return [message];
    count += 1;
    if (held) {
      const pair = [message, held];
      held = undefined;
      return pair;
    }
    if (count % 5 !== 0) return [message];
    held = message;
    return [];
  };
}

function losesEvery(nth: number): () => Rewrite {
  return () => {
    let count = 0;
    return (message) => {
      if (isNotification(message)) count += 1;
      return isNotification(message) && count % nth === 0 ? [] : [message];
    };
  };
}

function acknowledgesByItself(devices: DeviceAdapter): { connect: Connect } {
  return {
    async connect(device, from) {
      const connection = await devices.connect(device, from);
      return rewritten(connection, device, (message) => {
        if (isNotification(message)) connection.acknowledge(message.cursor).catch(() => undefined);
        return [message];
      });
    },
  };
}

/** The last acknowledgement counts, not the furthest. */
function goesBack(devices: DeviceAdapter): { connect: Connect } {
  const last = new Map<string, string>();
  return {
    async connect(device, from) {
      const cursor = from?.cursor ?? last.get(device.unsid);
      const connection = await devices.connect(device, cursor === undefined ? undefined : { cursor });
      return { ...connection, acknowledge: async (its) => void last.set(device.unsid, its) };
    },
  };
}

function startsLate(devices: DeviceAdapter): { connect: Connect } {
  const known = new Set<string>();
  return {
    async connect(device, from) {
      if (known.has(device.unsid)) return devices.connect(device, from);
      known.add(device.unsid);
      return devices.connect(device, { cursor: 'somewhere else' });
    },
  };
}
