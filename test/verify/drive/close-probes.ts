// Probes of the device socket: every limit, and every close code.
import { connected, type Probe, publish, raw } from './probe.ts';
import type { Rig } from './rig.ts';

const closing = (
  name: string,
  sites: readonly string[],
  act: (rig: Rig, one: Awaited<ReturnType<typeof connected>>) => Promise<void>,
): Probe => ({
  name,
  sites,
  run: async (rig) => {
    const one = await connected(rig);
    await act(rig, one);
    await one.device.untilClosed();
    rig.seen(one.device);
    one.device.end();
  },
});

const closes: readonly Probe[] = [
  closing('a binary message', ['close binaryMessage'], async (_rig, { device }) => device.send(Buffer.from([1]))),
  closing('invalid messages in a row', ['close tooManyInvalid', 'limit invalidMessagesInARow'], async (_rig, { device }) => {
    for (let count = 0; count < 10; count += 1) device.send('nonsense');
  }),
  closing('a message that is too large', ['close messageTooBig', 'limit maxMessageBytes'], async (_rig, { device }) =>
    device.send('x'.repeat(65_537)),
  ),
  {
    name: 'a message of a usual size',
    sites: ['limit maxMessageBytes'],
    run: async (rig) => {
      const { device } = await connected(rig);
      device.send('{"type":"ack","cursor":"c1.nothing.0"}');
      await device.until(2);
      rig.seen(device);
      device.end();
    },
  },
  closing('a second connection', ['close replaced'], async (rig, { unsid, token }) => {
    const second = await rig.connect(`unsid=${unsid}`, { token });
    second.end();
  }),
  closing('a subscription that is deleted', ['close subscriptionGone'], async (rig, { unsid, token }) => {
    await rig.call({ of: ['deleteSubscription'], method: 'DELETE', path: `/client/v1/subscriptions/${unsid}`, token });
  }),
  {
    name: 'a token that expires',
    sites: ['close tokenExpired'],
    run: async (rig) => {
      const { device } = await connected(rig, { token: 'ending' });
      await rig.advance(61);
      await device.untilClosed();
      rig.seen(device);
      device.end();
    },
  },
  {
    name: 'a device that answers no ping',
    sites: ['limit heartbeatSeconds', 'limit missedHeartbeats'],
    run: async (rig) => {
      const { device } = await connected(rig, { isDeaf: true });
      rig.elapse(100);
      await device.untilClosed();
      rig.seen(device);
      device.end();
    },
  },
  {
    name: 'a message that the server must not send',
    sites: ['close serverFault'],
    run: async (rig) => {
      const { device } = await connected(rig);
      await device.turn();
      rig.seen(device);
      device.end();
    },
  },
];

/** More than the kernel keeps for a peer that does not read. */
const bulk = { count: 80, bytes: 250_000 };

async function stuffed(rig: Rig) {
  const one = await connected(rig);
  one.device.pause();
  const body = { ...raw, payload: { rawContent: 'x'.repeat(bulk.bytes) } };
  for (let count = 0; count < bulk.count; count += 1) await publish(rig, one.unsid, body);
  return one;
}

const slowReaders: readonly Probe[] = [
  {
    name: 'a device that reads nothing for a while',
    sites: ['limit stallSeconds', 'close tooSlow'],
    isHeavy: true,
    run: async (rig) => {
      const { device } = await stuffed(rig);
      rig.elapse(15);
      device.resume();
      await device.until(bulk.count + 1);
      rig.seenClose(device);
      device.end();
    },
  },
  {
    name: 'a device that reads nothing and talks nonsense',
    sites: ['limit maxUnsentBytes'],
    isHeavy: true,
    run: async (rig) => {
      const { device } = await stuffed(rig);
      device.send('nonsense');
      // It goes over a line of its own: some turns later it has been read.
      for (let turn = 0; turn < 10; turn += 1) await rig.call({ of: ['getHealth'], method: 'GET', path: '/_emulator/v1/health' });
      device.resume();
      await device.until(bulk.count + 2);
      rig.seenClose(device);
      device.end();
    },
  },
];

const goingAway: Probe = {
  name: 'a device while the emulator shuts down',
  sites: ['close goingAway'],
  isLast: true,
  run: async (rig) => {
    const { device } = await connected(rig);
    const stopped = rig.stop();
    await device.untilClosed();
    rig.seen(device);
    await stopped;
  },
};

export const closeProbes: readonly Probe[] = [...closes, ...slowReaders, goingAway];
