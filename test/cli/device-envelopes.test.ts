// `unsid device --envelope` against the real emulator: each envelope on a line, acknowledged, and again after a reset.
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { application, type Subscribed, useEmulators } from '../support/emulator.ts';
import { createFakeTerminal, type FakeTerminal } from './fake-terminal.ts';

const start = useEmulators();

const run = (terminal: FakeTerminal, url: string, platform: string, ...more: string[]): Promise<number> =>
  runProgram(['device', '--user', 'adele', '--platform', platform, '--app', application, '--url', url, '--envelope', ...more], terminal);

async function deviceOn(terminal: FakeTerminal): Promise<Subscribed> {
  await terminal.showsError('UNSID ');
  return { alias: 'adele', unsid: /UNSID ([\w.~-]+)/.exec(terminal.written.err)?.[1] ?? '' };
}

describe('unsid device --envelope', () => {
  it.each([
    ['Windows', { changeType: 'afsChange' }],
    ['WebPush', { changeType: 'afsChange' }],
    ['iOS', { aps: { 'content-available': 1 }, changeType: 'afsChange' }],
    ['Android', { data: { changeType: 'afsChange' } }],
  ])('[D42][F63] prints what is delivered to a device of %s, and acknowledges it', async (platform, expected) => {
    const emulator = await start();
    const terminal = createFakeTerminal();
    const ended = run(terminal, emulator.url, platform);
    const device = await deviceOn(terminal);
    await emulator.publish(device, { groupName: 'first' });
    await terminal.shows('first');
    terminal.quit();
    expect(await ended).toBe(0);
    expect(terminal.lines().map((line) => JSON.parse(line))).toMatchObject([expected]);
    const again = createFakeTerminal();
    const endedAgain = run(again, emulator.url, platform);
    await emulator.publish(await deviceOn(again), { groupName: 'second' });
    await again.shows('second');
    again.quit();
    expect(await endedAgain).toBe(0);
    expect(again.written.out).not.toContain('first');
  });

  it('[D42] subscribes anew when the emulator was reset', async () => {
    const emulator = await start();
    const terminal = createFakeTerminal();
    const ended = run(terminal, emulator.url, 'Windows');
    const first = await deviceOn(terminal);
    await emulator.publish(first, { groupName: 'first' });
    await terminal.shows('first');
    await emulator.emulator.reset();
    await emulator.publish(await emulator.subscribe('adele', { deviceId: 'adele-windows' }), { groupName: 'second' });
    await terminal.shows('second');
    terminal.quit();
    expect(await ended).toBe(0);
  });

  it('[D42] has nothing but envelopes with --json, and refuses what has no effect', async () => {
    const emulator = await start();
    const terminal = createFakeTerminal();
    const ended = run(terminal, emulator.url, 'Windows', '--json');
    await emulator.publish(await emulator.subscribe('adele', { deviceId: 'adele-windows' }));
    await terminal.shows('afsChange');
    terminal.quit();
    expect([await ended, terminal.written.err]).toEqual([0, '']);
    const refused = createFakeTerminal();
    expect(await run(refused, emulator.url, 'Windows', '--battery-saver')).toBe(2);
    expect(refused.written.err).toContain('--battery-saver has no effect with --envelope');
    const fleet = createFakeTerminal();
    expect(await run(fleet, emulator.url, 'Windows', '--count', '2')).toBe(2);
    expect(fleet.written.err).toContain('--envelope has no effect with --count');
  });
});
