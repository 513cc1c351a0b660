// The demo: good against the emulator, and not good as soon as the fan-out is broken in any way.
import { describe, expect, it } from 'vitest';
import { runDemo } from '../../src/demo/run.ts';
import { type Spoil, startLossyProxy } from '../simulator/lossy-proxy.ts';
import { useEmulators } from '../support/emulator.ts';

const start = useEmulators();

async function play(spoil: Spoil): Promise<{ isGood: boolean; complaints: string[]; lines: string[] }> {
  const { url } = await start();
  const proxy = await startLossyProxy(url, spoil);
  const lines: string[] = [];
  const isGood = await runDemo({ start: async () => proxy, write: (line) => void lines.push(line), arrivalTimeoutMs: 400 });
  return { isGood, lines, complaints: lines.filter((line) => line.startsWith('✗')) };
}

describe('the demo', () => {
  it('[F14] [F16] [F27] [F29] [D11] [R4] [R9] shows each device getting exactly what it should', async () => {
    const { isGood, lines } = await play((message) => [message]);
    expect(lines.filter((line) => line.startsWith('✓'))).toEqual([
      '✓ adele  Windows  got exactly what it should (4 of 4)',
      '✓ adele  iOS      got exactly what it should (6 of 6)',
      '✓ adele  Android  got exactly what it should (5 of 5)',
      '✓ adele  WebPush  got exactly what it should (2 of 2)',
      '✓ bert   Windows  got exactly what it should (1 of 1)',
    ]);
    expect(isGood).toBe(true);
    const timeline = lines.slice(1, lines.indexOf('')).map((line) => line.replace(/^ *\+\d+\.\d{3} s {2}/, ''));
    expect(timeline).toContain('adele  iOS      ▲ fallback toast Your order is ready');
    expect(timeline).toContain('adele  Android  ○ Build finished: main is green → dismissed');
    expect(timeline).toHaveLength(18);
  });

  it('fails when a device misses a notification', async () => {
    const { isGood, complaints } = await play((message, { deviceId }) =>
      message.type === 'notification' &&
      deviceId.startsWith('adele-android') &&
      message.change === 'created' &&
      JSON.stringify(message).includes('Hello World!')
        ? []
        : [message],
    );
    expect({ isGood, complaints }).toEqual({ isGood: false, complaints: ['✗ adele  Android  did not get: created "Hello World!"'] });
  });

  it('fails when a dismissal does not arrive', async () => {
    const { isGood, complaints } = await play((message, { deviceId }) =>
      message.type === 'notification' && deviceId.startsWith('adele-ios') && message.change === 'updated' ? [] : [message],
    );
    expect({ isGood, complaints }).toEqual({
      isGood: false,
      complaints: ['✗ adele  iOS      did not get: updated "Build finished", dismissed'],
    });
  });

  it('fails when the fallback toast does not arrive', async () => {
    const { isGood, complaints } = await play((message) => (message.type === 'toast' ? [] : [message]));
    expect({ isGood, complaints }).toEqual({ isGood: false, complaints: ['✗ adele  iOS      did not get: toast "Your order is ready"'] });
  });

  it('fails when a web device or another user gets what is not meant for it', async () => {
    const ids = new Map<string, string>();
    const { isGood, complaints } = await play((message, { deviceId }, send) => {
      ids.set(deviceId.replace(/-[^-]*$/, ''), deviceId);
      if (message.type === 'notification' && deviceId.startsWith('adele-windows') && JSON.stringify(message).includes('Build finished')) {
        send(ids.get('adele-webpush') ?? '', message);
        send(ids.get('bert-windows') ?? '', message);
      }
      return [message];
    });
    expect(isGood).toBe(false);
    expect(complaints).toEqual([
      '✗ adele  WebPush  should not have got: created "Build finished"',
      '✗ bert   Windows  should not have got: created "Build finished"',
    ]);
  });

  it('stops the emulator also when something cannot be posted', async () => {
    const stops: string[] = [];
    const broken = { url: 'http://127.0.0.1:9', stop: async () => void stops.push('stopped') };
    await expect(runDemo({ start: async () => broken, write: () => undefined })).rejects.toThrow('No connection to http://127.0.0.1:9');
    expect(stops).toEqual(['stopped']);
  });
});
