// `unsid device --script`: the table, the JSON result and the exit code.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { formatScore } from '../../src/cli/device/fleet-script.ts';
import { runProgram } from '../../src/cli/program.ts';
import { startLossyProxy } from '../simulator/lossy-proxy.ts';
import { useEmulators } from '../support/emulator.ts';
import { createFakeTerminal } from './fake-terminal.ts';
import { useServers } from './other-server.ts';

const start = useEmulators();
const { startSilentServer } = useServers();

async function scriptFile(more: object = {}): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'unsid-')), 'script.json');
  await writeFile(file, JSON.stringify({ devices: 4, users: 2, notifications: { count: 10, everyMs: 0 }, settleSeconds: 5, ...more }));
  return file;
}

it('exits with 0 and prints the table when nothing was lost', async () => {
  const { url } = await start();
  const terminal = createFakeTerminal();
  expect(await runProgram(['device', '--script', await scriptFile(), '--url', url], terminal)).toBe(0);
  expect(terminal.lines()[0]).toBe('10 notifications published');
  expect(terminal.lines()[1]).toMatch(/^ +devices +expected +arrived +lost +late +duplicated +out of order +unexpected$/);
  expect(terminal.lines().at(-1)).toMatch(/^all +4 +20 +20 +0 +\d+ +0 +0 +0$/);
  expect(terminal.written.err).toBe('');
});

it('exits with 1 and names what was lost', async () => {
  const { url } = await start();
  const proxy = await startLossyProxy(url, (message, { deviceId }) =>
    message.type === 'notification' && deviceId === 'fleet-1-3' ? [] : [message],
  );
  const terminal = createFakeTerminal();
  const code = await runProgram(['device', '--script', await scriptFile({ settleSeconds: 0.1 }), '--url', proxy.url], terminal).finally(
    proxy.stop,
  );
  expect(code).toBe(1);
  expect(terminal.written.out).toMatch(/\nlost: notification \d+ on fleet-1-3\n/);
  expect(terminal.written.err).toMatch(/^error: \d+ of 20 expected deliveries were lost\n$/);
});

it('prints the result as one JSON line', async () => {
  const { url } = await start();
  const terminal = createFakeTerminal();
  expect(await runProgram(['device', '--json', '--script', await scriptFile(), '--url', url], terminal)).toBe(0);
  expect(terminal.lines()).toHaveLength(1);
  expect(JSON.parse(terminal.written.out)).toMatchObject({ event: 'result', isGood: true, score: { total: { lost: 0 } } });
});

it('exits with 1 when the service takes nothing, or the script is not valid', async () => {
  const { url } = await start();
  const refused = createFakeTerminal();
  expect(await runProgram(['device', '--script', await scriptFile(), '--url', url, '--app-token', 'x'], refused)).toBe(1);
  expect(refused.written.err).toMatch(/^error: no notification could be published: .*\n$/);
  const invalid = createFakeTerminal();
  expect(await runProgram(['device', '--script', await scriptFile({ speed: 1 }), '--url', url], invalid)).toBe(1);
  expect(invalid.written.err).toMatch(/^error: .*script\.json is not valid: line 1: \/speed: is not known\n$/);
});

it('stops publishing at Ctrl-C, prints the table so far, unsubscribes and exits with 1', async () => {
  const emulator = await start();
  const terminal = createFakeTerminal({ isInteractive: true });
  const file = await scriptFile({ notifications: { count: 1000, everyMs: 120 } });
  const ended = runProgram(['device', '--script', file, '--url', emulator.url], terminal);
  await terminal.shows('2/1,000 published');
  terminal.quit();
  expect(await ended).toBe(1);
  expect(terminal.written.out).toMatch(/\d notifications published\n/);
  expect(terminal.written.out).toMatch(/\nall +4 +(\d+) +\1 +0 +\d+ +0 +0 +0\n/);
  expect(terminal.written.err).toMatch(/^error: stopped after \d+ of 1,000 notifications\n$/);
  for (const user of ['fleet-1', 'fleet-2']) {
    const path = '/client/v1/subscriptions';
    expect((await emulator.send({ path, method: 'GET', token: `dev.user.${user}` })).body).toMatchObject({ value: [] });
  }
});

it('stops at Ctrl-C while the devices connect', async () => {
  const silent = await startSilentServer();
  const terminal = createFakeTerminal();
  const ended = runProgram(['device', '--script', await scriptFile(), '--url', silent.url], terminal);
  await silent.called();
  terminal.quit();
  expect(await ended).toBe(1);
  expect(terminal.written.err).toBe('error: stopped after 0 of 10 notifications\n');
});

it('reports how many were refused and cuts a long list of losses', () => {
  const total = { devices: 1, expected: 25, arrived: 0, lost: 25, late: 0, duplicated: 0, outOfOrder: 0, unexpected: 0 };
  const losses = Array.from({ length: 25 }, (_, number) => ({ device: 'd', number, what: 'notification' as const }));
  const lines = formatScore({
    score: { platforms: [], total, losses },
    published: 25,
    refused: 2,
    firstRefusal: 'busy',
    isStopped: false,
    isGood: false,
  });
  expect(lines[0]).toBe('25 notifications published, 2 refused: busy');
  expect(lines.at(-1)).toBe('… and 5 more');
});
