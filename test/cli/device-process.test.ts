// `unsid device` as a process: it ends cleanly on a signal and when no one reads it any more.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, expect, inject, it } from 'vitest';
import { useEmulators } from '../support/emulator.ts';

const start = useEmulators();
const running = new Set<ChildProcess>();

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});

function run(url: string, ...more: string[]) {
  const args = ['device', '--user', 'adele', '--platform', 'iOS', '--app', 'contoso.example', '--url', url, ...more];
  const child = spawn(process.execPath, [inject('programs').cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
  });
  const ended = once(child, 'close').then(([code]) => ({ code, stderr }));
  return { child, ended, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

it.each(['SIGINT', 'SIGTERM'] as const)('exits with 0 on %s, its socket closed', async (signal) => {
  const { url, send } = await start();
  const { child, ended, lines } = run(url);
  let line = '';
  while (!line.endsWith('connected')) line = String((await lines.next()).value);
  expect(line).not.toContain('\u001b');
  child.kill(signal);
  expect(await ended).toEqual({ code: 0, stderr: '' });
  expect((await send<{ connections: number }>({ path: '/_emulator/v1/health', method: 'GET' })).body.connections).toBe(0);
});

it('exits with 0 and without a word when its reader has gone', async () => {
  const emulator = await start();
  const { child, ended, lines } = run(emulator.url, '--json');
  const { unsid } = JSON.parse(String((await lines.next()).value));
  await lines.next();
  child.stdout.destroy();
  await emulator.publish({ alias: 'adele', unsid });
  expect(await ended).toEqual({ code: 0, stderr: '' });
});
