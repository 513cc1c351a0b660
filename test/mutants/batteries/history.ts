// Subscriptions, history and states.
import { tokenOf, visualBody } from '../../support/emulator.ts';
import type { Battery } from '../probe.ts';
import { targets } from './contents.ts';

export const history: Battery = async ({ subscribe, post, http, client, connect, drain, advance }) => {
  const pc = await subscribe('adele', 'pc', { displayName: "Adele's pc" });
  const first = await client('adele', pc, { path: '/client/v1/notifications' });
  const web = await subscribe('adele', 'page', { platform: 'WebPush', displayName: null });
  const elsewhere = await subscribe('adele', 'pc', { application: 'fabrikam.example' });
  const foreign = await subscribe('bert', 'pc');
  for (const more of [{ platform: 'ios' }, { platform: undefined }, { platform: 'Android' }, { platform: 'iOS' }])
    await subscribe('cora', 'x', more);
  for (const deviceId of ['x'.repeat(1024), 'x'.repeat(1025), 'žluť😀', 'pc']) await subscribe('cora', deviceId);
  await post(pc, { payload: { rawContent: 'missed' } });
  await subscribe('adele', 'pc');
  await drain(await connect('adele', pc));
  for (const unsid of [pc, web, foreign, 'unknown'])
    await http({ path: `/client/v1/subscriptions/${encodeURIComponent(unsid)}`, token: tokenOf('adele') });
  await http({ path: '/client/v1/subscriptions', token: tokenOf('adele') });
  await http({ method: 'DELETE', path: `/client/v1/subscriptions/${foreign}`, token: tokenOf('adele') });
  await http({ path: '/client/v1/subscriptions', token: tokenOf('bert') });
  await post(elsewhere, { targetHostName: 'fabrikam.example' });
  await post(foreign);
  const ids: string[] = [];
  for (const more of [
    { payload: { rawContent: ' é ', visualContent: { title: 'both' } } },
    { groupName: 'g', appNotificationId: 'a' },
    targets('iOS'),
  ]) {
    ids.push(await post(pc, more));
    await advance(1);
  }
  for (let number = 0; number < 4; number += 1) ids.push(await post(pc, { ...visualBody, displayTimeToLive: 100 }));
  const since = (page: unknown) => encodeURIComponent(String((page as Record<string, unknown>)['cursor']));
  const start = since(first);
  const states: readonly object[] = [
    { readState: 'Read', userActionState: 'Snoozed' },
    { readState: 'Read' },
    { readState: 'Unread' },
    { userActionState: 'Dismissed' },
    { readState: 'Read', unknown: 1 },
    { userActionState: 'NoInteraction' },
    { userActionState: 'Snoozed' },
    {},
    { unknown: 1 },
    { readState: 'read' },
  ];
  for (const state of states) {
    await advance(1);
    await client('adele', pc, { method: 'PATCH', path: `/client/v1/notifications/${ids[1]}`, json: state });
    await client('adele', pc, { path: `/client/v1/notifications/${ids[1]}` });
  }
  for (const userActionState of ['Dismissed', 'Snoozed']) {
    await client('adele', web, {
      method: 'PATCH',
      path: `/client/v1/notifications/${ids[0]}`,
      json: { userActionState, readState: 'Read' },
    });
  }
  await client('adele', pc, { method: 'PATCH', path: `/client/v1/notifications/${ids[2]}`, json: { userActionState: 'Dismissed' } });
  for (let round = 0; round < 2; round += 1) await client('adele', pc, { method: 'DELETE', path: `/client/v1/notifications/${ids[3]}` });
  for (const id of ids) await client('adele', pc, { path: `/client/v1/notifications/${id}` });
  const queries = [
    '',
    '?status=Any',
    '?status=Deleted',
    '?status=active',
    '?readState=Read&userActionState=NoInteraction',
    '?readState=Seen',
  ];
  const more = [
    '?userActionState=Snoozed',
    '?$top=0',
    '?$top=1000',
    '?$top=1001',
    '?since=unknown',
    `?since=${start}`,
    `?since=${start}&$top=2`,
  ];
  for (const query of [...queries, ...more, `?since=${start}`]) await client('adele', pc, { path: `/client/v1/notifications${query}` });
  let page = await client('adele', pc, { path: '/client/v1/notifications?$top=2&status=Any' });
  for (let round = 0; round < 4; round += 1)
    page = await client('adele', pc, { path: `/client/v1/notifications?$top=2&status=Any&since=${since(page)}` });
  const other = await client('bert', foreign, { path: '/client/v1/notifications' });
  await client('adele', pc, { path: `/client/v1/notifications?since=${since(other)}` });
  await http({ path: '/client/v1/notifications', token: tokenOf('adele') });
  for (const unsid of [pc, foreign]) await client('bert', unsid, { path: `/client/v1/notifications/${ids[1]}` });
  await client('bert', pc, { path: '/client/v1/notifications' });
  for (let round = 0; round < 2; round += 1)
    await http({ method: 'DELETE', path: `/client/v1/subscriptions/${pc}`, token: tokenOf('adele') });
  await post(pc);
  await subscribe('adele', 'pc');
};
