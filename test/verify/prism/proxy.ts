// Starts Prism's validation proxy as it is released: a process of its own between the suite and the emulator.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = createRequire(import.meta.url).resolve('@stoplight/prism-cli');
const document = fileURLToPath(new URL('../../../openapi/notifications.yaml', import.meta.url));
/** Violations are reported in a header and change nothing; preflights are left to the service. */
const settings = ['--errors=false', '--cors=false', '--port=0', '--host=127.0.0.1', '--multiprocess=false', '--verboseLevel=info'];

export interface PrismProxy {
  readonly url: string;
  stop(): Promise<void>;
}

/** @throws Error when Prism ends before it listens */
export async function startProxy(upstream: string): Promise<PrismProxy> {
  const child = spawn(process.execPath, [program, 'proxy', document, upstream, ...settings], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' },
  });
  const ended = once(child, 'exit');
  const said: string[] = [];
  child.stderr.on('data', (text: Buffer) => said.push(text.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    // Read to the end: it writes a line for every request, and waits when no one takes them.
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = /Prism is listening on (http:\S+)/.exec(line)?.[1];
      if (address === undefined) said.push(line);
      else resolve(address);
    });
    ended.then(() => reject(new Error(`Prism ended before it listened:\n${said.join('\n')}`)));
  });
  return {
    url,
    async stop() {
      child.kill();
      await ended;
    },
  };
}
