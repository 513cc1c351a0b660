// An emulator over TLS: the same app, sockets and state as over http, its certificate, and its end.
import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { type AddressInfo, connect as connectPlain, createServer } from 'node:net';
import { join } from 'node:path';
import { connect as connectSecurely, type TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Log } from '../../src/domain/ports.ts';
import type { EmulatorOptions, EmulatorParts } from '../../src/emulator.ts';
import { issueCertificate } from '../../src/tls/authority.ts';
import { rawBody, type Subscribed, serverToken, type TestEmulator, tokenOf, useEmulators } from '../support/emulator.ts';
import { useFolders } from '../support/folder.ts';
import { send } from '../support/http-call.ts';
import { connectSocket, refusedHandshake, type SocketDevice } from '../support/socket-device.ts';
import { createTestTimer, settle } from '../support/time.ts';

const start = useEmulators();
const newFolder = useFolders();
const dayMs = 86_400_000;

/** One that serves https; `ca` is the authority that it asks clients to trust. */
async function startSecure(more: EmulatorOptions & { https?: object } = {}, parts: Partial<EmulatorParts> = {}) {
  const started = await start({ ...more, https: { dataFolder: newFolder(), ...more.https } }, parts);
  const { httpsUrl = '', caFile = '' } = started.emulator;
  return { ...started, httpsUrl, caFile, port: Number(new URL(httpsUrl).port), ca: readFileSync(caFile, 'utf8') };
}

type Secure = Awaited<ReturnType<typeof startSecure>>;

const post = ({ httpsUrl, ca }: Secure, { unsid }: Subscribed) =>
  send<{ id: string }>(httpsUrl, { path: '/beta/me/notifications', token: serverToken, unsid, json: rawBody, ca });

async function connectDevice({ httpsUrl, ca }: Secure, { alias, unsid }: Subscribed): Promise<SocketDevice> {
  const device = await connectSocket(httpsUrl, { token: tokenOf(alias), unsid, ca });
  await device.nextOf('connected');
  return device;
}

/** The certificate that a client is shown. */
async function shown(url: string, ca: string): Promise<X509Certificate> {
  const { hostname, port } = new URL(url);
  const socket: TLSSocket = connectSecurely({ host: hostname, port: Number(port), servername: hostname, ca });
  await once(socket, 'secureConnect');
  const { raw } = socket.getPeerCertificate();
  socket.destroy();
  return new X509Certificate(raw);
}

/** What a client gets that sends these bytes without TLS: how its connection ends. */
async function sendGarbage(port: number, bytes: string | Buffer): Promise<void> {
  const socket = connectPlain(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.resume();
  socket.write(bytes);
  await once(socket, 'close');
}

/** Resolves with the first line that holds this text. */
function createAwaitedLog(text: string): { readonly log: Log; readonly line: Promise<string> } {
  let found: (line: string) => void;
  const line = new Promise<string>((resolve) => {
    found = resolve;
  });
  const hear = (heard: string) => {
    if (heard.includes(text)) found(heard);
  };
  return { log: { error: hear, warn: hear, info: hear, debug: hear }, line };
}

describe('http and https side by side', () => {
  it('share everything: what is posted over one reaches devices on the other', async () => {
    const both = await startSecure();
    const adele = await both.subscribe('adele');
    const bert = await both.subscribe('adele', { platform: 'iOS' });
    const [plain, secure] = [await both.connect(adele), await connectDevice(both, bert)];
    const { status, body } = await post(both, adele);
    expect(status).toBe(201);
    for (const device of [plain, secure]) expect((await device.nextOf('notification')).notification.id).toBe(body.id);
    const { id } = await both.publish(adele);
    for (const device of [plain, secure]) expect((await device.nextOf('notification')).notification.id).toBe(id);
    await secure.close();
  });

  it('[F5] [F6] answer with URLs of the scheme the request came by, and pin no browser for localhost', async () => {
    const both = await startSecure();
    const json = { application: 'contoso.example', deviceId: 'pc', platform: 'Windows' };
    const call = { path: '/client/v1/subscriptions', token: tokenOf('adele'), json };
    const over = async (url: string) => (await send<Record<string, string>>(url, { ...call, ca: both.ca })).body['socketUrl'];
    expect(await over(both.httpsUrl)).toBe(`${both.httpsUrl.replace('https', 'wss')}/client/v1/socket`);
    expect(await over(both.url)).toBe(`${both.url.replace('http', 'ws')}/client/v1/socket`);
    const { headers, body } = await post(both, await both.subscribe('adele'));
    expect(headers.location).toBe(`${both.httpsUrl}/beta/me/activities/${body.id}`);
    expect(headers['strict-transport-security']).toBe('max-age=0');
  });

  it('are announced by their URLs; https alone is the only URL', async () => {
    const both = await startSecure();
    expect([both.url, both.httpsUrl]).toEqual([expect.stringMatching(/^http:\/\/127/), expect.stringMatching(/^https:\/\/localhost:\d+$/)]);
    const alone = await startSecure({ http: false });
    expect(alone.url).toBe(alone.httpsUrl);
    const none = await start();
    expect([none.emulator.httpsUrl, none.emulator.caFile]).toEqual([undefined, undefined]);
  });
});

describe('over https', () => {
  it.each(['localhost', '127.0.0.1'])('%s is trusted by clients that trust the authority, and by no one else', async (host) => {
    const { port, ca } = await startSecure();
    const call = { path: '/_emulator/v1/health' };
    expect((await send(`https://${host}:${port}`, { ...call, ca })).status).toBe(200);
    await expect(send(`https://${host}:${port}`, call)).rejects.toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
  });

  it('an address that is listened on is one of the hosts', async () => {
    const { httpsUrl, ca } = await startSecure({ host: '127.0.0.2' });
    expect(httpsUrl).toMatch(/^https:\/\/127\.0\.0\.2:\d+$/);
    expect((await send(httpsUrl, { path: '/_emulator/v1/health', ca })).status).toBe(200);
  });

  it.each(['0.0.0.0', '127.0.0.1', 'localhost'])('that listens on %s is reached as localhost', async (host) => {
    const { httpsUrl, ca } = await startSecure({ host });
    expect(httpsUrl).toMatch(/^https:\/\/localhost:\d+$/);
    expect((await send(httpsUrl, { path: '/_emulator/v1/health', ca })).status).toBe(200);
  });

  it('a handshake is refused with its reason', async () => {
    const { httpsUrl, ca } = await startSecure();
    expect((await refusedHandshake(httpsUrl, { ca })).status).toBe(401);
  });

  it('a request that asks for a foreign upgrade is served as if it had not asked', async () => {
    const secure = await startSecure();
    const { unsid } = await secure.subscribe('adele');
    const headers = { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': 'AAMAAABk' };
    const call = { path: '/beta/me/notifications', token: serverToken, unsid, json: rawBody, ca: secure.ca, headers };
    const answer = await send(secure.httpsUrl, call);
    expect([answer.status, answer.headers.connection]).toEqual([201, 'close']);
  });

  it("a request that is no HTTP gets Graph's error body", async () => {
    const { port, ca } = await startSecure();
    const socket = connectSecurely({ port, host: 'localhost', ca });
    socket.write('nonsense\r\n\r\n');
    const [chunk] = await once(socket, 'data');
    expect(String(chunk)).toMatch(/^HTTP\/1\.1 400 [\s\S]*InvalidParameter/);
    socket.destroy();
  });

  it.each([
    ['plain http', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['garbage', Buffer.alloc(4096, 0xff)],
    ['half a handshake', Buffer.from([0x16, 0x03, 0x01, 0x00, 0x05, 0x01, 0x00, 0x00, 0x01, 0x00])],
  ])('%s ends its own connection and disturbs no other', async (_what, bytes) => {
    // At once: no time passes here.
    const { port, httpsUrl, ca } = await startSecure({}, { timer: createTestTimer() });
    await sendGarbage(port, bytes);
    expect((await send(httpsUrl, { path: '/_emulator/v1/health', ca })).status).toBe(200);
  });

  it('a handshake that failed is reported in the log', async () => {
    const { log, line } = createAwaitedLog('TLS handshake failed');
    const { port } = await startSecure({}, { log });
    await sendGarbage(port, 'GET / HTTP/1.1\r\n\r\n');
    expect(await line).toContain('the client spoke http to the https port');
  });
});

describe('the certificate of a running emulator', () => {
  it('is renewed by itself, judged by real time and not by the service clock', async () => {
    const timer = createTestTimer();
    const { log, line } = createAwaitedLog('has been replaced');
    let now = Date.now() - 375 * dayMs;
    const { httpsUrl, ca, caFile, emulator } = await startSecure({}, { timer, log, realNow: () => now });
    const first = await shown(httpsUrl, ca);
    await emulator.advance(364 * 86_400);
    now = Date.now();
    timer.advance(60_000);
    expect(await line).toContain(caFile);
    const second = await shown(httpsUrl, readFileSync(caFile, 'utf8'));
    expect(second.serialNumber).not.toBe(first.serialNumber);
    expect(Date.parse(second.validTo)).toBeGreaterThan(now + 390 * dayMs);
  });

  it('follows the one that another emulator has made, so that both are trusted by the same file', async () => {
    const timer = createTestTimer();
    const { log, line } = createAwaitedLog('has been replaced');
    const dataFolder = newFolder();
    const first = await startSecure({ https: { dataFolder } }, { timer, log });
    const second = await startSecure({ https: { dataFolder, hosts: ['my-pc.local'] } });
    expect(second.ca).not.toBe(first.ca);
    timer.advance(60_000);
    await line;
    expect((await shown(first.httpsUrl, second.ca)).serialNumber).toBe((await shown(second.httpsUrl, second.ca)).serialNumber);
  });

  it('that cannot be renewed is reported once and served on', async () => {
    const timer = createTestTimer();
    const dataFolder = newFolder();
    const warnings: string[] = [];
    const { log, line } = createAwaitedLog('could not be renewed');
    const counting: Log = {
      ...log,
      warn: (text) => {
        warnings.push(text);
        log.warn(text);
      },
    };
    let now = Date.now() - 375 * dayMs;
    const { emulator } = await startSecure({ https: { dataFolder } }, { timer, log: counting, realNow: () => now });
    now = Date.now();
    makeUnwritable(dataFolder);
    timer.advance(60_000);
    await line;
    await settle();
    timer.advance(60_000);
    await emulator.stop();
    expect(warnings).toEqual([expect.stringContaining('the certificate could not be renewed: ')]);
  });

  /** The user who runs the tests: a folder in the place of the file cannot be replaced. */
  function makeUnwritable(dataFolder: string): void {
    rmSync(join(dataFolder, 'https/server.pem'));
    mkdirSync(join(dataFolder, 'https/server.pem/in-the-way'), { recursive: true });
  }
});

describe("the user's own certificate", () => {
  it('is served in place of one that is made, and nothing is kept', async () => {
    const folder = newFolder();
    const issued = await issueCertificate(['localhost', '127.0.0.1'], Date.now());
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    writeFileSync(cert, issued.certificate);
    writeFileSync(key, issued.key);
    const { emulator } = await start({ https: { cert, key } });
    expect(emulator.caFile).toBeUndefined();
    expect((await send(emulator.httpsUrl ?? '', { path: '/_emulator/v1/health', ca: issued.authority })).status).toBe(200);
  });
});

describe('what cannot be started', () => {
  it.each<[string, EmulatorOptions, string]>([
    ['neither http nor https', { http: false }, 'http: false needs https'],
    ['an https port that is none', { https: { port: 70_000 } }, 'https port 70000: expected'],
    ['a host that is none', { https: { hosts: ['*.example'] } }, "https host '*.example': expected"],
    ['a certificate without its key', { https: { cert: 'cert.pem' } }, 'a certificate and its key go together'],
    ['a key without its certificate', { https: { key: 'key.pem' } }, 'a certificate and its key go together'],
    [
      'hosts for an own certificate',
      { https: { cert: 'c', key: 'k', hosts: ['a'] } },
      'your own certificate is for the hosts that it names',
    ],
    ['a certificate that is missing', { https: { cert: 'nowhere.pem', key: 'k' } }, 'nowhere.pem: cannot be read: there is no such file'],
  ])('because of %s is one clear line', async (_what, options, line) => {
    await expect(start(options)).rejects.toMatchObject({ name: 'StartError', message: expect.stringContaining(line) });
  });

  it('because its folder is a file is one clear line', async () => {
    const dataFolder = join(newFolder(), 'file');
    writeFileSync(dataFolder, '');
    await expect(start({ https: { dataFolder } })).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringContaining('the certificate cannot be stored there'),
    });
  });

  it('because the port of https is taken is one clear line, and the port of http is free again', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port: taken } = blocker.address() as AddressInfo;
    const first = await start();
    const port = Number(new URL(first.url).port);
    await first.emulator.stop();
    await expect(startSecure({ port, https: { port: taken } })).rejects.toMatchObject({
      name: 'StartError',
      message: `port ${taken} on 127.0.0.1 is taken; choose another with --https-port, or --https-port 0 for a free one`,
    });
    expect((await start({ port })).url).toBe(first.url);
    blocker.close();
    await once(blocker, 'close');
  });
});

describe('stopping', () => {
  it('ends devices with 1001 and every other connection, also one that never shook hands', async () => {
    const secure = await startSecure();
    const device = await connectDevice(secure, await secure.subscribe('adele'));
    const silent = connectPlain(secure.port, '127.0.0.1');
    silent.on('error', () => undefined);
    await once(silent, 'connect');
    const agent = new Agent({ keepAlive: true, ca: secure.ca });
    const kept = await keepOpen(secure, agent);
    const ended = [once(silent.resume(), 'close'), once(kept, 'close')];
    await secure.emulator.stop();
    expect((await device.closed).code).toBe(1001);
    await Promise.all(ended);
    agent.destroy();
    await expect(send(secure.httpsUrl, { path: '/', ca: secure.ca })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  /** A connection that has had its answer and waits for more. */
  async function keepOpen({ httpsUrl }: Pick<TestEmulator, 'url'> & { httpsUrl: string }, agent: Agent): Promise<TLSSocket> {
    const outgoing = request(`${httpsUrl}/_emulator/v1/health`, { agent }).end();
    const [incoming] = await once(outgoing, 'response');
    const { socket } = incoming;
    incoming.resume();
    await once(incoming, 'end');
    return socket;
  }
});

describe('starting', () => {
  it('loads what makes certificates only when one is made', async () => {
    const script = `
      import { startEmulator } from './src/emulator.ts';
      const isLoaded = () => 'getMetadata' in Reflect;
      const seen = [];
      for (const https of [false, { dataFolder: process.argv[1] }]) {
        await (await startEmulator({ https })).stop();
        seen.push(isLoaded());
      }
      console.log(JSON.stringify(seen));`;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', script, newFolder()];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: new URL('../../', import.meta.url).pathname });
    expect(JSON.parse(stdout)).toEqual([false, true]);
  });
});
