// How long connections are kept: what answers say of it is true.
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { rawBody, serverToken, useEmulators } from '../support/emulator.ts';

const start = useEmulators();

/** What the emulator writes on one connection until it ends it, or until `isEnough`. */
async function received(url: string, text: string, isEnough: (text: string) => boolean = () => false): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1');
    if (isEnough(answer)) socket.destroy();
  });
  socket.on('error', () => undefined);
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

const health = 'GET /_emulator/v1/health HTTP/1.1\r\nHost: x\r\n';
const isWhole = (text: string) => text.includes('\r\n\r\n');

describe('an idle connection', () => {
  it('is kept for two minutes, as the answer says', async () => {
    const { url } = await start();
    const answer = await received(url, `${health}\r\n`, isWhole);
    expect(answer).toMatch(/\r\nConnection: keep-alive\r\nKeep-Alive: timeout=120\r\n/);
  });

  it('is kept as long as the option says', async () => {
    const { url } = await start({ keepAliveSeconds: 65 });
    expect(await received(url, `${health}\r\n`, isWhole)).toContain('Keep-Alive: timeout=65\r\n');
    await expect(start({ keepAliveSeconds: 0 })).rejects.toThrow('keep-alive 0: expected a whole number of seconds from 1 to 86400');
  });

  it.each([
    ['the client asks for it', `${health}Connection: close\r\n\r\n`],
    ['the request is in HTTP/1.0', 'GET /_emulator/v1/health HTTP/1.0\r\n\r\n'],
    ['the request asked for another protocol', `${health}Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n`],
    ['the request cannot be read', 'nonsense\r\n\r\n'],
  ])('ends when %s, and the answer before says so', async (_when, text) => {
    const { url } = await start();
    const answer = await received(url, text);
    expect(answer).toContain('\r\nConnection: close\r\n');
    expect(answer).not.toMatch(/keep-alive/i);
  });

  it('ends after a body that is too large to be discarded', async () => {
    const { url } = await start();
    const head = `POST /beta/me/notifications HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${serverToken}\r\nContent-Type: application/json\r\n`;
    const answer = await received(url, `${head}Content-Length: 999999999\r\n\r\n{`, isWhole);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('\r\nConnection: close\r\n');
    const small = JSON.stringify({ ...rawBody, payload: {} });
    const kept = await received(url, `${head}Content-Length: ${small.length}\r\n\r\n${small}`, isWhole);
    expect(kept).toContain('\r\nConnection: keep-alive\r\n');
  });
});
