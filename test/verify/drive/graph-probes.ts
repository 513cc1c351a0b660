// Probes of Graph's other operations: the user in the path, and batches.
import { appServer, type Probe, posting, probe, subscribe, userToken } from './probe.ts';
import type { Call } from './rig.ts';

const toUser = (name: string, of: (alias: string) => { readonly user: string; readonly token: string }) =>
  probe(name, async (rig) => {
    const { alias, unsid } = await subscribe(rig);
    const { user, token } = of(alias);
    await rig.call({ ...posting(unsid), of: ['postUserNotification'], path: `/beta/users/${user}/notifications`, token });
  });

const publishingToUsers: readonly Probe[] = [
  ...['notifications', 'publishing', 'activity', 'graph', 'service'].map((scope) =>
    toUser(`to the token's own user with a token ${scope}`, (alias) => ({ user: alias, token: `${scope}.${alias}` })),
  ),
  toUser("to another user than the token's", (alias) => ({ user: 'another', token: userToken(alias) })),
  toUser("to another user than the UNSID's", () => ({ user: 'another', token: appServer })),
];

const batch = (unsid: string, requests: readonly unknown[]): Call => ({
  ...posting(unsid, { requests }),
  of: ['postBatch'],
  path: '/beta/$batch',
});
const one = { id: '1', method: 'GET', url: '/me/notifications' };

const batches: readonly Probe[] = [
  ...['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'TRACE'].map((method) =>
    probe(`a batch with ${method}`, async (rig) => void (await rig.call(batch((await subscribe(rig)).unsid, [{ ...one, method }])))),
  ),
  ...(
    [
      ['no requests', []],
      ['two requests of one id', [one, one]],
      ['a request without an id', [{ ...one, id: undefined }]],
      ['a request with an empty id', [{ ...one, id: '' }]],
      ['an absolute url', [{ ...one, url: 'https://graph.microsoft.com/beta/me' }]],
      ['an unknown dependency', [{ ...one, dependsOn: ['2'] }]],
      ['a number as a dependency', [{ ...one, dependsOn: [2] }]],
      ['a number as a header', [{ ...one, headers: { Accept: 1 } }]],
      ['twenty requests', Array.from({ length: 20 }, (_, index) => ({ ...one, id: `${index}` }))],
      ['one request too many', Array.from({ length: 21 }, (_, index) => ({ ...one, id: `${index}` }))],
    ] satisfies readonly (readonly [string, readonly unknown[]])[]
  ).map(([what, requests]) =>
    probe(`a batch with ${what}`, async (rig) => void (await rig.call(batch((await subscribe(rig)).unsid, requests)))),
  ),
  probe('a batch while it fails', async (rig) => {
    const call = batch((await subscribe(rig)).unsid, [one]);
    rig.failOnce();
    await rig.call(call);
  }),
  probe(
    'a batch of which a request depends on one that fails',
    async (rig) => void (await rig.call(batch((await subscribe(rig)).unsid, [one, { ...one, id: '2', dependsOn: ['1'] }]))),
    ['unmatched 424'],
  ),
];

export const graphProbes: readonly Probe[] = [...publishingToUsers, ...batches];
