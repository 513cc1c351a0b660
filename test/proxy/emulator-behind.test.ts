// The emulator behind a proxy behaves as without it, and nothing is told of its lawful traffic.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { runDemo } from '../../src/demo/run.ts';
import { useEmulators } from '../support/emulator.ts';
import { send } from '../support/http-call.ts';
import { connectSocket, refusedHandshake } from '../support/socket-device.ts';
import { useProxies } from './support.ts';

const start = useEmulators();
const startProxy = useProxies();
const token = 'dev.user.adele';
const application = 'contoso.example';

describe('the emulator behind a proxy', () => {
  it('plays the whole demo, of which nothing is told', async () => {
    const { url } = await start();
    const proxy = await startProxy(url);
    const lines: string[] = [];
    const isGood = await runDemo({
      start: async () => ({ url: proxy.url, stop: async () => undefined }),
      write: (line) => void lines.push(line),
    });
    expect({ isGood, lines: lines.filter((line) => line.startsWith('✗')) }).toEqual({ isGood: true, lines: [] });
    expect(await proxy.found()).toEqual([]);
    expect(proxy.events).toEqual([]);
    const { requests, sockets, messages } = proxy.summary();
    expect({ sockets, isBusy: requests > 10 && messages > 20 }).toEqual({ sockets: 5, isBusy: true });
  });
});
