// Devices: fan-out, acknowledgement, resumption, limits.
import { tokenOf, visualBody } from '../../support/emulator.ts';
import type { SocketDevice } from '../../support/socket-device.ts';
import type { Battery, Probed } from '../probe.ts';
import { targets } from './contents.ts';

const hello = { type: 'ack', cursor: '' };
const padded = (size: number, cursor: string) => {
  const ack = JSON.stringify({ ...hello, cursor, pad: '' });
  return ack.replace('"pad":""', `"pad":"${'x'.repeat(size - Buffer.byteLength(ack))}"`);
};
const lastCursor = (device: SocketDevice) =>
  device.messages.map((one) => ('cursor' in one ? one.cursor : '')).findLast((one) => one !== '') ?? '';

export const devices: Battery = async ({ subscribe, post, client, connect, refused, drain, closed, http }) => {
  const pc = await subscribe('adele', 'pc');
  await post(pc, { groupName: 'before' });
  const [phone, pad, page] = [
    await subscribe('adele', 'phone', { platform: 'iOS' }),
    await subscribe('adele', 'pad', { platform: 'Android' }),
    await subscribe('adele', 'page', { platform: 'WebPush' }),
  ];
  const elsewhere = await subscribe('adele', 'pc', { application: 'fabrikam.example' });
  const foreign = await subscribe('bert', 'pc');
  await post(pc, { groupName: 'between' });
  const own = [pc, phone, pad, page, elsewhere];
  const all = [...(await Promise.all(own.map((unsid) => connect('adele', unsid)))), await connect('bert', foreign)];
  await drain(...all);
  const ids: string[] = [];
  const both = { payload: { rawContent: 'r', visualContent: { title: '😀', body: 'b' } } };
  for (const more of [both, visualBody, targets('ios', 'webpush'), targets('Windows', 'Android'), { priority: 'High' }])
    ids.push(await post(pc, more));
  await drain(...all);
  const [first] = ids;
  for (const state of [{ userActionState: 'Dismissed' }, { userActionState: 'Dismissed' }, { readState: 'Read' }]) {
    await client('adele', phone, { method: 'PATCH', path: `/client/v1/notifications/${first}`, json: state });
    await drain(...all);
  }
  await client('adele', phone, { method: 'DELETE', path: `/client/v1/notifications/${ids[1]}` });
  await post(pc, { groupName: 'after' });
  await drain(...all);
  for (let number = 0; number < 45; number += 1) await post(pc, { payload: { rawContent: String(number) }, ...targets('Windows', 'iOS') });
  await drain(...all);
  await post(pc, { payload: { rawContent: 'x'.repeat(300_000) } });
  await drain(...all);
  const [online, other] = [all[0], all[5]];
  if (!online || !other) throw new Error('there are devices');
  const cursors = online.messages.map((one) => ('cursor' in one ? one.cursor : ''));
  const [early = '', late = ''] = [cursors[2], cursors[8]];
  online.send(padded(65_536, late));
  online.ack(early);
  online.ack('unknown');
  online.ack(lastCursor(other));
  online.send('{"type":"hello"}');
  await drain(online);
  online.terminate();
  for (const handshake of [{}, { cursor: early }, { cursor: 'unknown' }, { cursor: lastCursor(other) }, { cursor: cursors[4] }, {}]) {
    const again = await connect('adele', pc, handshake);
    await drain(again);
    await again.close();
  }
  await client('adele', pc, { method: 'DELETE', path: `/client/v1/notifications/${first}` });
  const firstCursor = cursors[3];
  await drain(await connect('adele', pc, firstCursor === undefined ? {} : { cursor: firstCursor }));
  const [replaced, second] = [await connect('adele', pc), await connect('adele', pc)];
  await closed(replaced);
  await drain(second);
  await post(pc);
  await drain(second);
  second.ack(lastCursor(second));
  await drain(second);
  second.terminate();
  await away({ post, client, connect, drain }, { pc, phone });
  await limits({ connect, drain, closed }, pc);
  await shakes({ refused, connect, drain }, { pc, foreign });
  const last = await connect('adele', pc);
  await http({ method: 'DELETE', path: `/client/v1/subscriptions/${pc}`, token: tokenOf('adele') });
  await closed(last);
};

type Some<Names extends keyof Probed> = Pick<Probed, Names>;

async function away(
  { post, client, connect, drain }: Some<'post' | 'client' | 'connect' | 'drain'>,
  { pc, phone }: { pc: string; phone: string },
) {
  const online = await connect('adele', pc);
  const seen = await post(pc, { groupName: 'seen' });
  await drain(online);
  online.ack(lastCursor(online));
  await drain(online);
  online.terminate();
  const [changed, gone, kept] = [await post(pc), await post(pc), await post(pc)];
  await client('adele', phone, { method: 'PATCH', path: `/client/v1/notifications/${changed}`, json: { readState: 'Read' } });
  await client('adele', phone, { method: 'PATCH', path: `/client/v1/notifications/${seen}`, json: { readState: 'Read' } });
  await client('adele', phone, { method: 'PATCH', path: `/client/v1/notifications/${kept}`, json: { readState: 'Read' } });
  await client('adele', pc, { method: 'PATCH', path: `/client/v1/notifications/${kept}`, json: { userActionState: 'Activated' } });
  await client('adele', phone, { method: 'DELETE', path: `/client/v1/notifications/${gone}` });
  const back = await connect('adele', pc);
  await drain(back);
  back.terminate();
}

async function limits({ connect, drain, closed }: Some<'connect' | 'drain' | 'closed'>, pc: string) {
  for (const [size, letter] of [
    [65_537, 'x'],
    [40_000, 'é'],
  ] as const) {
    const device = await connect('adele', pc);
    device.send(letter.repeat(size));
    await closed(device);
  }
  const binary = await connect('adele', pc);
  binary.send(Buffer.from('{}'), { binary: true });
  await closed(binary);
  const invalid = await connect('adele', pc);
  await drain(invalid);
  for (let number = 0; number < 9; number += 1) invalid.send('nonsense');
  await drain(invalid);
  invalid.ack(lastCursor(invalid));
  for (let number = 0; number < 10; number += 1) invalid.send('nonsense');
  await closed(invalid);
}

async function shakes(
  { refused, connect, drain }: Some<'refused' | 'connect' | 'drain'>,
  { pc, foreign }: { pc: string; foreign: string },
) {
  for (const handshake of [
    { token: tokenOf('adele') },
    { unsid: pc },
    { unsid: 'unknown', token: tokenOf('adele') },
    { unsid: foreign, token: tokenOf('adele') },
  ]) {
    await refused(handshake);
  }
  for (const handshake of [{ token: undefined, accessToken: tokenOf('adele') }, { protocols: ['other', 'notifications.v1.json'] }]) {
    await drain(await connect('adele', pc, handshake));
  }
}
