// The body of a refused handshake: what arrives in time and within the bound, and no waiting for the rest.
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { readRefusalBody } from '../../src/client/node/refusal-body.ts';

afterEach(() => void vi.useRealTimers());

it('is what has arrived after five seconds when a service sends byte after byte and never ends', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  const response = new IncomingMessage(new Socket());
  const dripping = setInterval(() => response.push('x'), 1000);
  const text = readRefusalBody(response);
  await vi.advanceTimersByTimeAsync(6000);
  expect(['xxxx', 'xxxxx']).toContain(await text);
  clearInterval(dripping);
});

it('is the first 64 KiB of an endless one', async () => {
  const response = new IncomingMessage(new Socket());
  for (let n = 0; n < 10; n += 1) response.push('x'.repeat(16_384));
  expect(await readRefusalBody(response)).toBe('x'.repeat(65_536));
});

it('is an error when the connection breaks', async () => {
  const response = new IncomingMessage(new Socket());
  const text = readRefusalBody(response);
  response.destroy(new Error('broken'));
  await expect(text).rejects.toThrow('broken');
});
