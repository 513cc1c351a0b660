// A target whose first message is none of the document's: told by the checks, and no case waits for another.
import { afterAll, describe, expect, it } from 'vitest';
import { runContract } from '../../src/contract/run.ts';
import { startWire } from '../faulty-targets/wire/wire.ts';

const wire = startWire({
  hooks: {
    serverMessage: ({ heartbeatSeconds: _, ...message }) => (message['type'] === 'connected' ? [message] : undefined),
  },
});
afterAll(async () => (await wire).stop());

describe('a target that says connected otherwise than the document has it', () => {
  it('fails the checks; cases that need a connection say at once why they cannot be judged', async () => {
    const { url } = await wire;
    const { outcomes } = await runContract({ url, only: ['fan-out', 'targeting'] });
    const scenarios = outcomes.filter(({ case: { origin } }) => origin === 'scenario');
    const reasons = new Set(scenarios.map(({ kind, reason }) => `${kind}: ${reason}`));
    const reason =
      'The device socket did not say connected as the document has it: The connected message is not valid at /heartbeatSeconds.';
    expect([...reasons]).toEqual([`error: ${reason}`]);
    const broken = outcomes.filter(({ kind }) => kind === 'fail').flatMap(({ findings }) => findings.map(({ requirement }) => requirement));
    expect(broken).toContain('socket-schema');
  });
});
