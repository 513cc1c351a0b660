// A run against a target that does not respond, or only throttles, ends after the first requests, not after all of them.
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { readText } from '../../src/client/body.ts';
import { exitCodeOf } from '../../src/contract/report/run-report.ts';
import { runContract } from '../../src/contract/run.ts';
import { createResponseWatch, SilentTargetError } from '../../src/contract/target/response-watch.ts';
import { watchSilence } from '../../src/contract/target/silence.ts';
import { composeEmulator } from '../../src/emulator.ts';

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

/** Only what a target without a control surface says. */
const isProbe = (url: string | undefined) => url?.endsWith('/health') ?? false;
const parts = { elapsed: () => 0, over: new AbortController().signal };
/** Long enough for what is answered, also on a busy machine; what is not answered takes as long. */
const answeredMs = 4000;
const timeout = () => new DOMException('too late', 'TimeoutError');

describe('a run', () => {
  it('rejects at once if the first request gets no response', async () => {
    const url = await listen(() => undefined);
    await expect(runContract({ url, timeoutMs: 100 })).rejects.toThrow(`No connection to ${url}: no response within the timeout.`);
  });

  it('ends without a verdict if only the first request gets a response', async () => {
    let requests = 0;
    const url = await listen((request, response) => {
      if (isProbe(request.url)) response.writeHead(404).end();
      else requests += 1;
    });
    const { summary, outcomes } = await runContract({ url, timeoutMs: answeredMs, only: ['post-*', 'history-*'] });
    expect(summary.isPartial).toBe(true);
    expect(exitCodeOf(summary)).toBe(3);
    expect(requests).toBeLessThan(40);
    expect(outcomes.map(({ reason }) => reason)).toContain('The target has not responded to 5 consecutive requests.');
  });

  it('ends without a verdict if responses begin and do not end', async () => {
    let requests = 0;
    const url = await listen((request, response) => {
      if (isProbe(request.url)) return void response.writeHead(404).end();
      requests += 1;
      response.writeHead(200, { 'content-type': 'application/json' }).write(' ');
    });
    const { summary, outcomes } = await runContract({ url, timeoutMs: answeredMs, only: ['post-*', 'history-*'] });
    expect([summary.isPartial, exitCodeOf(summary)]).toEqual([true, 3]);
    expect(requests).toBeLessThan(40);
    expect(outcomes.map(({ reason }) => reason)).toContain('The target has not completed its responses to 5 consecutive requests.');
  });

  it('rejects at once if the first response does not end', async () => {
    const url = await listen((_request, response) => void response.writeHead(200).write(' '));
    await expect(runContract({ url, timeoutMs: 100 })).rejects.toThrow(`No connection to ${url}: no response within the timeout.`);
  });

  it('ends without a verdict if WebSocket handshakes get no response, although requests do', async () => {
    const emulator = await composeEmulator({}, {});
    onTestFinished(() => emulator.stop());
    const held = new Set<Socket>();
    const socketUrl = await listen(() => undefined);
    servers[0]?.on('upgrade', (_request, socket: Socket) => void held.add(socket));
    const only = ['fan-out', 'targeting', 'order', 'heartbeat-*', 'handshake-*'];
    // A case ends after three times as long, before its own wait of five seconds would call the missing socket a violation.
    const { summary } = await runContract({ url: emulator.url, socketUrl, timeoutMs: 1000, only });
    for (const socket of held) socket.destroy();
    expect([summary.isPartial, exitCodeOf(summary)]).toEqual([true, 3]);
    expect(held.size).toBeLessThan(40);
    expect(summary.stopReason).toBe('The target has not responded to 5 consecutive WebSocket handshakes.');
  });

  it.each([
    ['without Retry-After', {}],
    ['and asks for a wait of an hour', { 'retry-after': '3600' }],
    ['however often a request is sent again', { 'retry-after': '0' }],
  ])('ends without a verdict if every request is throttled %s', async (_how, headers) => {
    let requests = 0;
    const url = await listen((request, response) => {
      if (isProbe(request.url)) return void response.writeHead(404).end();
      requests += 1;
      response.writeHead(429, headers).end('{}');
    });
    const { summary, outcomes } = await runContract({ url, only: ['post-*', 'history-*'] });
    expect(summary.isPartial).toBe(true);
    expect(requests).toBeLessThan(100);
    expect(outcomes.map(({ reason }) => reason)).toContain(
      'The target keeps throttling, and has done so to the last attempt of 5 consecutive requests.',
    );
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
    }, parts);
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
    }, parts);
    for (let number = 0; number < 20; number += 1) await fetch('http://target.example').catch(() => undefined);
    expect(signal.aborted).toBe(false);
  });

  it('counts responses whose bodies are larger than what is read', async () => {
    const { fetch, signal } = watchSilence(async () => new Response('endless'), parts);
    for (let number = 0; number < 5; number += 1) await readText(await fetch('http://target.example'), 3).catch(() => undefined);
    expect(signal.reason).toBeInstanceOf(SilentTargetError);
  });

  it('does not take responses of the control surface for those of the rest', async () => {
    const { fetch, signal } = watchSilence(async (input) => {
      if (String(input).includes('/_emulator/')) return new Response();
      throw timeout();
    }, parts);
    for (let number = 0; number < 5; number += 1) {
      await fetch('http://target.example/_emulator/v1/health');
      await fetch('http://target.example').catch(() => undefined);
    }
    expect(signal.aborted).toBe(true);
  });

  it('passes on all of a response, whatever its status', async () => {
    const odd = new Response('body', { headers: { 'x-a': 'b' } });
    Object.defineProperty(odd, 'status', { value: 999 });
    const { fetch } = watchSilence(async () => odd, parts);
    const response = await fetch('http://target.example');
    expect([response.status, response.headers.get('x-a'), await response.text()]).toEqual([999, 'b', 'body']);
  });

  it('ends pending requests when the run is over', async () => {
    const over = new AbortController();
    const pending: typeof fetch = (_input, init) =>
      new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)));
    const request = watchSilence(pending, { ...parts, over: over.signal }).fetch('http://target.example');
    over.abort(new Error('over'));
    await expect(request).rejects.toThrow('over');
  });

  it('waits four minutes at most while the target does nothing but throttle', () => {
    let now = 0;
    const reasons: string[] = [];
    const watch = createResponseWatch({ what: 'requests', elapsed: () => now, onSilent: ({ message }) => void reasons.push(message) });
    watch.throttled();
    now = 239_000;
    watch.throttled();
    watch.answered();
    for (const at of [300_000, 420_000]) {
      now = at;
      watch.throttled();
      expect(reasons).toEqual([]);
    }
    now = 540_000;
    watch.throttled();
    expect(reasons).toEqual(['The target has throttled all requests for 240 s.']);
  });
});
