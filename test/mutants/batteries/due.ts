// What falls due: toasts, expiry of notifications and subscriptions.
import { visualBody } from '../../support/emulator.ts';
import type { Battery } from '../probe.ts';
import { ahead, fallback } from './contents.ts';

export const due: Battery = async ({ subscribe, post, client, connect, drain, closed, advance }) => {
  const pc = await subscribe('adele', 'pc');
  const phone = await subscribe('adele', 'phone', { platform: 'iOS' });
  const pad = await subscribe('adele', 'pad', { platform: 'iOS' });
  const [online, away] = [await connect('adele', pc), await connect('adele', pad)];
  let device = await connect('adele', phone);
  const high = { priority: 'High', fallbackPolicy: fallback() };
  const first = await post(pc, high);
  const acknowledged = await post(pc, high);
  await post(pc, { ...high, priority: 'Low' });
  await post(pc, { ...high, ...visualBody });
  const read = await post(pc, high);
  const deleted = await post(pc, high);
  const short = await post(pc, { ...high, expirationDateTime: ahead(3600_000), displayTimeToLive: 600 });
  await drain(device, online, away);
  away.terminate();
  device.ack(
    device.messages.flatMap((one) => (one.type === 'notification' && one.notification.id === acknowledged ? [one.cursor] : []))[0] ?? '',
  );
  await client('adele', phone, { path: `/client/v1/notifications/${read}` });
  await client('adele', phone, { method: 'DELETE', path: `/client/v1/notifications/${deleted}` });
  for (const seconds of [61, 60]) {
    await advance(seconds);
    await drain(device, online);
  }
  await drain(await connect('adele', pad));
  await client('adele', phone, { path: `/client/v1/notifications/${first}` });
  const page = await client('adele', phone, { path: '/client/v1/notifications' });
  const since = encodeURIComponent(String((page as Record<string, unknown>)['cursor']));
  const before = device.messages.flatMap((one) => (one.type === 'notification' && one.notification.id === short ? [one.cursor] : []))[0];
  await advance(3600);
  await drain(device, online);
  for (const query of ['', `?since=${since}`, '?status=Any']) await client('adele', phone, { path: `/client/v1/notifications${query}` });
  await client('adele', phone, { path: `/client/v1/notifications/${short}` });
  device.terminate();
  device = await connect('adele', phone, before === undefined ? {} : { cursor: before });
  await drain(device);
  await subscribe('adele', 'phone', { platform: 'iOS' });
  await advance(30 * 86_400 - 600);
  await closed(online);
  await post(pc);
};
