// Scenarios of the device socket's handshake: accepted and refused handshakes, error bodies, the first message.
import { closeCodes } from '../../../documents/close-codes.gen.ts';
import { memberOf } from '../../../values/json.ts';
import type { Case } from '../../case.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { socketScenario } from '../../kit/scenario.ts';
import {
  connectSocket,
  expectClosedWith,
  expectHandshakeRefused,
  expectStillOpen,
  waitForEvent,
  waitForMessage,
} from '../../kit/socket-assertions.ts';
import type { Handshake } from '../../target/raw-socket.ts';

const subprotocol = 'notifications.v1.json';

export const handshakeScenarios: readonly Case[] = [
  socketScenario({
    requirement: 'socket-connected',
    name: 'first',
    title: 'sends connected first, with UNSID, device, cursor and heartbeat, also if a notification is pending',
    async run(fixture) {
      const device = await fixture.subscribe('Windows');
      await fixture.post(device);
      const socket = await fixture.openSocket(device);
      const { json } = await waitForEvent(fixture, socket, { kind: 'message', description: 'a first message' });
      const received = ['type', 'unsid', 'deviceId'].map((name) => memberOf(json, name));
      if (received.join() !== ['connected', device.unsid, device.deviceId].join())
        fixture.context.fail({ expected: `connected for ${device.deviceId} and its UNSID`, got: JSON.stringify(json) });
      const heartbeat = memberOf(json, 'heartbeatSeconds');
      if (!(typeof heartbeat === 'number' && heartbeat > 0 && typeof memberOf(json, 'cursor') === 'string'))
        fixture.context.fail({ expected: 'a cursor and heartbeatSeconds above 0 in connected', got: JSON.stringify(json) });
    },
  }),
  socketScenario({
    requirement: 'handshake-subprotocol',
    name: 'selected',
    title: 'selects notifications.v1.json, alone or among others',
    async run(fixture) {
      const device = await fixture.subscribe('Windows');
      for (const protocols of [[subprotocol], ['chat', subprotocol], [subprotocol, 'notifications.v9.json']]) {
        const socket = await fixture.openSocket(device, { protocols });
        const open = await waitForEvent(fixture, socket, {
          kind: 'open',
          description: `the socket to open when ${protocols.join(', ')} is offered`,
        });
        if (open.subprotocol !== subprotocol)
          fixture.context.fail({ expected: `${subprotocol} of ${protocols.join(', ')}`, got: JSON.stringify(open.subprotocol) });
      }
    },
  }),
  socketScenario({
    requirement: 'handshake-token',
    name: 'header-and-query',
    title: 'accepts the token in Authorization or in access_token',
    async run(fixture) {
      const device = await fixture.subscribe('WebPush');
      for (const tokenIn of ['header', 'query'] as const) {
        const socket = await fixture.openSocket(device, { tokenIn });
        await waitForMessage(fixture, socket, 'connected', { description: `the socket to open with the token in the ${tokenIn}` });
        await expectStillOpen(fixture, socket, device, 'after the handshake');
      }
    },
  }),
  refusal({ name: 'no-unsid', title: 'without a UNSID with 400', handshake: { unsid: null }, statuses: [400] }),
  refusal({ name: 'no-token', title: 'without a token with 401', handshake: { tokenIn: 'nowhere' }, statuses: [401] }),
  refusal({ name: 'broken-token', title: 'with an invalid token with 401', handshake: { token: 'no.such.token' }, statuses: [401] }),
  refusal({
    name: 'broken-token-query',
    title: 'with an invalid token in the query with 401',
    handshake: { token: 'no.such.token', tokenIn: 'query' },
    statuses: [401],
  }),
  // The documents require 403 for app-only tokens on the client surface, but list both 401 and 403 for the handshake.
  refusal({ name: 'app-token', title: 'with an app-only token with 403 or 401', handshake: { caller: 'app' }, statuses: [403, 401] }),
  foreign({ name: 'unknown', title: 'an unknown UNSID', handshake: (fixture) => ({ unsid: fixture.context.name('unknown') }) }),
  foreign({ name: 'other-user', title: "another user's UNSID", handshake: () => ({ caller: 'otherUser' }), needs: ['otherUser'] }),
  socketScenario({
    requirement: 'handshake-foreign',
    name: 'unsubscribed',
    title: 'refuses a UNSID that was unsubscribed with 404',
    async run(fixture) {
      const device = await fixture.subscribe('iOS');
      const before = await connectSocket(fixture, device);
      before.close();
      await fixture.context.devices.unsubscribe(device);
      const { status, text } = await expectHandshakeRefused(fixture, device, {}, 'the handshake to be refused over HTTP with 404');
      if (status !== 404) fixture.context.fail({ expected: 'the handshake to be refused with 404', got: `${status}: ${text}` });
    },
  }),
  socketScenario({
    requirement: 'subscription-ended',
    name: 'unsubscribed',
    title: 'closes with 4410 when the subscription is deleted, and only its socket',
    async run(fixture) {
      const [gone, stays] = [await fixture.subscribe('Windows'), await fixture.subscribe('Windows')];
      const [first, second] = [await connectSocket(fixture, gone), await connectSocket(fixture, stays)];
      await fixture.context.devices.unsubscribe(gone);
      await expectClosedWith(fixture, first, closeCodes.subscriptionGone.code, {
        description: 'the socket to be closed when its subscription is deleted',
      });
      await expectStillOpen(fixture, second, stays, "after another device's subscription was deleted");
    },
  }),
];

interface Refused {
  readonly name: string;
  readonly title: string;
  readonly handshake: Handshake;
  readonly statuses: readonly number[];
}

/** A handshake with a single fault is refused; without the fault it is accepted, before and after. */
function refusal({ name, title, handshake, statuses }: Refused): Case {
  return socketScenario({
    requirement: 'handshake-refused',
    name,
    title: `refuses a handshake ${title}, with Graph's error body`,
    async run(fixture) {
      const device = await fixture.subscribe('Windows');
      await connectSocket(fixture, device);
      const { status, text, json } = await expectHandshakeRefused(
        fixture,
        device,
        handshake,
        `a handshake ${title} to be refused over HTTP`,
      );
      if (!statuses.includes(status)) fixture.context.fail({ expected: `status ${statuses.join(' or ')}`, got: `${status}: ${text}` });
      if (!isGraphError(json))
        fixture.context.fail({ expected: `Graph's error body, {"error":{"code","message",…}}`, got: text || 'no body' });
      await connectSocket(fixture, device);
    },
  });
}

interface Foreign {
  readonly name: string;
  readonly title: string;
  readonly handshake: (fixture: DeviceFixture) => Handshake;
  readonly needs?: Case['needs'];
}

function foreign({ name, title, handshake, needs = [] }: Foreign): Case {
  return socketScenario({
    requirement: 'handshake-foreign',
    name,
    title: `refuses ${title} with 404, without effect on connected devices`,
    needs,
    async run(fixture) {
      const device = await fixture.subscribe('Android');
      const own = await connectSocket(fixture, device);
      const { status, text, json } = await expectHandshakeRefused(
        fixture,
        device,
        handshake(fixture),
        `${title} to be refused over HTTP with 404`,
      );
      if (status !== 404) fixture.context.fail({ expected: `${title} to be refused with 404`, got: `${status}: ${text}` });
      if (!isGraphError(json))
        fixture.context.fail({ requirement: 'handshake-refused', expected: "Graph's error body", got: text || 'no body' });
      await expectStillOpen(fixture, own, device, `after ${title} was refused`);
    },
  });
}

function isGraphError(json: unknown): boolean {
  const error = memberOf(json, 'error');
  const isText = (value: unknown) => typeof value === 'string' && value !== '';
  return isText(memberOf(error, 'code')) && isText(memberOf(error, 'message'));
}
