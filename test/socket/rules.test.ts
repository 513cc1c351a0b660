// The nine rules of the device socket, seen by devices whose lines are arrays and whose time is moved by hand.
import { describe, expect, it, vi } from 'vitest';
import { createCore, notificationsOf, user } from '../support/core.ts';

const typesOf = (messages: readonly { type: string }[]) => messages.map(({ type }) => type);
const payloads = (device: Parameters<typeof notificationsOf>[0]) =>
  notificationsOf(device).map((message) =>
    message.type === 'notification' ? `${message.change} ${message.notification.id.slice(-2)}` : '',
  );

describe('the device session', () => {
  it('[R2] greets with the position it serves from and delivers what was posted between subscribing and connecting', async () => {
    const core = createCore();
    const phone = await core.subscribe('adele', 'iOS');
    await core.publish(phone);
    const device = await core.connect(phone);
    expect(typesOf(device.messages)).toEqual(['connected', 'notification']);
    expect(device.messages[0]).toMatchObject({ unsid: phone.unsid, deviceId: 'adele-iOS', resumed: true, heartbeatSeconds: 30 });
  });

  it('[R2] delivers again what was not acknowledged, from the last acknowledged position', async () => {
    const core = createCore();
    const phone = await core.subscribe('adele', 'iOS');
    const first = await core.connect(phone);
    await core.publish(phone);
    await core.publish(phone);
    const [one] = notificationsOf(first);
    await first.ack(one?.type === 'notification' ? one.cursor : '');
    first.cut();
    const second = await core.connect(phone);
    expect(payloads(second)).toEqual(payloads(first).slice(1));
    expect(second.messages[0]).toMatchObject({ cursor: one?.type === 'notification' ? one.cursor : '' });
  });

  it('[R2] takes a cursor ahead of the last acknowledgement as one', async () => {
    const core = createCore();
    const phone = await core.subscribe('adele', 'iOS');
    const first = await core.connect(phone);
    await core.publish(phone);
    const [one] = notificationsOf(first);
    first.cut();
    (await core.connect(phone, one?.type === 'notification' ? one.cursor : '')).cut();
    expect(payloads(await core.connect(phone))).toEqual([]);
  });

  it('[R2] serves a cursor that lies further back from there, but never from before the subscription (R4)', async () => {
    const core = createCore();
    const desktop = await core.subscribe('adele', 'Windows');
    const old = await core.connect(desktop);
    await core.publish(desktop);
    const before = old.messages[0]?.type === 'connected' ? old.messages[0].cursor : '';
    const phone = await core.subscribe('adele', 'iOS');
    await core.publish(phone);
    const device = await core.connect(phone, before);
    expect(payloads(device)).toHaveLength(1);
    const again = await core.connect(desktop, before);
    expect(payloads(again)).toHaveLength(2);
  });

  it('[R2] reports a missed creation and a missed change as one, created, in the latest state; a missed deletion of something unseen not at all', async () => {
    const core = createCore();
    const desktop = await core.subscribe('adele', 'Windows');
    const phone = await core.subscribe('adele', 'iOS');
    const kept = await core.publish(phone);
    const gone = await core.publish(phone);
    await core.service.history.update(desktop, kept.id, { userActionState: 'Dismissed' });
    await core.service.history.remove(desktop, gone.id);
    const device = await core.connect(phone);
    expect(notificationsOf(device)).toMatchObject([{ change: 'created', notification: { id: kept.id, userActionState: 'Dismissed' } }]);
  });

  it('[R2] reports a deletion to a device that had the notification before', async () => {
    const core = createCore();
    const desktop = await core.subscribe('adele', 'Windows');
    const phone = await core.subscribe('adele', 'iOS');
    const device = await core.connect(phone);
    const { id } = await core.publish(phone);
    await core.service.history.remove(desktop, id);
    await core.settle();
    expect(notificationsOf(device)).toMatchObject([{ change: 'created' }, { change: 'deleted', notification: { id, status: 'Deleted' } }]);
  });

  it('[R4] sends a dismissal to the other devices, not to the one that dismissed', async () => {
    const core = createCore();
    const desktop = await core.connect(await core.subscribe('adele', 'Windows'));
    const phone = await core.connect(await core.subscribe('adele', 'iOS'));
    const { id } = await core.publish(phone.subscription);
    await core.service.history.update(phone.subscription, id, { userActionState: 'Dismissed' });
    await core.settle();
    expect(payloads(phone)).toHaveLength(1);
    expect(notificationsOf(desktop)).toMatchObject([
      { change: 'created' },
      { change: 'updated', notification: { userActionState: 'Dismissed' } },
    ]);
  });

  it('[R4] delivers a missed change although a later change of the same notification originated on the device', async () => {
    const core = createCore();
    const desktop = await core.subscribe('adele', 'Windows');
    const phone = await core.subscribe('adele', 'iOS');
    const first = await core.connect(phone);
    const { id } = await core.publish(phone);
    await first.ack((notificationsOf(first)[0] as { cursor: string }).cursor);
    first.cut();
    await core.service.history.update(desktop, id, { readState: 'Read' });
    await core.service.history.update(phone, id, { userActionState: 'Activated' });
    expect(payloads(await core.connect(phone))).toEqual([`updated ${id.slice(-2)}`]);
  });

  it('[R1] keeps what is sent in feed order and each once, also when notifications change while a backlog is served', async () => {
    const core = createCore({ limits: { maxUnsentBytes: 700 } });
    const desktop = await core.subscribe('adele', 'Windows');
    const phone = await core.subscribe('adele', 'iOS');
    const [one, two] = [await core.publish(phone), await core.publish(phone)];
    const device = await core.connect(phone);
    device.stopReading();
    const three = await core.publish(phone);
    await core.service.history.update(desktop, one.id, { readState: 'Read' });
    await core.service.history.update(phone, three.id, { readState: 'Read' });
    await device.readAll();
    expect(payloads(device)).toEqual(
      [`created ${one.id.slice(-2)}`, `created ${two.id.slice(-2)}`, `created ${three.id.slice(-2)}`, `updated ${one.id.slice(-2)}`].sort(
        (a, b) => order(device, a) - order(device, b),
      ),
    );
    const cursors = notificationsOf(device).map((message) =>
      Number.parseInt((message as { cursor: string }).cursor.split('.')[2] ?? '', 36),
    );
    expect(cursors).toEqual([...cursors].sort((a, b) => a - b));
    expect(new Set(cursors).size).toBe(cursors.length);
  });

  it('[R3] says resumed:false for a position that is unknown, and goes on from the head', async () => {
    const core = createCore();
    const phone = await core.subscribe('adele', 'iOS');
    await core.publish(phone);
    const device = await core.connect(phone, 'c1.elsewhere.3');
    await core.publish(phone);
    expect(device.messages[0]).toMatchObject({ resumed: false });
    expect(payloads(device)).toHaveLength(1);
  });

  it('[R5] replaces the first connection by the second, and a late close of the first does not end the second', async () => {
    const core = createCore();
    const phone = await core.subscribe('adele', 'iOS');
    const first = await core.connect(phone);
    const second = await core.connect(phone);
    expect(first.closed()).toMatchObject({ code: 4409 });
    first.cut();
    await core.publish(phone);
    expect(second.closed()).toBeUndefined();
    expect(payloads(second)).toHaveLength(1);
    expect(core.hub.count()).toBe(1);
  });
});

function order(device: Parameters<typeof notificationsOf>[0], label: string): number {
  return payloads(device).indexOf(label);
}

describe('a slow device', () => {
  it('[R6] holds at most the allowed bytes, takes more as they drain, and never slows the others', async () => {
    const core = createCore({ limits: { maxUnsentBytes: 2_000 } });
    const desktop = await core.connect(await core.subscribe('adele', 'Windows'));
    const phone = await core.connect(await core.subscribe('adele', 'iOS'));
    phone.stopReading();
    for (let count = 0; count < 20; count += 1) await core.publish(phone.subscription);
    expect(phone.unsent()).toBeLessThanOrEqual(2_000);
    expect(payloads(desktop)).toHaveLength(20);
    await phone.readAll();
    expect(payloads(phone)).toEqual(payloads(desktop));
  });

  it('[R6] [R8] is dropped with 1013 when it takes nothing for ten seconds while bytes wait', async () => {
    const core = createCore();
    const phone = await core.connect(await core.subscribe('adele', 'iOS'));
    core.timer.advance(20_000);
    expect(phone.closed()).toBeUndefined();
    phone.stopReading();
    await core.publish(phone.subscription);
    core.timer.advance(9_000);
    expect(phone.closed()).toBeUndefined();
    core.timer.advance(3_000);
    expect(phone.closed()).toMatchObject({ code: 1013 });
    core.timer.advance(6_000);
    expect(phone.terminated()).toBe(true);
  });

  it('[R6] is not dropped while it takes something now and then', async () => {
    const core = createCore({ limits: { maxUnsentBytes: 500 } });
    const phone = await core.connect(await core.subscribe('adele', 'iOS'));
    for (let round = 0; round < 5; round += 1) {
      phone.stopReading();
      await core.publish(phone.subscription);
      core.timer.advance(8_000);
      await phone.readAll();
    }
    expect(phone.closed()).toBeUndefined();
  });
});

describe('a slow device that has pending toasts', () => {
  it('[R6] [R9] is waited for once, however many are pending, and gets them all', async () => {
    const core = createCore({ limits: { maxUnsentBytes: 400 } });
    const phone = await core.subscribe('adele', 'iOS');
    const endpointFallback = { platformTypes: ['iOS' as const], fallbackDelayInSeconds: 60, visualContent: { title: 'T' } };
    const device = await core.connect(phone);
    for (let count = 0; count < 50; count += 1) await core.publish(phone, { priority: 'High', fallbackPolicy: { endpointFallback } });
    device.stopReading();
    const whenDrained = vi.spyOn(device.connection.writer, 'whenDrained');
    await core.advance(61);
    expect(whenDrained).toHaveBeenCalledTimes(1);
    await device.readAll();
    expect(typesOf(device.messages).filter((type) => type === 'toast')).toHaveLength(50);
  });
});

describe('heartbeats', () => {
  it('[R7] pings every heartbeat by real time and ends a socket that misses two', async () => {
    const core = createCore();
    const phone = await core.connect(await core.subscribe('adele', 'iOS'));
    await core.advance(3_600);
    expect(phone.pings()).toBe(0);
    core.timer.advance(30_000);
    expect(phone.pings()).toBe(1);
    core.timer.advance(30_000);
    expect([phone.pings(), phone.terminated()]).toEqual([2, false]);
    core.timer.advance(30_000);
    expect([phone.pings(), phone.terminated()]).toEqual([2, true]);
    expect(core.hub.count()).toBe(0);
  });

  it('[R7] keeps a socket that answers', async () => {
    const core = createCore({ heartbeatSeconds: 2 });
    const phone = await core.connect(await core.subscribe('adele', 'iOS'));
    for (let round = 0; round < 10; round += 1) {
      core.timer.advance(2_000);
      core.hub.onPong(phone.connection);
    }
    expect([phone.pings(), phone.terminated()]).toEqual([10, false]);
  });
});

describe('closing', () => {
  it('[R8] closes with 1008 after ten invalid messages in a row; a valid one starts the count anew', async () => {
    const core = createCore();
    const phone = await core.connect(await core.subscribe('adele', 'iOS'));
    const cursor = phone.messages[0]?.type === 'connected' ? phone.messages[0].cursor : '';
    for (let count = 0; count < 9; count += 1) await phone.send('{"type":"nonsense"}');
    await phone.ack(cursor);
    for (let count = 0; count < 9; count += 1) await phone.send('not json');
    expect(phone.closed()).toBeUndefined();
    await phone.ack('c1.unknown.1');
    expect(phone.closed()).toMatchObject({ code: 1008 });
    expect(phone.messages.at(-1)).toMatchObject({ type: 'error', error: { code: 'CursorUnknown' } });
  });

  it('[R8] closes with 4410 when the subscription is deleted, and when it expires', async () => {
    const core = createCore();
    const [phone, desktop] = [
      await core.connect(await core.subscribe('adele', 'iOS')),
      await core.connect(await core.subscribe('adele', 'Windows')),
    ];
    await core.service.subscriptions.unsubscribe(user('adele'), phone.subscription.unsid);
    expect(phone.closed()).toMatchObject({ code: 4410 });
    await core.advance(30 * 86_400);
    expect(desktop.closed()).toMatchObject({ code: 4410 });
  });

  it('[R8] closes with 4401 when the token expires, by the service clock', async () => {
    const core = createCore();
    const subscription = await core.subscribe('adele', 'iOS');
    const phone = await core.connect(subscription, undefined, core.clock.now() + 3_600_000);
    await core.advance(3_599);
    expect(phone.closed()).toBeUndefined();
    await core.advance(1);
    expect(phone.closed()).toMatchObject({ code: 4401 });
  });
});

describe('the fallback', () => {
  const fallbackPolicy = {
    endpointFallback: { platformTypes: ['iOS' as const], fallbackDelayInSeconds: 60, visualContent: { title: 'Open the app' } },
  };
  const raw = { priority: 'High' as const, fallbackPolicy };

  it('[R9] [F16] sends the toast to a connected iOS device that has not acknowledged, to no other platform, and again until it is acknowledged', async () => {
    const core = createCore();
    const phone = await core.connect(await core.subscribe('adele', 'iOS'));
    const desktop = await core.connect(await core.subscribe('adele', 'Windows'));
    const { id } = await core.publish(phone.subscription, raw);
    await core.advance(59);
    expect(typesOf(phone.messages)).not.toContain('toast');
    await core.advance(1);
    const [pushed] = notificationsOf(phone);
    expect(phone.messages.at(-1)).toEqual({
      type: 'toast',
      cursor: (pushed as { cursor: string }).cursor,
      notificationId: id,
      visualContent: { title: 'Open the app' },
      reason: 'fallback',
    });
    expect(typesOf(desktop.messages)).not.toContain('toast');
    phone.cut();
    const again = await core.connect(phone.subscription);
    await core.advance(600);
    expect(typesOf(again.messages)).toEqual(['connected', 'notification', 'toast']);
    await again.ack((pushed as { cursor: string }).cursor);
    again.cut();
    const last = await core.connect(phone.subscription);
    await core.advance(600);
    expect(typesOf(last.messages)).not.toContain('toast');
  });

  it('[R9] sends none to a device that has acknowledged, or has read the notification over HTTP', async () => {
    const core = createCore();
    const phone = await core.connect(await core.subscribe('adele', 'iOS'));
    const tablet = await core.connect(await core.subscribe('adele', 'iOS', 'tablet'));
    const { id } = await core.publish(phone.subscription, raw);
    await phone.ack((notificationsOf(phone)[0] as { cursor: string }).cursor);
    await core.service.history.get(tablet.subscription, id);
    await core.advance(61);
    expect([...typesOf(phone.messages), ...typesOf(tablet.messages)]).not.toContain('toast');
  });

  it('[R9] sends it when the device next connects before expiry, after the notification itself', async () => {
    const core = createCore();
    const phone = await core.subscribe('adele', 'iOS');
    await core.publish(phone, raw);
    await core.advance(3_600);
    const device = await core.connect(phone);
    expect(typesOf(device.messages)).toEqual(['connected', 'notification', 'toast']);
  });

  it('[R9] sends none for a notification that was deleted or has expired', async () => {
    const core = createCore();
    const phone = await core.subscribe('adele', 'iOS');
    const deleted = await core.publish(phone, raw);
    await core.publish(phone, { ...raw, expirationDateTime: new Date(core.clock.now() + 120_000).toISOString() });
    await core.advance(61);
    await core.service.history.remove(phone, deleted.id);
    await core.advance(120);
    expect(typesOf((await core.connect(phone)).messages)).toEqual(['connected']);
  });

  it('[R9] [D5] starts anew when the notification is posted again', async () => {
    const core = createCore();
    const phone = await core.connect(await core.subscribe('adele', 'iOS'));
    await core.publish(phone.subscription, { ...raw, appNotificationId: 'build' });
    await core.advance(50);
    await core.publish(phone.subscription, { ...raw, appNotificationId: 'build' });
    await core.advance(50);
    expect(typesOf(phone.messages)).not.toContain('toast');
    await core.advance(10);
    expect(typesOf(phone.messages)).toContain('toast');
  });

  it('[R9] does not count the acknowledgement of another, earlier notification', async () => {
    const core = createCore();
    const desktop = await core.subscribe('adele', 'Windows');
    const phone = await core.subscribe('adele', 'iOS');
    const { id } = await core.publish(phone, raw);
    await core.publish(phone);
    await core.service.history.update(desktop, id, { readState: 'Read' });
    const device = await core.connect(phone);
    await device.ack((notificationsOf(device)[0] as { cursor: string }).cursor);
    await core.advance(61);
    expect(typesOf(device.messages)).toContain('toast');
  });

  it('[F16] [F13] does not act on a raw notification that is not of high priority', async () => {
    const core = createCore();
    const phone = await core.connect(await core.subscribe('adele', 'iOS'));
    await core.publish(phone.subscription, { fallbackPolicy, priority: 'Low' });
    await core.advance(700);
    expect(typesOf(phone.messages)).not.toContain('toast');
  });
});

describe('pushes', () => {
  it('[F24] are signals when asked for, one for all that waits, and the fetch is up to the device', async () => {
    const core = createCore({ push: 'signal' });
    const phone = await core.subscribe('adele', 'iOS');
    for (let count = 0; count < 3; count += 1) await core.publish(phone);
    const device = await core.connect(phone);
    expect(typesOf(device.messages)).toEqual(['connected', 'signal']);
    const page = await core.service.history.list(phone, {
      since: undefined,
      status: undefined,
      readState: undefined,
      userActionState: undefined,
      top: 10,
    });
    expect(device.messages[1]).toEqual({ type: 'signal', cursor: page.cursor });
  });

  it('[F24] are signals for what is too large to embed, in their place in the feed', async () => {
    const core = createCore();
    const phone = await core.connect(await core.subscribe('adele', 'iOS'));
    await core.publish(phone.subscription, { payload: { rawContent: 'x'.repeat(262_144) } });
    await core.publish(phone.subscription);
    expect(typesOf(phone.messages)).toEqual(['connected', 'signal', 'notification']);
  });

  it('[D11] [F29] [F27] give web endpoints the raw content only, and neither states nor deletions', async () => {
    const core = createCore();
    const web = await core.connect(await core.subscribe('adele', 'WebPush'));
    const phone = await core.subscribe('adele', 'iOS');
    await core.publish(phone, { payload: { visualContent: { title: 'T' } } });
    const { id } = await core.publish(phone, { payload: { rawContent: 'R', visualContent: { title: 'T' } }, appNotificationId: 'a' });
    await core.service.history.update(phone, id, { readState: 'Read' });
    await core.publish(phone, { payload: { rawContent: 'R2', visualContent: { title: 'T' } }, appNotificationId: 'a' });
    await core.service.history.remove(phone, id);
    await core.settle();
    expect(notificationsOf(web)).toMatchObject([
      { change: 'created', notification: { id, payload: { rawContent: 'R' } } },
      { change: 'updated', notification: { id, payload: { rawContent: 'R2' } } },
    ]);
    expect(JSON.stringify(web.messages)).not.toContain('visualContent');
  });

  it('[D10] come never at expiry', async () => {
    const core = createCore();
    const phone = await core.connect(await core.subscribe('adele', 'iOS'));
    await core.publish(phone.subscription, { expirationDateTime: new Date(core.clock.now() + 1_000).toISOString() });
    await core.advance(2);
    await core.publish(phone.subscription);
    expect(payloads(phone)).toHaveLength(2);
    expect(await core.stores.notifications.count()).toBe(1);
  });
});

describe('fan-out', () => {
  it('serialises and frames a message once for all devices that get the same bytes', async () => {
    const core = createCore();
    const devices = [];
    for (let count = 0; count < 50; count += 1)
      devices.push(await core.connect(await core.subscribe('adele', 'Android', `phone-${count}`)));
    const before = core.judged();
    await core.publish((devices[0] as { subscription: Parameters<typeof core.publish>[0] }).subscription);
    expect(core.judged() - before).toBe(1);
    for (const device of devices) expect(payloads(device)).toHaveLength(1);
  });

  it('[F16] serialises and frames a toast once for all devices that get the same bytes', async () => {
    const core = createCore();
    const phones = [];
    for (let count = 0; count < 20; count += 1) phones.push(await core.connect(await core.subscribe('adele', 'iOS', `phone-${count}`)));
    const endpointFallback = { platformTypes: ['iOS' as const], fallbackDelayInSeconds: 60, visualContent: { title: 'T' } };
    const request = { priority: 'High' as const, appNotificationId: 'one', fallbackPolicy: { endpointFallback } };
    await core.publish((phones[0] as (typeof phones)[number]).subscription, request);
    const before = core.judged();
    await core.advance(61);
    expect(core.judged() - before).toBe(1);
    for (const phone of phones) expect(typesOf(phone.messages).filter((type) => type === 'toast')).toHaveLength(1);
  });

  it('[F20] reaches all devices of the user for the application, and no one else', async () => {
    const core = createCore();
    const mine = [await core.connect(await core.subscribe('adele', 'iOS')), await core.connect(await core.subscribe('adele', 'Windows'))];
    const other = await core.connect(await core.subscribe('bert', 'iOS'));
    await core.publish((mine[0] as (typeof mine)[number]).subscription);
    for (const device of mine) expect(payloads(device)).toHaveLength(1);
    expect(payloads(other)).toEqual([]);
  });
});

describe('what another device does meanwhile', () => {
  it('[R9] does not undo an acknowledgement: what was delivered and acknowledged counts as fetched', async () => {
    const core = createCore();
    const desktop = await core.subscribe('adele', 'Windows');
    const phone = await core.connect(await core.subscribe('adele', 'iOS'));
    const endpointFallback = { platformTypes: ['iOS' as const], fallbackDelayInSeconds: 60, visualContent: { title: 'T' } };
    const { id } = await core.publish(phone.subscription, { priority: 'High', fallbackPolicy: { endpointFallback } });
    const [created] = notificationsOf(phone);
    await core.service.history.update(desktop, id, { readState: 'Read' });
    await phone.ack((created as { cursor: string }).cursor);
    await core.advance(61);
    expect(typesOf(phone.messages)).not.toContain('toast');
  });

  it('[R8] leaves nothing of connections that have ended among the tokens that expire', async () => {
    const core = createCore();
    const subscription = await core.subscribe('adele', 'iOS');
    for (let count = 0; count < 5; count += 1) (await core.connect(subscription, undefined, core.clock.now() + 3_600_000)).cut();
    expect(await core.hub.tokenExpiry.next()).toBeUndefined();
  });
});

describe('what counts as fetched', () => {
  it('[R9] is sent without going through all fallbacks that wait, so that a list is as fast with many as with few', async () => {
    const core = createCore();
    const phone = await core.subscribe('adele', 'iOS');
    const waiting = vi.spyOn(core.stores.fallbacks, 'waiting');
    const endpointFallback = { platformTypes: ['iOS' as const], fallbackDelayInSeconds: 60, visualContent: { title: 'T' } };
    await core.publish(phone, { priority: 'High', fallbackPolicy: { endpointFallback } });
    await core.service.history.list(phone, {
      since: undefined,
      status: undefined,
      readState: undefined,
      userActionState: undefined,
      top: 1,
    });
    const device = await core.connect(phone);
    await core.advance(61);
    expect(typesOf(device.messages)).toEqual(['connected', 'notification']);
    expect(waiting).not.toHaveBeenCalled();
  });

  const endpointFallback = { platformTypes: ['iOS' as const], fallbackDelayInSeconds: 60, visualContent: { title: 'T' } };
  const urgent = { priority: 'High' as const, fallbackPolicy: { endpointFallback } };

  it('[R9] is what was acknowledged, also when a later change of state was delivered and not acknowledged', async () => {
    const core = createCore();
    const desktop = await core.subscribe('adele', 'Windows');
    const phone = await core.connect(await core.subscribe('adele', 'iOS'));
    const { id } = await core.publish(phone.subscription, urgent);
    await core.service.history.update(desktop, id, { readState: 'Read' });
    await core.settle();
    const [created, updated] = notificationsOf(phone);
    expect(updated).toMatchObject({ change: 'updated' });
    await phone.ack((created as { cursor: string }).cursor);
    await core.advance(61);
    expect(typesOf(phone.messages)).not.toContain('toast');
  });

  it('[R9] is what an acknowledgement ahead of the delivery covers', async () => {
    const core = createCore({ limits: { maxUnsentBytes: 600 } });
    const desktop = await core.subscribe('adele', 'Windows');
    const phone = await core.connect(await core.subscribe('adele', 'iOS'));
    phone.stopReading();
    await core.publish(phone.subscription);
    await core.publish(phone.subscription, urgent);
    const page = { since: undefined, status: undefined, readState: undefined, userActionState: undefined, top: 10 };
    const { cursor } = await core.service.history.list(desktop, page);
    await phone.ack(cursor);
    await core.advance(61);
    await phone.readAll();
    expect(notificationsOf(phone)).toHaveLength(1);
    expect(typesOf(phone.messages)).not.toContain('toast');
  });
});

describe('signals', () => {
  it('[F24] are framed once for all devices, too', async () => {
    const core = createCore({ push: 'signal' });
    const devices = [];
    for (let count = 0; count < 20; count += 1)
      devices.push(await core.connect(await core.subscribe('adele', 'Android', `phone-${count}`)));
    const before = core.judged();
    await core.publish((devices[0] as (typeof devices)[number]).subscription);
    expect(core.judged() - before).toBe(1);
  });
});
