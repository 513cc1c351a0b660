// The emulator by the names of the real service: an app that was not changed is led to it by name, and trusts its authority.
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { describe, expect, it } from 'vitest';
import { tokenOf, useEmulators } from '../support/emulator.ts';
import { useFolders } from '../support/folder.ts';

const start = useEmulators();
const newFolder = useFolders();
const names = ['activity.windows.com', 'ppe.activity.windows.com', 'login.microsoftonline.com'];

/** A call to this name, which leads to this machine as a line in the hosts file would. */
function call(name: string, { port, ca, path, json }: { port: string; ca: string; path: string; json?: object }) {
  return new Promise<{ readonly status: number | undefined; readonly body: unknown }>((resolve, reject) => {
    const outgoing = request({
      host: name,
      port,
      path,
      ca,
      agent: false,
      method: json ? 'POST' : 'GET',
      headers: { Authorization: `bearer ${tokenOf('adele')}`, 'Content-Type': 'application/json', Host: name },
      lookup: (_name, options, found) => (options.all ? found(null, [{ address: '127.0.0.1', family: 4 }]) : found(null, '127.0.0.1', 4)),
    });
    outgoing.on('error', reject);
    outgoing.on('response', async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(Buffer.from(chunk));
      resolve({ status: response.statusCode, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) });
    });
    outgoing.end(json && JSON.stringify(json));
  });
}

async function startNamed(hosts: readonly string[]) {
  const { emulator } = await start({ https: { dataFolder: newFolder(), hosts } });
  const { httpsUrl = '', caFile = '' } = emulator;
  return { port: new URL(httpsUrl).port, ca: readFileSync(caFile, 'utf8') };
}

const subscription = { crossPlatformChannelData: { platformType: 'gcm', appPackageName: 'contoso.example' }, deviceId: 'dds:phone' };
const path = '/V1/feeds/me/subscriptions';

describe('an emulator with the names of the real service', () => {
  it.each(names)('[F55] has a certificate for %s, among the others, that its authority vouches for', async (name) => {
    const place = await startNamed(names);
    const answer = await call(name, { ...place, path, json: subscription });
    expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({ applicationId: 'contoso.example' })]);
  });

  it('signs in by the name that it was called by, without a port where the app has none', async () => {
    const place = await startNamed(names);
    const { body } = await call('login.microsoftonline.com', { ...place, path: '/organizations/v2.0/.well-known/openid-configuration' });
    expect(body).toMatchObject({ token_endpoint: 'https://login.microsoftonline.com/organizations/oauth2/v2.0/token' });
  });

  it('is not trusted for a name that was not given', async () => {
    const place = await startNamed(['activity.windows.com']);
    await expect(call('login.microsoftonline.com', { ...place, path })).rejects.toThrow(/altnames/);
  });
});
