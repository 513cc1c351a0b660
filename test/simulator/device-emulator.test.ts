// Devices in code against the real emulator: what a user of the package sees.
import { afterEach, describe, expect, it } from 'vitest';
import { createClient } from '../../src/client/client.ts';
import { createDevice } from '../../src/simulator/device.ts';
import type { Device } from '../../src/simulator/device-api.ts';
import type { DeviceOptions } from '../../src/simulator/device-options.ts';
import type { Received } from '../../src/simulator/received.ts';
import { application, rawBody, serverToken, type TestEmulator, useEmulators, visualBody } from '../support/emulator.ts';

const start = useEmulators();
const devices: Device[] = [];

afterEach(async () => {
  await Promise.all(devices.splice(0).map((device) => device.close()));
});

async function connect(emulator: TestEmulator, options: Partial<DeviceOptions> = {}): Promise<Device> {
  const device = await createDevice({ url: emulator.url, user: 'adele', platform: 'iOS', application, ...options });
  devices.push(device);
  return device;
}

async function publish(emulator: TestEmulator, device: Device, body: object): Promise<string> {
  return (await emulator.publish({ alias: device.user, unsid: device.unsid }, body)).id;
}

const isChange = (change: string) => (received: Received) => received.kind === 'notification' && received.change === change;

describe('a device against the emulator', () => {
  it('[F20] gets what is posted to any of the devices of its user', async () => {
    const emulator = await start();
    const phone = await connect(emulator);
    const tablet = await connect(emulator, { platform: 'Android' });
    const id = await publish(emulator, tablet, visualBody);
    expect(await phone.next()).toMatchObject({ kind: 'notification', change: 'created', via: 'push', notification: { id } });
    expect(await tablet.next()).toMatchObject({ notification: { id } });
  });

  it('[F27] informs the other devices of what its user does, and sees it itself', async () => {
    const emulator = await start();
    const phone = await connect(emulator);
    const laptop = await connect(emulator, { platform: 'Windows' });
    const id = await publish(emulator, phone, visualBody);
    await Promise.all([phone.next(), laptop.next()]);
    const actions: [(device: Device) => Promise<unknown>, object][] = [
      [(device) => device.markRead(id), { readState: 'Read' }],
      [(device) => device.activate(id), { userActionState: 'Activated' }],
      [(device) => device.snooze(id), { userActionState: 'Snoozed' }],
      [(device) => device.dismiss(id), { userActionState: 'Dismissed' }],
    ];
    for (const [action, state] of actions) {
      await action(phone);
      expect(phone.notifications.get(id)).toMatchObject(state);
      expect(await laptop.next(isChange('updated'))).toMatchObject({ notification: state });
    }
    await phone.delete(id);
    await laptop.next(isChange('deleted'));
    expect([phone.notifications.size, laptop.notifications.size]).toEqual([0, 0]);
    expect(phone.received).toHaveLength(1);
    await expect(phone.markRead(id)).rejects.toMatchObject({ code: 'Refused', service: { status: 404 } });
  });

  it('[F16] in battery saver shows the fallback toast, and the raw notification when it is off', async () => {
    const emulator = await start();
    const phone = await connect(emulator, { batterySaver: true });
    const held = new Promise((resolve) => phone.on('held', resolve));
    const endpointFallback = { platformTypes: ['iOS'], fallbackDelayInSeconds: 60, visualContent: { title: 'Look' } };
    const id = await publish(emulator, phone, { ...rawBody, priority: 'High', fallbackPolicy: { endpointFallback } });
    await held;
    await emulator.emulator.advance(61);
    expect(await phone.next()).toMatchObject({ kind: 'toast', notificationId: id, visualContent: { title: 'Look' } });
    expect(phone.notifications.size).toBe(0);
    await phone.setBatterySaver(false);
    expect(await phone.next()).toMatchObject({ kind: 'notification', notification: { id } });
  });

  it('[F24] fetches what signals announce', async () => {
    const emulator = await start({ push: 'signal' });
    const phone = await connect(emulator);
    const laptop = await connect(emulator, { platform: 'Windows' });
    const first = await publish(emulator, phone, visualBody);
    expect(await phone.next()).toMatchObject({ via: 'fetch', change: 'created', notification: { id: first } });
    await laptop.next();
    await laptop.markRead(first);
    expect(await phone.next()).toMatchObject({ via: 'fetch', change: 'updated', notification: { id: first, readState: 'Read' } });
    const last = await publish(emulator, phone, visualBody);
    expect(await laptop.next()).toMatchObject({ change: 'created', notification: { id: last } });
    expect(laptop.received).toHaveLength(2);
  });

  it('[R2] gets what it missed while it was away, once', async () => {
    const emulator = await start();
    const phone = await connect(emulator);
    const first = await publish(emulator, phone, visualBody);
    await phone.next();
    await phone.disconnect();
    const second = await publish(emulator, phone, visualBody);
    await phone.connect();
    expect(await phone.next()).toMatchObject({ notification: { id: second } });
    expect(phone.received.map((received) => received.kind === 'notification' && received.notification.id)).toEqual([first, second]);
  });

  it('[R2] gets again what it did not acknowledge, and knows it', async () => {
    const emulator = await start();
    const phone = await connect(emulator, { autoAcknowledge: false });
    await publish(emulator, phone, visualBody);
    await phone.next();
    await phone.disconnect();
    const repeated = new Promise((resolve) => phone.on('duplicate', resolve));
    await phone.connect();
    expect(await repeated).toMatchObject({ change: 'created' });
    expect(phone.received).toHaveLength(1);
  });

  it('[R5] ends when another connection takes its UNSID over', async () => {
    const emulator = await start();
    const phone = await connect(emulator, { deviceId: 'phone' });
    const stopped = new Promise((resolve) => phone.on('stopped', resolve));
    const twin = await connect(emulator, { deviceId: 'phone' });
    expect(await stopped).toMatchObject({ code: 'Replaced' });
    expect(twin.unsid).toBe(phone.unsid);
  });

  it('[D3] with its UNSID, when it is closed and unsubscribed', async () => {
    const emulator = await start();
    const phone = await connect(emulator);
    await phone.close({ unsubscribe: true });
    const client = createClient({ url: emulator.url, token: serverToken });
    expect(await client.postNotification(rawBody, { unsid: phone.unsid })).toMatchObject({ status: 403 });
  });

  it('[R8] ends when its subscription is deleted', async () => {
    const emulator = await start();
    const phone = await connect(emulator);
    const stopped = new Promise((resolve) => phone.on('stopped', resolve));
    await createClient({ url: emulator.url, token: 'dev.user.adele' }).deleteSubscription(phone.unsid);
    expect(await stopped).toMatchObject({ code: 'Gone' });
  });

  it('is refused at the handshake with the reason of the service', async () => {
    const emulator = await start();
    const phone = await connect(emulator);
    await phone.disconnect();
    const stopped = new Promise((resolve) => phone.on('stopped', resolve));
    await createClient({ url: emulator.url, token: 'dev.user.adele' }).deleteSubscription(phone.unsid);
    await expect(phone.connect()).rejects.toMatchObject({ code: 'Gone', service: { status: 404 } });
    await stopped;
  });

  it('cannot be made where no server listens', async () => {
    const options = { url: 'http://127.0.0.1:9', user: 'adele', platform: 'iOS', application } as const;
    await expect(createDevice(options)).rejects.toMatchObject({ name: 'ConnectionError' });
  });
});
