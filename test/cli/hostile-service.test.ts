// Every command against a service that sends terminal escapes: they are shown, and nothing of it acts on the terminal.
import { expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { createFakeTerminal, type FakeTerminal } from './fake-terminal.ts';
import { ESCAPE, SPELLED, useHostileServices } from './hostile-service.ts';

const start = useHostileServices();

/** What terminals act on, but for line breaks and for what the program itself may do: colours, and rewriting the status line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: this is about control characters
const ACTIVE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

function expectHarmless({ written }: FakeTerminal): void {
  for (const text of [written.out, written.err]) {
    expect(text.replaceAll('\r\u001b[2K', '')).not.toMatch(ACTIVE);
    expect(text).not.toContain(ESCAPE);
  }
}

const person = ['--authority', '{url}/tenant', '--client-id', 'c'];
const send = ['send', '--url', '{url}', '--app', 'a', '--raw', 'x', '--unsid', 'U'];

it.each([
  ['a stored notification', send, 0, 'out'],
  ['a refusal with details', ['send', '--url', '{url}/refused', '--app', 'a', '--raw', 'x', '--unsid', 'U'], 1, 'err'],
  ['the recipient that it names', ['send', '--url', '{url}/refused', '--app', 'a', '--raw', 'x', '--user', 'adele'], 1, 'err'],
  ['a refused token', ['token', ...person, '--client-secret', 's'], 1, 'err'],
  ['a sign-in with a code', ['token', ...person], 1, 'err'],
  ['a refused subscription', ['device', '--user', 'u', '--platform', 'ios', '--app', 'a', '--url', '{url}/refused'], 1, 'err'],
  ['a socketUrl of no use', ['device', '--user', 'u', '--platform', 'ios', '--app', 'a', '--url', '{url}/bad-socket'], 1, 'err'],
  ['a fleet that is refused', ['device', '--app', 'a', '--count', '2', '--url', '{url}/refused'], 1, 'err'],
] as const)('shows escapes in %s', async (_what, args, code, stream) => {
  const { url } = await start();
  const terminal = createFakeTerminal();
  expect(
    await runProgram(
      args.map((arg) => arg.replace('{url}', url)),
      terminal,
    ),
  ).toBe(code);
  expectHarmless(terminal);
  expect(terminal.written[stream]).toContain('\\x1b[2J');
});

it('prints the answer as JSON with escapes in it, one line', async () => {
  const { url } = await start();
  const terminal = createFakeTerminal();
  expect(await runProgram([...send.map((arg) => arg.replace('{url}', url)), '--json'], terminal)).toBe(0);
  expectHarmless(terminal);
  expect(terminal.lines()).toHaveLength(1);
  expect(JSON.parse(terminal.written.out)).toMatchObject({ body: { readState: `Unread${ESCAPE}` } });
});

const device = ['device', '--user', 'u', '--platform', 'ios', '--app', 'a', '--url'];

it.each([[false], [true]])('shows all that a device receives; a person at the terminal: %j', async (isInteractive) => {
  const { url } = await start();
  const terminal = createFakeTerminal({ isInteractive });
  const ended = runProgram([...device, url], terminal);
  await terminal.shows('reconnecting');
  if (isInteractive) {
    await terminal.shows('▸ #1');
    terminal.press('r');
    await terminal.shows('The UNSID cannot be sent');
  }
  terminal.quit();
  expect(await ended).toBe(0);
  expectHarmless(terminal);
  const { out } = terminal.written;
  for (const name of [
    'UNSID U',
    'title',
    'group',
    'own',
    'unread',
    'raw',
    'body',
    'snoozed',
    'toast',
    'Bad',
    'raw notification 3',
    'disconnected (4400',
  ])
    expect(out.replaceAll(' ⏎ ', '')).toContain(name);
  expect(out.split(SPELLED).length).toBeGreaterThan(8);
});

it('prints all that a device receives as JSON, one line for each event', async () => {
  const { url } = await start();
  const terminal = createFakeTerminal();
  const ended = runProgram([...device, url, '--json'], terminal);
  await terminal.shows('"event":"reconnecting"');
  terminal.quit();
  expect(await ended).toBe(0);
  expectHarmless(terminal);
  const events = terminal.lines().map((line) => JSON.parse(line));
  expect(events).toContainEqual(expect.objectContaining({ event: 'toast', notificationId: `3${ESCAPE}` }));
  expect(events).toContainEqual(expect.objectContaining({ event: 'disconnected', reason: ESCAPE }));
});

it('shows what a contract run finds', async () => {
  const { url } = await start();
  const terminal = createFakeTerminal({ isInteractive: true });
  expect(await runProgram(['contract', '--target', url, '--only', 'post-created,subscribe-created'], terminal)).toBe(1);
  expectHarmless(terminal);
  expect(terminal.written.out).toContain('\\x9b1A');
});

it('shows what a proxy finds', async () => {
  const { url } = await start();
  const terminal = createFakeTerminal();
  const ended = runProgram(['proxy', '--target', url, '--port', '0'], terminal);
  await terminal.shows('is ready at');
  const own = /http:\/\/127\.0\.0\.1:\d+/.exec(terminal.written.out)?.[0];
  const body = JSON.stringify({ targetHostName: 'a', payload: { rawContent: ESCAPE }, priority: ESCAPE });
  await fetch(`${own}/beta/me/notifications`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer t' },
    body,
  });
  await terminal.shows('✗ app');
  terminal.quit();
  expect(await ended).toBe(0);
  expectHarmless(terminal);
  expect(terminal.written.out).toContain('\\x9b1A');
});
