// Probes of the pages: sign-in and consent in both versions, and sign-out.
import { authorize, graphScope, type Place, type Some, signedIn, signIn, signOut, submit, versions } from './identity-calls.ts';
import { type Probe, probe } from './probe.ts';
import { signedInAt } from './registered.ts';
import type { Call, Rig } from './rig.ts';

/** Nothing that may be left out. */
const least: Some = { client_id: 'server', response_type: 'code', redirect_uri: signedInAt };
const full: Some = signIn('server', { resource: 'https://graph.microsoft.com' });
const prompts = ['none', 'login', 'select_account', 'consent', 'create', 'other'];
const modes = ['query', 'fragment', 'form_post', 'other'];

const requests: readonly (readonly [name: string, fields: Some])[] = [
  ['in full', full],
  ['with the least', least],
  ['with the least and a scope', { ...least, scope: graphScope }],
  ['for a known user', { ...full, login_hint: 'adele' }],
  ...prompts.map((prompt): readonly [string, Some] => [`with prompt ${prompt}`, { ...full, prompt }]),
  ...modes.map((mode): readonly [string, Some] => [`answered by ${mode}`, { ...full, prompt: 'none', response_mode: mode }]),
  ['of no client', { ...full, client_id: undefined }],
  ['of an empty client', { ...full, client_id: '' }],
  ['of an unknown client', { ...full, client_id: 'nobody' }],
  ['of a page without a challenge', signIn('page', { code_challenge: undefined })],
  ['for no kind of answer', { ...full, response_type: undefined }],
  ['for a token at once', { ...full, response_type: 'token' }],
  ['for a code and a token', { ...full, response_type: 'code token' }],
  ['with no way back', { ...full, redirect_uri: undefined }],
  ['with a way back that is none', { ...full, redirect_uri: 'nowhere' }],
  ['with a way back of somebody else', { ...full, redirect_uri: 'https://nobody.example/' }],
  ['for scopes of two resources', { ...full, scope: 'https://a/b https://c/d', resource: 'https://nobody.example' }],
  ['with a challenge that is none', { ...full, code_challenge: 'x' }],
  ['with a plain challenge', { ...full, code_challenge_method: 'plain' }],
  ['with client_info that is unknown', { ...full, client_info: '10' }],
  ['with client_info that is too long', { ...full, client_info: '1'.repeat(17) }],
  ['with a challenge of no method', { ...full, code_challenge_method: undefined }],
];

/** Of the client that may have tokens at once. */
const atOnce = (type: string, more: Some = {}): Some =>
  signIn('browser', { response_type: type, code_challenge: undefined, code_challenge_method: undefined, sign_in: 'adele', ...more });

const steps: readonly (readonly [name: string, fields: Some])[] = [
  ['by a button', { ...full, sign_in: 'adele' }],
  ['by an unknown button', { ...full, sign_in: 'nobody' }],
  ['with the least, by a button', { ...least, scope: graphScope, sign_in: 'adele' }],
  ['by a password', { ...full, username: 'adele', password: 'adele-password' }],
  ['by a wrong password', { ...full, username: 'adele', password: 'other' }],
  ['of a user of another tenant', { ...full, sign_in: 'dana' }],
  ...modes.map((mode): readonly [string, Some] => [`by a button, answered by ${mode}`, { ...full, response_mode: mode, sign_in: 'adele' }]),
  ...['token', 'id_token', 'id_token token', 'token id_token'].map((type): readonly [string, Some] => [
    `for ${type} at once`,
    atOnce(type),
  ]),
  ['for tokens with client_info', atOnce('id_token token', { client_info: '1' })],
  ['for tokens with client_info that is too long', atOnce('id_token token', { client_info: '1'.repeat(17) })],
  ['for an id token without a nonce', atOnce('id_token', { nonce: undefined })],
  ['for a token by query', atOnce('token', { response_mode: 'query' })],
  ['of one who wants to be another', { ...full, account: 'other' }],
  ['of a person who declines to sign in', { ...full, account: 'nobody' }],
  ['by a button of a client without consent', signIn('stranger', { sign_in: 'bert' })],
];

const signingIn: readonly Probe[] = versions.flatMap((version) => {
  const by = (more: Partial<Call> & Place = {}) => ({ version, ...more });
  const cookie = async (rig: Rig, fields: Some = full) => ({ headers: { Cookie: (await signedIn(rig, fields, by())).cookie } });
  const back = (rig: Rig, fields: Some, more: Partial<Call> & Place = {}) => rig.call(authorize(fields, by(more)));
  return [
    ...requests.flatMap(([name, fields]) => [
      probe(`a ${version} sign-in ${name}`, async (rig) => void (await back(rig, fields))),
      probe(`a step of a ${version} sign-in ${name}`, async (rig) => void (await rig.call(submit(fields, by())))),
    ]),
    ...steps.map(([name, fields]) =>
      probe(`a step of a ${version} sign-in ${name}`, async (rig) => void (await rig.call(submit(fields, by())))),
    ),
    probe(`a ${version} sign-in of one who is signed in`, async (rig) => {
      const known = await cookie(rig);
      await back(rig, full, known);
      for (const prompt of prompts) await back(rig, { ...full, prompt }, known);
      await back(rig, { ...full, prompt: 'none', login_hint: 'bert' }, known);
      await rig.call(submit({ ...full, account: 'other' }, by(known)));
    }),
    probe(
      `a ${version} sign-in of one who is signed in for a while`,
      async (rig) => {
        const known = await cookie(rig);
        await rig.advance(10);
        await back(rig, { ...full, prompt: 'none' }, known);
        await rig.reset();
      },
      ['lifetime session'],
    ),
    probe(`a ${version} sign-in with consent`, async (rig) => {
      const asked = signIn('stranger', { login_hint: 'bert' });
      const known = await cookie(rig, { ...asked, sign_in: 'bert' });
      await back(rig, { ...asked, prompt: 'none' }, known);
      for (const site of ['cross-site', 'same-origin']) {
        const headers = { ...known.headers, 'Sec-Fetch-Site': site };
        await rig.call(submit({ ...asked, consent: 'cancel' }, by({ headers })));
      }
      for (const consent of ['perhaps', 'accept']) await rig.call(submit({ ...asked, consent }, by(known)));
      // Consent is remembered, and the next probe must not find it.
      await rig.reset();
    }),
    ...['cross-site', 'same-origin'].map((site) =>
      probe(`a step of a ${version} sign-in by a button of ${site}`, async (rig) => {
        await rig.call(submit({ ...full, sign_in: 'adele' }, by({ headers: { 'Sec-Fetch-Site': site } })));
      }),
    ),
  ];
});

const signingOut: readonly Probe[] = versions.flatMap((version) => [
  probe(`a ${version} sign-out`, async (rig) => {
    const headers = { Cookie: (await signedIn(rig, full)).cookie };
    await rig.call(signOut({}, { headers, version }));
    await rig.call(authorize({ ...full, prompt: 'none' }, { headers }));
  }),
  ...(
    [
      ['that goes on', { post_logout_redirect_uri: signedInAt }],
      ['that goes on with a state', { post_logout_redirect_uri: signedInAt, state: '42' }],
      ['that goes nowhere', { post_logout_redirect_uri: 'nowhere' }],
      ['that goes to somebody else', { post_logout_redirect_uri: 'https://nobody.example/' }],
    ] satisfies readonly (readonly [string, Some])[]
  ).map(([name, fields]) => probe(`a ${version} sign-out ${name}`, async (rig) => void (await rig.call(signOut(fields, { version }))))),
]);

export const pageProbes: readonly Probe[] = [...signingIn, ...signingOut];
