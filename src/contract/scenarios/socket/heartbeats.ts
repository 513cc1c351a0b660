// Scenarios of heartbeats: pings at the announced interval, and the end of a socket that misses two (R7).
import { CaseSkipped } from '../../../checks/failure.ts';
import { memberOf } from '../../../values/json.ts';
import type { Case } from '../../case.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { socketScenario } from '../../kit/scenario.ts';
import { connectSocket, expectStillOpen, formatEvents, waitForEvent, waitForMessage } from '../../kit/socket-assertions.ts';
import type { AdapterDevice } from '../../target/adapter.ts';
import type { Handshake, RawSocket } from '../../target/raw-socket.ts';

/** Tolerance for the target's sweep over all connections. */
const maxLatenessMs = 2000;
const missedHeartbeats = 2;

interface HeartbeatSocket {
  readonly socket: RawSocket;
  readonly heartbeatMs: number;
}

/** Connects a device and reads the announced heartbeat. @throws CaseSkipped for a long heartbeat without `--slow` */
async function connectForHeartbeats(
  fixture: DeviceFixture,
  device: AdapterDevice,
  { isSlow, handshake = {} }: { isSlow: boolean; handshake?: Handshake },
): Promise<HeartbeatSocket> {
  const socket = await connectSocket(fixture, device, handshake);
  const { json } = await waitForMessage(fixture, socket, 'connected', { description: 'connected' });
  const seconds = memberOf(json, 'heartbeatSeconds');
  if (typeof seconds !== 'number') return fixture.context.fail({ expected: 'heartbeatSeconds in connected', got: JSON.stringify(json) });
  const maxMs = fixture.context.arrivalTimeoutMs / 8;
  if (!isSlow && seconds * 1000 > maxMs)
    throw new CaseSkipped(`the target announces a heartbeat every ${seconds} s; use --slow to wait for it`);
  return { socket, heartbeatMs: seconds * 1000 };
}

/** Heartbeats take real time: short ones are always tested, long ones with `--slow` only. */
const speeds = [
  { suffix: '', isSlow: false, needs: [] },
  { suffix: '-slow', isSlow: true, needs: ['slow'] },
] as const;

export const heartbeatScenarios: readonly Case[] = speeds.flatMap(({ suffix, isSlow, needs }) => [
  socketScenario({
    requirement: 'heartbeat',
    name: `pings${suffix}`,
    title: 'pings at the announced heartbeat',
    needs,
    async run(fixture) {
      const { socket, heartbeatMs } = await connectForHeartbeats(fixture, await fixture.subscribe('Windows'), { isSlow });
      let last = socket.events.all[0]?.atMs ?? 0;
      let from = 0;
      for (let count = 1; count <= 3; count += 1) {
        const limitMs = heartbeatMs + Math.max(maxLatenessMs, heartbeatMs / 2);
        const ping = await waitForEvent(fixture, socket, {
          kind: 'ping',
          from,
          limitMs,
          description: `ping ${count} within ${limitMs / 1000} s`,
        });
        from = socket.events.all.indexOf(ping) + 1;
        if (ping.atMs - last > limitMs)
          fixture.context.fail({
            expected: `a ping within ${limitMs / 1000} s`,
            got: `one after ${Math.round(ping.atMs - last) / 1000} s`,
          });
        last = ping.atMs;
      }
    },
  }),
  socketScenario({
    requirement: 'heartbeat-missed',
    name: `two${suffix}`,
    title: 'ends a socket that misses two heartbeats, not earlier, and keeps one that answers',
    needs,
    async run(fixture) {
      const [dead, alive] = [await fixture.subscribe('iOS'), await fixture.subscribe('iOS')];
      const { socket, heartbeatMs } = await connectForHeartbeats(fixture, dead, { isSlow, handshake: { answersPings: false } });
      const other = await connectSocket(fixture, alive);
      const limitMs = (missedHeartbeats + 2) * heartbeatMs + maxLatenessMs;
      await waitForEvent(fixture, socket, {
        kind: 'closed',
        limitMs,
        description: `the end of a socket that answers no ping within ${limitMs / 1000} s`,
      });
      const pings = socket.events.all.filter(({ kind }) => kind === 'ping').length;
      if (pings < missedHeartbeats)
        fixture.context.fail({ expected: `the end after ${missedHeartbeats} missed heartbeats`, got: formatEvents(socket) });
      await expectStillOpen(fixture, other, alive, 'that answers its pings');
      await expectStillOpen(fixture, await connectSocket(fixture, dead), dead, 'when the device reconnects');
    },
  }),
  socketScenario({
    requirement: 'heartbeat-missed',
    name: `one${suffix}`,
    title: 'keeps a socket that misses single heartbeats',
    needs,
    async run(fixture) {
      const device = await fixture.subscribe('Android');
      const { socket, heartbeatMs } = await connectForHeartbeats(fixture, device, { isSlow, handshake: { answersPings: false } });
      let from = 0;
      for (let count = 1; count <= 4; count += 1) {
        const limitMs = heartbeatMs + Math.max(maxLatenessMs, heartbeatMs / 2);
        const ping = await waitForEvent(fixture, socket, {
          kind: 'ping',
          from,
          limitMs,
          description: `ping ${count} at a socket that answers every second ping`,
        });
        from = socket.events.all.indexOf(ping) + 1;
        if (count % 2 === 0) socket.pong();
      }
      await expectStillOpen(fixture, socket, device, 'after single missed heartbeats');
    },
  }),
]);
