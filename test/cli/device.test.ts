// `unsid device` against the real emulator: as a person sees it, and as a program reads it.
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { application, type Subscribed, useEmulators, visualBody } from '../support/emulator.ts';
import { createSequenceIds } from '../support/ids.ts';
import { createFakeTerminal, type FakeTerminal } from './fake-terminal.ts';
import { useServers } from './other-server.ts';

const start = useEmulators();
const { startSilentServer } = useServers();

function run(terminal: FakeTerminal, url: string, ...more: string[]): Promise<number> {
  return runProgram(['device', '--user', 'adele', '--platform', 'ios', '--app', application, '--url', url, ...more], terminal);
}

function unsidOn(terminal: FakeTerminal): Subscribed {
  return { alias: 'adele', unsid: /UNSID ([\w.~-]+)/.exec(terminal.written.out)?.[1] ?? '' };
}

function events(terminal: FakeTerminal): Record<string, unknown>[] {
  return terminal.lines().map((line) => JSON.parse(line));
}

describe('for a person', () => {
  it('prints the UNSID and shows each notification, its changes and its end', async () => {
    const emulator = await start();
    const terminal = createFakeTerminal();
    const ended = run(terminal, emulator.url);
    await terminal.shows('connected');
    const device = unsidOn(terminal);
    const laptop = await emulator.subscribe('adele', { platform: 'Windows' });
    const { id } = await emulator.publish(device, {
      ...visualBody,
      payload: { visualContent: { title: 'Build\u001b[31m done', body: 'line 1\nline 2\u0007' } },
    });
    await terminal.shows('● Build\\x1b[31m done');
    await emulator.patch(laptop, id, { readState: 'Read', userActionState: 'Dismissed' });
    await terminal.shows('read and dismissed on another device');
    await emulator.remove(laptop, id);
    await terminal.shows('deleted on another device');
    await emulator.publish(device, { payload: { rawContent: '{"a":{"b":1}}' } });
    await terminal.shows('"b": 1');
    terminal.quit();
    expect(await ended).toBe(0);
    expect(terminal.written.out).toContain('\n          line 2\\x07\n');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this is about control characters
    expect(terminal.written.out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(terminal.written.out).not.toContain('dev.user');
  });

  it('gives a line to paste, and handles the selected notification by keys', async () => {
    const emulator = await start();
    const terminal = createFakeTerminal({ isInteractive: true });
    const ended = run(terminal, emulator.url);
    await terminal.shows(`--app ${application} --title 'Hello' --body 'From the app server' --url ${emulator.url}`);
    await terminal.shows('no notification');
    const device = unsidOn(terminal);
    const title = (name: string) => ({ payload: { visualContent: { title: name } } });
    const first = await emulator.publish(device, title('first'));
    await terminal.shows('▸ #1 (unread) first');
    const second = await emulator.publish(device, title('second'));
    await terminal.shows('▸ #2 (unread) second');
    for (const [key, shown, state] of [
      ['r', 'second: marked as read on this device', { readState: 'Read' }],
      ['a', 'second: activated on this device', { userActionState: 'Activated' }],
      ['s', 'second: snoozed on this device', { userActionState: 'Snoozed' }],
      ['d', 'second: dismissed on this device', { userActionState: 'Dismissed' }],
    ] as const) {
      terminal.press(key);
      await terminal.shows(shown);
      expect((await emulator.get(device, second.id)).body).toMatchObject(state);
    }
    terminal.press('up');
    await terminal.shows('(read, dismissed) second');
    terminal.press('x');
    await terminal.shows('first: deleted on this device');
    expect((await emulator.get(device, first.id)).status).toBe(404);
    terminal.press('?');
    await terminal.shows('this help');
    terminal.press('q');
    expect(await ended).toBe(0);
  });

  it('quits at Ctrl-C in raw mode too', async () => {
    const emulator = await start();
    const terminal = createFakeTerminal({ isInteractive: true });
    const ended = run(terminal, emulator.url);
    await terminal.shows('no notification');
    terminal.press('c', true);
    expect(await ended).toBe(0);
  });

  it.each([[[]], [['--count', '3']]])('quits at once at Ctrl-C while a listener that never answers is asked: %j', async (more) => {
    const silent = await startSilentServer();
    const terminal = createFakeTerminal();
    const fleet = ['device', '--app', application, '--url', silent.url, ...more];
    const ended = more.length === 0 ? run(terminal, silent.url) : runProgram(fleet, terminal);
    await silent.called();
    terminal.quit();
    expect(await ended).toBe(0);
    expect(terminal.written.err).toBe('');
  });

  it('gives what is selected room on a narrow terminal, and draws anew when the terminal changes', async () => {
    const emulator = await start();
    const terminal = createFakeTerminal({ isInteractive: true, columns: 40 });
    const ended = run(terminal, emulator.url);
    await terminal.shows('▸ no notification  ? help · q quit');
    expect(terminal.written.out).not.toContain('↑↓');
    terminal.resize(80);
    await terminal.shows('▸ no notification  ↑↓ r a d s x b · ? help · q quit');
    terminal.press('q');
    expect(await ended).toBe(0);
  });

  it('[F16] with the battery saver on shows the fallback toast, and the raw push when it is off', async () => {
    const emulator = await start();
    const terminal = createFakeTerminal({ isInteractive: true });
    const ended = run(terminal, emulator.url, '--battery-saver');
    await terminal.shows('no notification');
    const endpointFallback = { platformTypes: ['iOS'], fallbackDelayInSeconds: 60, visualContent: { title: 'Look', body: 'here' } };
    await emulator.publish(unsidOn(terminal), {
      priority: 'High',
      payload: { rawContent: 'secret' },
      fallbackPolicy: { endpointFallback },
    });
    await terminal.shows('holds back a raw push');
    await emulator.emulator.advance(61);
    await terminal.shows('▲ fallback toast Look');
    expect(terminal.written.out).not.toContain('secret');
    terminal.press('b');
    await terminal.shows('● secret (raw)');
    terminal.press('q');
    expect(await ended).toBe(0);
  });

  it('[R5] exits with 1 and says why when another connection takes over', async () => {
    const emulator = await start();
    const terminal = createFakeTerminal();
    const ended = run(terminal, emulator.url);
    await terminal.shows('connected');
    await emulator.connect(unsidOn(terminal));
    expect(await ended).toBe(1);
    expect(terminal.written.err).toBe('error: Another connection with the same UNSID took over (4409).\n');
  });
});

describe('for a program', () => {
  it('prints one JSON object a line and nothing else', async () => {
    const emulator = await start();
    const terminal = createFakeTerminal();
    const ended = run(terminal, emulator.url, '--json', '--device-id', 'phone', '--display-name', 'My phone');
    await terminal.shows('"connected"');
    const [subscribed] = events(terminal);
    const device = { alias: 'adele', unsid: String(subscribed?.['unsid']) };
    const { id } = await emulator.publish(device, visualBody);
    await terminal.shows('"created"');
    terminal.quit();
    expect(await ended).toBe(0);
    expect(events(terminal)).toMatchObject([
      { event: 'subscribed', application, deviceId: 'phone', displayName: 'My phone', platform: 'iOS' },
      { event: 'connected', resumed: true },
      { event: 'notification', change: 'created', via: 'push', notification: { id } },
    ]);
    expect(terminal.written.err).toBe('');
  });

  it('[R8] reports that the line was lost and that it comes back', async () => {
    const emulator = await start();
    const terminal = createFakeTerminal();
    const ended = run(terminal, emulator.url, '--json');
    await terminal.shows('"connected"');
    await emulator.emulator.stop();
    await terminal.shows('"reconnecting"');
    expect(events(terminal).slice(2, 4)).toMatchObject([
      { event: 'disconnected', code: 1001 },
      { event: 'reconnecting', attempt: 1 },
    ]);
    terminal.quit();
    expect(await ended).toBe(0);
  });

  it('[F21] subscribes anew when the emulator was reset, and not when its subscription was deleted', async () => {
    const emulator = await start();
    const terminal = createFakeTerminal();
    const ended = run(terminal, emulator.url, '--json');
    await terminal.shows('"connected"');
    const [before] = events(terminal);
    await emulator.send({ path: '/_emulator/v1/reset', method: 'POST' });
    await terminal.shows('"stopped"');
    await terminal.shows('"event":"connected","time":"', 2);
    const after = events(terminal).filter(({ event }) => event === 'subscribed')[1];
    expect(after?.['unsid']).not.toBe(before?.['unsid']);
    await emulator.send({ path: `/client/v1/subscriptions/${after?.['unsid']}`, method: 'DELETE', token: 'dev.user.adele' });
    expect(await ended).toBe(1);
    expect(terminal.written.err).toBe('error: The subscription was deleted or has expired (4410).\n');
  });

  it('[F21] subscribes anew when the service was restarted and has forgotten it', async () => {
    const first = await start();
    const terminal = createFakeTerminal();
    const ended = run(terminal, first.url, '--json');
    await terminal.shows('"connected"');
    await first.emulator.stop();
    const ids = { ...createSequenceIds(), unsid: () => 'after-the-restart-0000000' };
    const second = await start({ port: Number(new URL(first.url).port) }, { ids });
    await terminal.shows('after-the-restart');
    await second.publish({ alias: 'adele', unsid: ids.unsid() }, visualBody);
    await terminal.shows('"created"');
    terminal.quit();
    expect(await ended).toBe(0);
  });
});

describe('a fleet', () => {
  it('connects its devices, counts what they receive and sums up', async () => {
    const emulator = await start();
    const terminal = createFakeTerminal({ isInteractive: true });
    const ended = runProgram(['device', '--app', application, '--count', '8', '--users', '2', '--url', emulator.url], terminal);
    await terminal.shows('8/8 connected');
    const one = await emulator.subscribe('fleet-1', { deviceId: 'mine' });
    await emulator.publish(one);
    await terminal.shows('4 received');
    terminal.quit();
    expect(await ended).toBe(0);
    expect(terminal.written.out).toMatch(/8\/8 connected · 4 received · \d+\/s over \d+\.\d s\n$/);
  });

  it('[F21] subscribes anew when the emulator was reset, and counts who has come back', async () => {
    const emulator = await start();
    const terminal = createFakeTerminal({ isInteractive: true });
    const ended = runProgram(['device', '--app', application, '--count', '3', '--url', emulator.url], terminal);
    await terminal.shows('3/3 connected · 0 received · 0/s');
    await emulator.send({ path: '/_emulator/v1/reset', method: 'POST' });
    await terminal.shows('3/3 connected · 0 received · 0/s · 3 reconnects');
    terminal.quit();
    expect(await ended).toBe(0);
  });

  it('holds raw pushes back on all its devices with --battery-saver', async () => {
    const emulator = await start();
    const terminal = createFakeTerminal({ isInteractive: true });
    const fleet = ['device', '--app', application, '--count', '2', '--battery-saver', '--url', emulator.url];
    const ended = runProgram(fleet, terminal);
    await terminal.shows('2/2 connected');
    const one = await emulator.subscribe('fleet', { deviceId: 'mine' });
    await emulator.publish(one);
    await emulator.publish(one, visualBody);
    // The visual one comes after the raw one: only it is counted, on both.
    await terminal.shows('2/2 connected · 2 received');
    terminal.quit();
    expect(await ended).toBe(0);
    expect(terminal.written.out).not.toMatch(/[34] received/);
  });

  it('exits with 1 when its devices have all ended', async () => {
    const emulator = await start();
    const terminal = createFakeTerminal();
    const ended = runProgram(['device', '--app', application, '--count', '2', '--json', '--url', emulator.url], terminal);
    const first = await emulator.subscribe('fleet');
    const unsids = async () =>
      (
        await emulator.send<{ value: { userNotificationSubscriptionId: string; deviceId: string }[] }>({
          path: '/client/v1/subscriptions',
          method: 'GET',
          token: 'dev.user.fleet',
        })
      ).body.value;
    while ((await emulator.send<{ connections: number }>({ path: '/_emulator/v1/health', method: 'GET' })).body.connections < 2);
    for (const { userNotificationSubscriptionId: unsid } of await unsids()) {
      if (unsid !== first.unsid)
        await emulator.send({ path: `/client/v1/subscriptions/${unsid}`, method: 'DELETE', token: 'dev.user.fleet' });
    }
    expect(await ended).toBe(1);
    expect(events(terminal).at(-1)).toMatchObject({ event: 'summary', wanted: 2, stopped: 2 });
    expect(terminal.written.err).toBe(
      'error: every device of the fleet has stopped; the first one because: The subscription was deleted or has expired (4410).\n',
    );
  });
});
