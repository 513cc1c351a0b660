// `unsid send` against the real emulator.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { shippedFixture } from '../../src/cli/terminal/shipped.ts';
import { createDevice } from '../../src/simulator/device.ts';
import { type Subscribed, type TestEmulator, useEmulators } from '../support/emulator.ts';
import { createFakeTerminal } from './fake-terminal.ts';
import { useServers } from './other-server.ts';

const start = useEmulators();
const { startServer } = useServers();

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function runSend(args: readonly string[], input: string): Promise<Outcome> {
  const terminal = createFakeTerminal({ input });
  const code = await runProgram(['send', ...args], terminal);
  return { code, ...terminal.written };
}

async function prepared(): Promise<{
  readonly emulator: TestEmulator;
  readonly device: Subscribed;
  readonly send: (args: readonly string[], input?: string) => Promise<Outcome>;
}> {
  const emulator = await start();
  const device = await emulator.subscribe('adele', { platform: 'iOS' });
  return { emulator, device, send: (args, input = '') => runSend(['--url', emulator.url, '--unsid', device.unsid, ...args], input) };
}

it('[F1] publishes a visual notification and prints its id and what was stored', async () => {
  const { emulator, device, send } = await prepared();
  const options = [
    '--app',
    'contoso.example',
    '--title',
    'T',
    '--body',
    'B',
    '--group',
    'g',
    '--id',
    'i',
    '--priority',
    'Low',
    '--ttl',
    '60',
  ];
  const { code, out, err } = await send([...options, '--platforms', 'ios,Windows', '--expires', '2019-08-24T00:00:00Z']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const [stored] = (await emulator.list(device)).value;
  expect(stored).toMatchObject({
    payload: { visualContent: { title: 'T', body: 'B' } },
    groupName: 'g',
    appNotificationId: 'i',
    priority: 'Low',
    displayTimeToLive: 60,
  });
  expect(out).toBe(`stored ${stored?.id}\nvisual "T", priority Low, group g, displayed for 60 s, expires 2019-08-24T00:00:00.000Z\n`);
});

it('reads a payload or a whole body from stdin', async () => {
  const { emulator, device, send } = await prepared();
  await send(['--app', 'contoso.example', '--file', '-'], '{"rawContent":"payload"}');
  await send(['--file', '-', '--group', 'g'], '{"targetHostName":"contoso.example","payload":{"rawContent":"body"}}');
  const { value } = await emulator.list(device);
  expect(value).toMatchObject([{ payload: { rawContent: 'payload' } }, { payload: { rawContent: 'body' }, groupName: 'g' }]);
});

it('shows the code, message and details of a Graph error and exits with 1', async () => {
  const { send } = await prepared();
  const body = '{"payload":{"rawContent":"x"},"displayTimeToLive":"soon","expirationDateTime":"late"}';
  const { code, out, err } = await send(['--app', 'contoso.example', '--file', '-'], body);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/^error: 400 BadRequest \(InvalidBody\): \/\w+: /);
  expect(err).toContain('  /displayTimeToLive: ');
  expect(err).toContain('  /expirationDateTime: ');
});

it('prints the answer as one JSON line and nothing else', async () => {
  const { send } = await prepared();
  const good = await send(['--app', 'contoso.example', '--raw', 'x', '--json']);
  expect(good).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(good.out)).toMatchObject({ status: 201, body: { payload: {} } });
  const bad = await send(['--app', 'other.example', '--raw', 'x', '--json']);
  expect(bad).toMatchObject({ code: 1, err: '' });
  expect(JSON.parse(bad.out)).toMatchObject({ status: 403, body: { error: { code: 'Forbidden' } } });
});

it('refuses a file that is no JSON object before it sends anything', async () => {
  const { send } = await prepared();
  expect(await send(['--app', 'a', '--file', '-'], '[1]')).toMatchObject({
    code: 1,
    err: 'error: stdin must contain a JSON object: a payload, or a whole request body\n',
  });
  expect((await send(['--app', 'a', '--file', '-'], '{')).err).toMatch(/^error: stdin is not JSON: .*\n$/);
});

it.each([
  [200, 'text/html', '<h1>It works!</h1>', 'status 200 with the text "<h1>It works!</h1>"'],
  [200, 'application/json', '{}', 'status 200 with a JSON object'],
  [204, 'text/plain', '', 'status 204 with nothing'],
  [201, 'text/plain', 'thanks', '201 with the text "thanks"'],
  [201, 'application/json', '[]', '201 with other JSON'],
])('exits with 1 and says what came when a foreign server answers %i %s %j', async (status, contentType, body, came) => {
  const { url } = await startServer(status, contentType, body);
  const outcome = await runSend(['--url', url, '--unsid', 'U', '--app', 'a', '--raw', 'x'], '');
  expect(outcome).toEqual({
    code: 1,
    out: '',
    err: `error: expected a 201 with a JSON object, as a notifications service responds, but got ${came}; check --url\n`,
  });
});

it('shows a 201 of a foreign server as far as it can, with no control characters', async () => {
  const { url } = await startServer(201, 'application/json', '{"id":"\\u001b[2J","payload":{"visualContent":{"title":7}}}');
  const { code, out } = await runSend(['--url', url, '--unsid', 'U', '--app', 'a', '--raw', 'x'], '');
  expect(code).toBe(0);
  expect(out).toMatch(/^stored \\x1b\[2J\nvisual "7", /);
});

it('[F7] sends a negative time to live of a file unchanged, so that the service says what is wrong with it', async () => {
  const { send } = await prepared();
  const { err } = await send(['--app', 'contoso.example', '--file', '-'], '{"payload":{"rawContent":"x"},"displayTimeToLive":-5}');
  expect(err).toMatch(/^error: 400 BadRequest \(InvalidBody\): \/displayTimeToLive: .*0/);
});

it('[F16] takes the shipped payload with a fallback, whose toast a device in battery saver shows when the clock has moved', async () => {
  const { emulator } = await prepared();
  const { url } = emulator;
  const phone = await createDevice({ url, user: 'adele', platform: 'iOS', application: 'contoso.example', batterySaver: true });
  const terminal = createFakeTerminal();
  const file = shippedFixture('payloads/valid/fallback.json');
  expect(await runProgram(['send', '--url', url, '--user', 'adele', '--file', file], terminal)).toBe(0);
  await emulator.emulator.advance(120);
  expect(await phone.next((one) => one.kind === 'toast')).toMatchObject({ visualContent: { title: 'Build finished' } });
  await phone.close();
});

it('names shipped files by a path that exists where the command runs', () => {
  expect(shippedFixture('seeds/contoso.yaml')).toBe(join('fixtures', 'seeds', 'contoso.yaml'));
  const path = join(process.cwd(), 'fixtures', 'seeds', 'contoso.yaml');
  expect(shippedFixture('seeds/contoso.yaml', join(process.cwd(), 'src'))).toBe(path);
});
