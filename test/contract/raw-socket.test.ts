// Device sockets of cases: an unreachable target is an error, not a violation.
import { createServer } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { runContract } from '../../src/contract/run.ts';
import { composeEmulator } from '../../src/emulator.ts';

const emulator = composeEmulator({}, {});
afterAll(async () => (await emulator).stop());

/** A port of this machine without a listener. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('A server has a port.');
  return address.port;
}

describe('a target whose sockets cannot be reached', () => {
  it('makes cases errors with a reason, not failures', async () => {
    const { url } = await emulator;
    const socketUrl = `http://127.0.0.1:${await closedPort()}`;
    const { outcomes } = await runContract({ url, socketUrl, only: ['handshake-token', 'handshake-foreign', 'invalid-error', 'replaced'] });
    expect(outcomes.length).toBeGreaterThan(4);
    for (const { kind, reason } of outcomes) expect([kind, reason]).toEqual(['error', expect.stringContaining('connection refused')]);
  });
});
