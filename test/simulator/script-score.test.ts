// The judgement of a fleet's run: each planted fault is reported, and nothing else.
import { expect, it } from 'vitest';
import { type Delivery, type Evidence, type Member, scoreDeliveries } from '../../src/simulator/script-score.ts';

const phone: Member = { device: 'phone', user: 'adele', platform: 'iOS' };
const web: Member = { device: 'web', user: 'adele', platform: 'WebPush' };
const laptop: Member = { device: 'laptop', user: 'adele', platform: 'Windows' };
const other: Member = { device: 'other', user: 'bert', platform: 'iOS' };

function arrival(device: string, number: number, more: Partial<Delivery> = {}): Delivery {
  return { device, number, atMs: 1000 + number, connectedAtMs: 0, isRepeated: false, isPristine: true, isDismissed: false, ...more };
}

function evidence(more: Partial<Evidence>): Evidence {
  const published = [1, 2, 3].map((number) => ({ number, user: 'adele', atMs: 1000 + number }));
  return {
    members: [phone],
    published,
    dismissals: [],
    deliveries: [1, 2, 3].map((number) => arrival('phone', number)),
    lateAfterMs: 100,
    ...more,
  };
}

it('finds nothing wrong where nothing is', () => {
  expect(scoreDeliveries(evidence({}))).toEqual({
    platforms: [{ platform: 'iOS', devices: 1, expected: 3, arrived: 3, lost: 0, late: 0, duplicated: 0, outOfOrder: 0, unexpected: 0 }],
    total: { devices: 1, expected: 3, arrived: 3, lost: 0, late: 0, duplicated: 0, outOfOrder: 0, unexpected: 0 },
    losses: [],
  });
});

it('reports a notification that was lost, by device and number', () => {
  const score = scoreDeliveries(evidence({ deliveries: [arrival('phone', 1), arrival('phone', 3)] }));
  expect(score.total).toMatchObject({ expected: 3, arrived: 2, lost: 1, outOfOrder: 0 });
  expect(score.losses).toEqual([{ device: 'phone', number: 2, what: 'notification' }]);
});

it('reports one that came twice', () => {
  const deliveries = [arrival('phone', 1), arrival('phone', 2), arrival('phone', 2, { isRepeated: true }), arrival('phone', 3)];
  expect(scoreDeliveries(evidence({ deliveries })).total).toMatchObject({ duplicated: 1, lost: 0, outOfOrder: 0 });
});

it('reports one that came after a later one', () => {
  const deliveries = [arrival('phone', 1), arrival('phone', 3), arrival('phone', 2)];
  expect(scoreDeliveries(evidence({ deliveries })).total).toMatchObject({ outOfOrder: 1, lost: 0 });
});

it('does not take one for disordered that was changed meanwhile, or comes again', () => {
  const changed = [arrival('phone', 2), arrival('phone', 3), arrival('phone', 1, { isPristine: false })];
  expect(scoreDeliveries(evidence({ deliveries: changed })).total.outOfOrder).toBe(0);
  const repeated = [1, 2, 3].map((number) => arrival('phone', number)).concat(arrival('phone', 1, { isRepeated: true }));
  expect(scoreDeliveries(evidence({ deliveries: repeated })).total.outOfOrder).toBe(0);
});

it('reports one that came late to a device that was there, not to one that was away', () => {
  const deliveries = [arrival('phone', 1), arrival('phone', 2, { atMs: 1200 }), arrival('phone', 3, { atMs: 9000, connectedAtMs: 8950 })];
  expect(scoreDeliveries(evidence({ deliveries })).total.late).toBe(1);
});

it('reports one that was meant for another user', () => {
  const deliveries = [...evidence({}).deliveries, arrival('other', 2)];
  expect(scoreDeliveries(evidence({ members: [phone, other], deliveries })).total).toMatchObject({ unexpected: 1, expected: 3 });
});

it('[F27] expects a dismissal on the other devices of the user, but not on web endpoints', () => {
  const members = [phone, laptop, web];
  const deliveries = members.flatMap(({ device }) => [1, 2, 3].map((number) => arrival(device, number)));
  const dismissals = [{ number: 2, device: 'phone' }];
  const missing = scoreDeliveries(evidence({ members, deliveries, dismissals }));
  expect(missing.losses).toEqual([{ device: 'laptop', number: 2, what: 'dismissal' }]);
  const withArrival = [...deliveries, arrival('laptop', 2, { isDismissed: true, isPristine: false })];
  expect(scoreDeliveries(evidence({ members, deliveries: withArrival, dismissals })).total).toMatchObject({ lost: 0, expected: 10 });
});
