// What a developer types: whom `unsid send` reaches, where the service is, and the line that a device prints to be pasted.
import { describe, expect, it } from 'vitest';
import { sendLine } from '../../src/cli/device/send-line.ts';
import { commandName } from '../../src/cli/environment.ts';
import { runProgram } from '../../src/cli/program.ts';
import { useEmulators } from '../support/emulator.ts';
import { createEagerTimer } from './eager-timer.ts';
import { createFakeTerminal } from './fake-terminal.ts';
import { useServers } from './other-server.ts';

const start = useEmulators();
const { startServer } = useServers();

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const terminal = createFakeTerminal();
  const code = await runProgram(args, terminal, { env, timer: createEagerTimer(), command: 'npx unsid' });
  return { code, ...terminal.written };
}

describe('unsid send --user', () => {
  it('[F20] finds the UNSID of one of the devices of that user for the application, in any case', async () => {
    const emulator = await start();
    const device = await emulator.subscribe('adele', { platform: 'iOS', application: 'contoso.example' });
    await emulator.subscribe('adele', { platform: 'iOS', application: 'other.example', deviceId: 'second' });
    const { code, err } = await run(['send', '--url', emulator.url, '--user', 'Adele', '--app', 'Contoso.Example', '--raw', 'x']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect((await emulator.list(device)).value).toMatchObject([{ payload: { rawContent: 'x' } }]);
  });

  it('[F30] reaches an application whose clients are registered, as the default seed has one', async () => {
    const emulator = await start();
    await emulator.subscribe('adele', { platform: 'iOS', application: 'notes.contoso.example' });
    const to = ['send', '--url', emulator.url, '--user', 'adele', '--app', 'notes.contoso.example', '--raw', 'x'];
    expect(await run(to)).toMatchObject({ code: 0, err: '' });
  });

  it('says that there is no device, and how to start one', async () => {
    const emulator = await start();
    await emulator.subscribe('adele', { platform: 'iOS', application: 'other.example' });
    expect(await run(['send', '--url', emulator.url, '--user', 'adele', '--app', 'contoso.example', '--raw', 'x'])).toEqual({
      code: 1,
      out: '',
      err: 'error: adele has no device that is subscribed for contoso.example; start one with: npx unsid device --user adele --platform iOS --app contoso.example\n',
    });
  });

  it('says what to do where development tokens are refused', async () => {
    const emulator = await start({ auth: 'strict' });
    const { code, err } = await run(['send', '--url', emulator.url, '--user', 'adele', '--app', 'contoso.example', '--raw', 'x']);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^error: the devices of adele cannot be listed with the development token dev\.user\.adele \(401 .*\); pass an UNSID with --unsid instead\n$/,
    );
  });

  it('takes no list of a foreign server for one', async () => {
    const { url } = await startServer(200, 'application/json', '{"value":[null,7,{"application":"a"}]}');
    expect((await run(['send', '--url', url, '--user', 'adele', '--app', 'a', '--raw', 'x'])).err).toContain('adele has no device');
  });
});

it('takes --priority in any case', async () => {
  const emulator = await start();
  const device = await emulator.subscribe('adele', { platform: 'iOS' });
  await run(['send', '--url', emulator.url, '--unsid', device.unsid, '--app', 'contoso.example', '--raw', 'x', '--priority', 'low']);
  expect((await emulator.list(device)).value).toMatchObject([{ priority: 'Low' }]);
  expect(await run(['send', '--unsid', 'U', '--app', 'a', '--raw', 'x', '--priority', 'urgent'])).toMatchObject({
    code: 2,
    err: "error: option '--priority <priority>' argument 'urgent' is invalid. Expected one of None, High, Low.\n",
  });
});

describe('UNSID_URL', () => {
  it('names the service where no option does', async () => {
    const emulator = await start();
    const device = await emulator.subscribe('adele', { platform: 'iOS' });
    const env = { UNSID_URL: emulator.url };
    expect(await run(['send', '--unsid', device.unsid, '--app', 'contoso.example', '--raw', 'x'], env)).toMatchObject({ code: 0 });
    expect(await run(['token', '--user', 'adele'], env)).toMatchObject({ code: 0 });
    expect(await run(['contract', '--dry-run', '--only', 'post-created', '--grep', 'smallest'], env)).toMatchObject({
      code: 0,
      out: expect.stringContaining(`nothing was sent to ${emulator.url}`),
    });
  });

  it.each([
    [['send', '--unsid', 'U', '--app', 'a', '--raw', 'x']],
    [['device', '--user', 'u', '--platform', 'ios', '--app', 'a']],
    [['device', '--app', 'a', '--count', '2']],
    [['contract']],
    [['proxy', '--port', '0']],
    [['token', '--user', 'adele']],
  ])('is an error of usage when it is not a URL: %j', async (args) => {
    expect(await run(args, { UNSID_URL: 'localhost' })).toEqual({
      code: 2,
      out: '',
      err: "error: UNSID_URL is 'localhost'. Expected an http or https URL.\n",
    });
  });

  it('gives way to the option', async () => {
    const args = ['send', '--unsid', 'U', '--app', 'a', '--raw', 'x', '--url', 'http://127.0.0.1:9'];
    expect((await run(args, { UNSID_URL: 'http://127.0.0.1:1' })).err).toContain('No connection to http://127.0.0.1:9:');
  });
});

describe('the line that a device prints', () => {
  const subscription = { userNotificationSubscriptionId: 'U-1', application: 'contoso.example' };
  const parts = { flags: {}, alias: 'adele', url: 'http://127.0.0.1:4280', command: 'npx unsid' };
  const rest = "--app contoso.example --title 'Hello' --body 'From the app server'";

  it.each([
    ['with a development token of its own', {}, `npx unsid send --user adele ${rest}`],
    ['with a given development token', { flags: { token: 'dev.user.bert~client' } }, `npx unsid send --user bert ${rest}`],
    ['with another token', { flags: { token: 'eyJ' } }, `npx unsid send --unsid U-1 --token "$TOKEN" ${rest}`],
    ['signed in elsewhere', { flags: { authority: 'https://login.example/t' } }, `npx unsid send --unsid U-1 --token "$TOKEN" ${rest}`],
    ['of another service', { url: 'https://x.example' }, `npx unsid send --user adele ${rest} --url https://x.example`],
  ])('%s', (_what, more, line) => {
    expect(sendLine(subscription, { ...parts, ...more })).toBe(line);
  });

  it.each([
    [{}, '/usr/local/bin/unsid', 'unsid'],
    [{ npm_command: 'exec' }, '/app/node_modules/.bin/unsid', 'npx unsid'],
    [{ npm_command: 'run-script' }, '/app/src/cli/main.ts', 'npx unsid'],
    [{}, '/app/dist/cli/main.js', 'npx unsid'],
    [{}, '', 'npx unsid'],
  ])('begins with what starts the program here: %j %s', (env, script, command) => {
    expect(commandName(env, script)).toBe(command);
  });
});
