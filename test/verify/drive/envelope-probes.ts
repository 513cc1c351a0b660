// Probes of the push channel: the envelope of each platform, embedded, changed, deleted and as an alert.
import { application, onNotification, type Probe, publish, subscribe } from './probe.ts';

const pushProtocol = 'push.v1.json';
const names = { Windows: 'wnsEnvelope', iOS: 'apnsEnvelope', Android: 'fcmEnvelope', WebPush: 'webPushEnvelope' } as const;
const visualContent = { title: 'Hi', body: 'There' };
const everything = {
  targetHostName: application,
  appNotificationId: 'a',
  groupName: 'g',
  displayTimeToLive: 60,
  priority: 'High',
  payload: { rawContent: 'Hello', visualContent },
};
const fallback = { endpointFallback: { platformTypes: ['iOS'], fallbackDelayInSeconds: 60, visualContent } };

const perPlatform: readonly Probe[] = Object.entries(names).map(([platform, name]) => ({
  name: `the envelopes of ${platform}`,
  sites: [`message ${name}`],
  run: async (rig) => {
    const { alias, token, unsid } = await subscribe(rig, { platform });
    const device = await rig.connect(`unsid=${unsid}`, { token, protocol: pushProtocol });
    if (device.refusal) return;
    const other = await subscribe(rig, { alias, platform: 'Windows', deviceId: 'other' });
    const id = await publish(rig, unsid, everything);
    await device.until(1);
    await publish(rig, unsid, { ...everything, appNotificationId: 'b', priority: 'Low' });
    await device.until(2);
    const isWeb = platform === 'WebPush';
    for (const userActionState of ['Activated', 'Dismissed', 'Snoozed']) {
      await rig.call(onNotification('updateNotification', 'PATCH', other, id, { userActionState, readState: 'Read' }));
    }
    await rig.call(onNotification('deleteNotification', 'DELETE', other, id));
    if (isWeb) await device.turn();
    else await device.until(4);
    await publish(rig, unsid, { ...everything, payload: { rawContent: 'x'.repeat(300_000) } });
    await device.turn();
    rig.seen(device, `message ${name}`);
    device.end();
  },
}));

const alertProbe: Probe = {
  name: 'the envelope of a toast',
  sites: ['message apnsEnvelope'],
  run: async (rig) => {
    const { token, unsid } = await subscribe(rig);
    const device = await rig.connect(`unsid=${unsid}`, { token, protocol: pushProtocol });
    if (device.refusal) return;
    await publish(rig, unsid, { ...everything, fallbackPolicy: fallback });
    await device.until(1);
    await rig.advance(60);
    await device.until(2);
    rig.seen(device, 'message apnsEnvelope');
    device.end();
  },
};

export const envelopeProbes: readonly Probe[] = [...perPlatform, alertProbe];
