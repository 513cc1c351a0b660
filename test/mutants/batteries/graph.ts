// Publishing, and what every answer has.
import { deflateRawSync, gzipSync } from 'node:zlib';
import { application, rawBody, serverToken, tokenOf, visualBody } from '../../support/emulator.ts';
import type { Call } from '../../support/http-call.ts';
import type { Battery } from '../probe.ts';
import { ahead, day, fallback, targets, visual } from './contents.ts';

const bodies: readonly object[] = [
  {},
  visualBody,
  { payload: { rawContent: ' raw\n😀 é ', visualContent: { title: 'ž😀', body: 'body' } } },
  { appNotificationId: 'one', groupName: 'Group' },
  { groupName: null, displayTimeToLive: null },
  { displayTimeToLive: 0 },
  { displayTimeToLive: '60' },
  { displayTimeToLive: 60 },
  { displayTimeToLive: 2_147_483_647 },
  { displayTimeToLive: 2_147_483_648 },
  { displayTimeToLive: -1 },
  { expirationDateTime: ahead(30 * day - 5000) },
  { expirationDateTime: ahead(30 * day + 5000) },
  { expirationDateTime: ahead(-1000) },
  { expirationDateTime: ahead(day).replace('Z', '+02:00') },
  { payload: {} },
  { payload: null },
  { payload: { rawContent: 'x', visualContent: { body: 'no title' } } },
  { payload: { rawContent: { is: 'object' } } },
  visual({ title: '' }),
  visual({ title: 7 }),
  visual({ title: 'x'.repeat(300) }),
  visual({ unknown: true }),
  { '@odata.type': '#x', unknown: 1 },
  { priority: 'high' },
  { priority: 'Low' },
  { priority: 'High' },
  targets('windows', 'ios'),
  targets('webpush'),
  targets('Windows', 'Linux'),
  targets(),
  { fallbackPolicy: fallback() },
  { fallbackPolicy: fallback({ fallbackDelayInSeconds: 59 }) },
  { fallbackPolicy: fallback({ fallbackDelayInSeconds: 600 }) },
  { fallbackPolicy: fallback({ fallbackDelayInSeconds: 601 }) },
  { fallbackPolicy: fallback({ platformTypes: ['iOS', 'Android'] }) },
  { fallbackPolicy: fallback({ visualContent: undefined }) },
  { fallbackPolicy: fallback(), ...targets('Windows') },
  { fallbackPolicy: fallback(), ...visualBody },
  { targetHostName: application.toUpperCase() },
  { targetHostName: `${application}.longer` },
  { targetHostName: 'fabrikam.example' },
  { targetHostName: undefined },
];

const json = { 'Content-Type': 'application/json' };
const text = JSON.stringify(rawBody);
const guid = '1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11';
const posts: readonly Partial<Call>[] = [
  { path: '/beta/me/notifications/' },
  { json: [rawBody] },
  { json: undefined, headers: json, bytes: text.slice(0, -1) },
  { json: undefined, headers: { ...json, 'Content-Encoding': 'gzip' }, bytes: text },
  { json: undefined, headers: { ...json, 'Content-Encoding': 'GZIP' }, bytes: gzipSync(text) },
  { json: undefined, headers: { ...json, 'Content-Encoding': 'gzip' }, bytes: gzipSync(text) },
  { json: undefined, headers: { ...json, 'Content-Encoding': 'deflate' }, bytes: deflateRawSync(text) },
  { json: undefined, headers: { ...json, 'Content-Encoding': 'br' }, bytes: text },
  { json: undefined, headers: { 'Content-Type': 'text/plain' }, bytes: text },
  { json: undefined, headers: { 'Content-Type': null }, bytes: text },
  { json: undefined, headers: { 'Content-Type': 'application/json; charset=utf-8' }, bytes: text },
  { json: undefined, headers: json, bytes: `${text}${' '.repeat(2 * 1024 * 1024)}` },
  { json: undefined, headers: json, bytes: `${text}${' '.repeat(4 * 1024 * 1024)}` },
  { headers: { 'If-Range': 'x' } },
  { headers: { 'client-request-id': guid } },
  { headers: { 'client-request-id': 'not-a-guid' } },
  { unsid: 'unknown-unsid-0123456789' },
  { unsid: undefined },
  { method: 'PUT' },
  { method: 'DELETE', json: undefined },
  { token: undefined },
  { token: 'garbage' },
];

export const graph: Battery = async ({ subscribe, post, http, client }) => {
  const pc = await subscribe('adele', 'pc');
  const foreign = await subscribe('bert', 'pc');
  for (const body of bodies) await post(pc, body);
  for (const call of posts) await post(pc, {}, call);
  for (const token of [tokenOf('adele'), tokenOf('adele'), tokenOf('bert')]) await post('', {}, { token, unsid: undefined });
  await post(foreign, {}, { token: tokenOf('adele') });
  await http({ path: '/client/v1/notifications/nowhere', token: tokenOf('adele'), unsid: pc, headers: { 'client-request-id': guid } });
  const asking = { Origin: 'http://page.example', 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'x-uns-id' };
  await http({ method: 'OPTIONS', path: '/beta/me/notifications', headers: asking });
  for (const path of ['/client/v1/nowhere', '/beta/me/notifications/below']) await http({ path, token: tokenOf('adele') });
  await http({ method: 'PUT', path: '/client/v1/notifications', token: tokenOf('adele'), unsid: pc });
  await http({ method: 'PUT', path: '/client/v1/notifications/nowhere', token: tokenOf('adele'), unsid: pc, json: { readState: 'Read' } });
  for (const token of [undefined, 'garbage', serverToken]) await http({ path: '/client/v1/subscriptions', token });
  const id = await post(pc);
  await client('adele', pc, { method: 'DELETE', path: `/client/v1/notifications/${id}` });
  await post(pc);
  await client('adele', pc, { path: '/client/v1/notifications?status=Any' });
};
