// A target whose first message is invalid: the checks report it, and no case waits for another message.
import { afterAll, describe, expect, it } from 'vitest';
import { runContract } from '../../src/contract/run.ts';
import { startWire } from '../faulty-targets/wire/wire.ts';

const wire = startWire({
  hooks: {
    serverMessage: ({ heartbeatSeconds: _, ...message }) => (message['type'] === 'connected' ? [message] : undefined),
  },
});
afterAll(async () => (await wire).stop());

describe('a target that sends an invalid connected message', () => {
  it('fails the checks; cases that need a connection end at once with an error', async () => {
    const { url } = await wire;
    const { outcomes } = await runContract({ url, only: ['fan-out', 'targeting'] });
    const scenarios = outcomes.filter(({ case: { origin } }) => origin === 'scenario');
    const reasons = new Set(scenarios.map(({ kind, reason }) => `${kind}: ${reason}`));
    const reason =
      'The first message of the device socket is not a valid connected message: The connected message is not valid at /heartbeatSeconds.';
    expect([...reasons]).toEqual([`error: ${reason}`]);
    const broken = outcomes.filter(({ kind }) => kind === 'fail').flatMap(({ findings }) => findings.map(({ requirement }) => requirement));
    expect(broken).toContain('socket-schema');
  });
});
