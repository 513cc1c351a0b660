// Probes of devices that wait: how a sign-in begins, the page where a person types the code, and what the device is sent.
import { type Some, showDevice, signedIn, signIn, startDevice, startDeviceV1, submitDevice, token } from './identity-calls.ts';
import { type Probe, probe } from './probe.ts';
import type { Call, Rig } from './rig.ts';

const device =
  (grant: string): ((code: string) => Call) =>
  (code) =>
    token({ grant_type: grant, client_id: 'phone', device_code: code });
const grants = ['device_code', 'urn:ietf:params:oauth:grant-type:device_code'].map((grant) => ({ grant, ask: device(grant) }));

/** A device that waits: what it asks with, and what a person types. */
async function waiting(rig: Rig): Promise<{ readonly deviceCode: string; readonly userCode: string }> {
  const { json } = await rig.call(startDevice());
  const { device_code: deviceCode = 'none', user_code: userCode = 'none' } = (json ?? {}) as Readonly<Record<string, string>>;
  return { deviceCode: String(deviceCode), userCode: String(userCode) };
}

const devices: readonly Probe[] = [
  probe('a device sign-in of an unknown client', async (rig) => void (await rig.call(startDevice({ client_id: 'nobody' })))),
  probe('a device sign-in of no client', async (rig) => void (await rig.call(startDevice({ client_id: undefined })))),
  probe('a device sign-in for nothing', async (rig) => void (await rig.call(startDevice({ scope: undefined })))),
  probe('a device sign-in of a throttled client', async (rig) => void (await rig.call(startDevice({ client_id: 'throttled' })))),
  probe('a v1 device sign-in of a throttled client', async (rig) => void (await rig.call(startDeviceV1({ client_id: 'throttled' })))),
  probe('the interval of a device', async (rig) => void (await rig.call(startDevice())), [
    'lifetime deviceCodeInterval',
    'lifetime deviceCode',
  ]),
  ...grants.flatMap(({ grant, ask }) => [
    probe(`a device that asks by ${grant} until somebody has signed in`, async (rig) => {
      const { deviceCode, userCode } = await waiting(rig);
      for (let count = 0; count < 2; count += 1) await rig.call(ask(deviceCode));
      await signedInOnPage(rig, userCode, 'accept');
      await rig.call(ask(deviceCode));
      await rig.call(ask(deviceCode));
    }),
    probe(`a device that is refused by ${grant}`, async (rig) => {
      const { deviceCode, userCode } = await waiting(rig);
      await signedInOnPage(rig, userCode, 'cancel');
      await rig.call(ask(deviceCode));
    }),
    probe(`a device that comes too late by ${grant}`, async (rig) => {
      const { deviceCode } = await waiting(rig);
      await rig.advance(901);
      await rig.call(ask(deviceCode));
      await rig.reset();
    }),
    probe(`a device with an unknown code by ${grant}`, async (rig) => void (await rig.call(ask('nonsense')))),
  ]),
];

async function signedInOnPage(rig: Rig, userCode: string, consent: string): Promise<void> {
  const { headers } = await rig.call(submitDevice({ user_code: userCode, sign_in: 'adele' }));
  const cookie = headers.find(([name]) => name.toLowerCase().startsWith('set-cookie'))?.[1]?.split(';')[0] ?? '';
  await rig.call(submitDevice({ user_code: userCode, login_hint: 'adele', consent }, { headers: { Cookie: cookie } }));
}

const devicePages: readonly Probe[] = [
  probe("the device's page with a code", async (rig) => void (await rig.call(showDevice({ user_code: 'HJKM-7Q2W' })))),
  probe("the device's page with far too much of a code", async (rig) => void (await rig.call(showDevice({ user_code: 'X'.repeat(65) })))),
  ...(
    [
      ['of nobody', {}],
      ['by a password', { username: 'adele', password: 'adele-password' }],
      ['by a wrong password', { username: 'adele', password: 'other' }],
      ['by an unknown button', { sign_in: 'nobody' }],
      ['of one who wants to be another', { account: 'other' }],
      ['of a person who declines to sign in', { account: 'nobody' }],
      ['with consent that is none', { consent: 'perhaps' }],
    ] satisfies readonly (readonly [string, Some])[]
  ).map(([name, fields]) =>
    probe(
      `a step of the device's page ${name}`,
      async (rig) => void (await rig.call(submitDevice({ user_code: (await waiting(rig)).userCode, ...fields }))),
    ),
  ),
  probe("a step of the device's page of no code", async (rig) => void (await rig.call(submitDevice({ sign_in: 'adele' })))),
  ...['cross-site', 'same-origin'].map((site) =>
    probe(`a step of the device's page by a button of ${site}`, async (rig) => {
      const { userCode } = await waiting(rig);
      await rig.call(submitDevice({ user_code: userCode, sign_in: 'adele' }, { headers: { 'Sec-Fetch-Site': site } }));
    }),
  ),
  probe("the device's page of one who is signed in", async (rig) => {
    const headers = { Cookie: (await signedIn(rig, signIn('server'))).cookie };
    await rig.call(showDevice({}, { headers }));
    await rig.call(submitDevice({ user_code: (await waiting(rig)).userCode, login_hint: 'bert' }, { headers }));
    await rig.call(submitDevice({ user_code: (await waiting(rig)).userCode }, { headers }));
  }),
];

export const devicePageProbes: readonly Probe[] = [...devices, ...devicePages];
