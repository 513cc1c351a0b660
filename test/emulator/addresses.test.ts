// Where an emulator is reached: by default at both loopback families, elsewhere at the address it was given, and always at the URL that it names.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Log } from '../../src/domain/ports.ts';
import type { EmulatorOptions } from '../../src/emulator.ts';
import { tokenOf, useEmulators } from '../support/emulator.ts';
import { useFolders } from '../support/folder.ts';
import { send } from '../support/http-call.ts';
import { hasIpv6 } from '../support/ipv6.ts';
import { connectSocket } from '../support/socket-device.ts';

const start = useEmulators();
const newFolder = useFolders();
const loopback = (await hasIpv6()) ? ['127.0.0.1', '[::1]'] : ['127.0.0.1'];
const everywhere = (await hasIpv6()) ? ['0.0.0.0', '::', '[::]', '::ffff:0.0.0.0', '0'] : ['0.0.0.0', '0'];
const health = { path: '/_emulator/v1/health' };

async function startListening(options: EmulatorOptions = {}) {
  const warnings: string[] = [];
  const quiet = () => undefined;
  const log: Log = { error: quiet, warn: (text) => warnings.push(text), info: quiet, debug: quiet };
  const started = await start({ https: { dataFolder: newFolder() }, ...options }, { log });
  const { httpsUrl = '', caFile = '' } = started.emulator;
  const ports = [started.url, httpsUrl].map((url) => new URL(url).port);
  return { ...started, warnings, httpsUrl, ca: readFileSync(caFile, 'utf8'), port: ports[0], httpsPort: ports[1] };
}

describe('by default', () => {
  it.each(loopback)('http, https and device sockets are reached at %s', async (host) => {
    const { subscribe, port, httpsPort, ca } = await startListening();
    const { unsid } = await subscribe('adele');
    for (const origin of [`http://${host}:${port}`, `https://${host}:${httpsPort}`]) {
      expect((await send(origin, { ...health, ca })).status, origin).toBe(200);
      const device = await connectSocket(origin, { token: tokenOf('adele'), unsid, ca });
      expect(await device.nextOf('connected')).toMatchObject({ type: 'connected' });
      await device.close();
    }
  });

  it('URLs in answers name the address that a request came to', async () => {
    const { port } = await startListening();
    const json = { application: 'contoso.example', deviceId: 'pc', platform: 'Windows' };
    for (const host of loopback) {
      const origin = `http://${host}:${port}`;
      const { body } = await send<{ socketUrl: string }>(origin, { path: '/client/v1/subscriptions', token: tokenOf('adele'), json });
      expect(body.socketUrl).toBe(`ws://${host}:${port}/client/v1/socket`);
    }
  });

  it.each([undefined, 'localhost', '127.0.0.1'])('there is no warning (host %s)', async (host) => {
    const { warnings, url } = await startListening(host === undefined ? {} : { host });
    expect([warnings, url]).toEqual([[], expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/)]);
  });

  it('both are free again after the end', async () => {
    const { emulator, port } = await startListening();
    await emulator.stop();
    const again = await startListening({ port: Number(port) });
    expect(again.port).toBe(port);
    for (const host of loopback) expect((await send(`http://${host}:${port}`, health)).status).toBe(200);
  });
});

describe('an emulator that listens', () => {
  it('at 127.0.0.1 alone, as asked, is not reached at the other family', async () => {
    const { port } = await startListening({ host: '127.0.0.1' });
    await expect(send(`http://[::1]:${port}`, health)).rejects.toThrow();
  });

  it.each(loopback)('at %s is reached there, with and without brackets', async (host) => {
    const { url, warnings } = await startListening({ host });
    expect([new URL(url).hostname, warnings]).toEqual([host, []]);
    expect((await send(url, health)).status).toBe(200);
  });

  it.each(everywhere)('at %s names URLs to connect to, and warns of other machines', async (host) => {
    const { url, httpsUrl, ca, warnings } = await startListening({ host });
    expect([url, httpsUrl]).toEqual([
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      expect.stringMatching(/^https:\/\/localhost:\d+$/),
    ]);
    for (const origin of [url, httpsUrl]) expect((await send(origin, { ...health, ca })).status).toBe(200);
    expect(warnings).toEqual([
      'listening at every address of this machine: every machine that can reach it can use the emulator, and its control surface needs no token',
    ]);
  });
});
