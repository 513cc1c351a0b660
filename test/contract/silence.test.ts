// A run against a target that does not respond ends after the first requests, not after all of them.
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../src/contract/report/run-report.ts';
import { runContract } from '../../src/contract/run.ts';
import { SilentTargetError, watchSilence } from '../../src/contract/target/silence.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const timeout = () => new DOMException('too late', 'TimeoutError');

describe('a run', () => {
  it('rejects at once if the first request gets no response', async () => {
    const url = await listen(() => undefined);
    await expect(runContract({ url, timeoutMs: 100 })).rejects.toThrow(`No connection to ${url}: no response within the timeout.`);
  });

  it('ends without a verdict if only the first request gets a response', async () => {
    let requests = 0;
    const url = await listen((request, response) => {
      if (request.url?.endsWith('/health')) response.writeHead(404).end();
      else requests += 1;
    });
    const { summary, outcomes } = await runContract({ url, timeoutMs: 200, only: ['post-*', 'history-*'] });
    expect(summary.isPartial).toBe(true);
    expect(exitCodeOf(summary)).toBe(3);
    expect(requests).toBeLessThan(40);
    expect(outcomes.map(({ reason }) => reason)).toContain('The target has not responded to 5 consecutive requests.');
  });
});

describe('the watch', () => {
  it('considers a target silent after five consecutive requests without a response, and sends nothing more', async () => {
    const answers = ['late', 'late', 'late', 'late', 'ok', 'late', 'late', 'late', 'late', 'late'];
    let sent = 0;
    const { fetch, signal } = watchSilence(async () => {
      const answer = answers[sent];
      sent += 1;
      if (answer === 'ok') return new Response();
      throw timeout();
    });
    for (const _ of answers) {
      expect(signal.aborted).toBe(false);
      await fetch('http://target.example').catch(() => undefined);
    }
    expect(signal.reason).toBeInstanceOf(SilentTargetError);
    await expect(fetch('http://target.example')).rejects.toThrow('has not responded to 5 consecutive requests');
    expect(sent).toBe(answers.length);
  });

  it('does not count failed connections', async () => {
    const { fetch, signal } = watchSilence(async () => {
      throw new TypeError('fetch failed');
    });
    for (let number = 0; number < 20; number += 1) await fetch('http://target.example').catch(() => undefined);
    expect(signal.aborted).toBe(false);
  });
});
